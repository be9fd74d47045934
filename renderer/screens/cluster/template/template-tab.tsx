// The template that a cluster keeps, to be changed: form or text to the left, what that would change of the cluster to the right.
import { Button, SegmentedControl, Select, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Cluster } from '../../../../shared/model/cluster';
import { Pasteable } from '../../../parts/copy';
import { ErrorNotice } from '../../../parts/error-notice';
import { LoadingRows } from '../../../parts/loading-rows';
import { notify } from '../../../parts/notify';
import { ParameterFields } from '../../../parts/parameters/parameter-fields';
import { type ParameterValues, parameterProblem, setWords } from '../../../parts/parameters/parameters';
import { dropDraft, keepDraft, useDraft } from '../../../parts/template-text/drafts';
import { TemplateForm } from '../../../parts/template-text/template-form';
import { TemplateYaml } from '../../../parts/template-text/template-yaml';
import { useProblems } from '../../../parts/template-text/use-problems';
import { useKeepTemplate } from '../../../parts/use-keep-template';
import { useTemplates } from '../../../stores/app-context';
import { hindranceWords } from '../change/hindrance';
import { ApplyPanel } from './apply-panel';
import classes from './template.module.css';
import { type Apply, useApply } from './use-apply';
import { useKeptTemplate } from './use-kept-template';
import { type Beginning, commandFor, own, wantedFrom } from './wanted';

export function TemplateTab({ cluster }: { cluster: Cluster }) {
  const { t } = useTranslation();
  const { value: kept, error } = useKeptTemplate(cluster);
  const { usable } = useTemplates();
  const [chosen, setChosen] = useState(own);
  if (error && !kept) return <ErrorNotice error={error} />;
  if (!kept) return <LoadingRows rows={4} height={64} />;
  if (cluster.abilities.change !== 'yes') return <Unchangeable cluster={cluster} yaml={kept.yaml} />;

  const mine = kept.yaml === undefined ? [] : [{ id: own, yaml: kept.yaml }];
  const beginnings: Beginning[] = [...mine, ...usable];
  const beginning = beginnings.find(({ id }) => id === chosen);
  return (
    <div className={classes.tab}>
      <Text c="dimmed" className={classes.lead}>
        {t(kept.yaml === undefined ? 'apply.keepsNone' : 'apply.lead')}
      </Text>
      <Select
        className={classes.beginning ?? ''}
        label={t('apply.from')}
        placeholder={t('apply.choose')}
        data={beginnings.map(({ id }) => ({
          value: id,
          label: id === own ? t('apply.own', { name: cluster.name }) : id,
        }))}
        value={beginning?.id ?? null}
        allowDeselect={false}
        onChange={(id) => id !== null && setChosen(id)}
      />
      {beginning && <Changing key={beginning.id} cluster={cluster} beginning={beginning} />}
    </div>
  );
}

/** Clusters of others, and of k3s: what they were made of can be read all the same. */
function Unchangeable({ cluster, yaml }: { cluster: Cluster; yaml: string | undefined }) {
  const { t } = useTranslation();
  return (
    <div className={classes.tab}>
      <Text c="dimmed" className={classes.lead}>
        {hindranceWords(cluster, t)}
      </Text>
      {yaml !== undefined && <Pasteable text={yaml} label={t('templates.yaml')} height="60vh" />}
    </div>
  );
}

type View = 'form' | 'yaml';

function Changing({ cluster, beginning }: { cluster: Cluster; beginning: Beginning }) {
  const { t } = useTranslation();
  const [view, setView] = useState<View>('form');
  const [parameters, setParameters] = useState<ParameterValues>({});
  const draftId = `${cluster.name}/${beginning.id}`;
  const text = useDraft(draftId)?.text ?? beginning.yaml;
  const changed = text !== beginning.yaml;
  const change = (next: string) => keepDraft(draftId, { base: beginning.yaml, text: next });
  const checked = useProblems(text);
  const asked = checked?.template?.spec.parameters ?? [];
  const missing = asked.some((one) => parameterProblem(one, parameters[one.name]));
  const hindrance = useHindrance(cluster, { mistakes: checked?.text === text && !checked.template, missing });
  const ready = checked?.text === text && checked.template && hindrance === undefined;
  const apply = useApply(cluster, ready ? wantedFrom(cluster.name, beginning, text, parameters) : undefined);
  useAppliedDraft(draftId, beginning, apply);
  return (
    <div className={classes.columns}>
      <div className={classes.template}>
        <div className={classes.bar}>
          <SegmentedControl
            size="xs"
            aria-label={t('plan.view')}
            value={view}
            onChange={setView}
            data={[
              { value: 'form' as View, label: t('apply.form') },
              { value: 'yaml' as View, label: 'YAML' },
            ]}
          />
          <div className={classes.buttons}>
            {changed && (
              <Button variant="default" size="xs" onClick={() => dropDraft(draftId)}>
                {t('editor.discard')}
              </Button>
            )}
            <Keep id={cluster.name} yaml={text} disabled={!checked?.template} />
          </div>
        </div>
        <ParameterFields parameters={asked} values={parameters} onChange={setParameters} />
        {view === 'form' ? (
          <TemplateForm of="spec" text={text} problems={checked?.problems ?? []} onChange={change} />
        ) : (
          <TemplateYaml text={text} problems={checked?.problems} onChange={change} />
        )}
      </div>
      <ApplyPanel
        cluster={cluster}
        apply={apply}
        hindrance={hindrance}
        command={commandFor(cluster.name, beginning, changed, setWords(parameters))}
      />
    </div>
  );
}

/** What was typed is kept until the cluster has become it: the cluster keeps it from then on. */
function useAppliedDraft(id: string, { yaml }: Beginning, { plan: { answer, asking } }: Apply): void {
  const draft = useDraft(id);
  const became = draft !== undefined && draft.base !== yaml && !asking && answer?.differences.length === 0;
  useEffect(() => {
    if (became) dropDraft(id);
  }, [became, id]);
}

/** Why nothing can be applied now. */
function useHindrance(cluster: Cluster, { mistakes, missing }: { mistakes: boolean; missing: boolean }) {
  const { t } = useTranslation();
  if (mistakes) return t('apply.mistakes');
  if (missing) return t('apply.missing');
  return hindranceWords(cluster, t);
}

function Keep({ id, yaml, disabled }: { id: string; yaml: string; disabled: boolean }) {
  const { t } = useTranslation();
  const { keeping, keep } = useKeepTemplate();
  async function keepAndTell(): Promise<void> {
    const saved = await keep(id, yaml);
    if (saved) notify({ kind: 'good', message: t('editor.done', { id: saved.id }) });
  }
  return (
    <Button variant="default" size="xs" disabled={disabled} loading={keeping} onClick={() => void keepAndTell()}>
      {t('plan.keep')}
    </Button>
  );
}
