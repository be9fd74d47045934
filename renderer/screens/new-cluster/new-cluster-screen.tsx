// Creating a cluster: what (a template), how it is called, and live beside it what will happen.
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { CreateRequest } from '../../../shared/model/cluster';
import type { ErrorData } from '../../../shared/model/errors';
import { errorDataOf } from '../../app/error-data';
import { navigate } from '../../app/route';
import { LoadingRows } from '../../parts/loading-rows';
import { Page } from '../../parts/page';
import { parameterProblem } from '../../parts/parameters/parameters';
import { freeName } from '../../parts/template-words';
import {
  useClient,
  useClusters,
  useConnectionPhase,
  useEngine,
  useStores,
  useTemplates,
} from '../../stores/app-context';
import { ClusterForm } from './cluster-form';
import classes from './new-cluster.module.css';
import { PlanPreview } from './plan-preview';
import { commandOf, type Form, isChanged, nameProblem, requestOf } from './request';
import { changedText, unchanged } from './shape';
import { TemplateChoice } from './template-choice';
import { usePlan } from './use-plan';

export function NewClusterScreen({ template }: { template: string | undefined }) {
  const { t } = useTranslation();
  const { usable: templates, heard } = useTemplates();
  const { form, change, taken } = useForm(template);
  const problem = nameProblem(form.name, taken);
  const chosen = templates.find((entry) => entry.id === form.template);
  const parametersBad = chosen?.template.spec.parameters.some((one) =>
    parameterProblem(one, form.parameters[one.name]),
  );
  const request = requestOf(form, chosen);
  const plan = usePlan(chosen && !problem && !parametersBad ? request : undefined);
  const { create, creating, failure } = useCreate(request);
  const reason = useReason({ name: problem !== undefined, template: !chosen, parameters: parametersBad === true });

  if (!heard) {
    return (
      <Page title={t('newCluster.title')}>
        <LoadingRows height={120} />
      </Page>
    );
  }
  return (
    <Page title={t('newCluster.title')} lead={t('newCluster.lead')} wide>
      <div className={classes.columns}>
        <TemplateChoice templates={templates} chosen={form.template} />
        <ClusterForm
          form={form}
          chosen={chosen}
          change={change}
          problem={problem}
          reason={reason}
          creating={creating}
          failure={failure}
          onCreate={create}
        />
        <PlanPreview
          plan={plan}
          yaml={chosen && changedText(chosen.yaml, form.shape)}
          keep={chosen && isChanged(form, chosen) ? form.template : undefined}
          command={commandOf(problem ? { ...form, name: 'NAME' } : form, chosen)}
        />
      </div>
    </Page>
  );
}

/** The fields, with a free name suggested from the template until the user writes one. */
function useForm(template: string | undefined) {
  const { clusters } = useClusters();
  const { usable: templates } = useTemplates();
  const taken = useMemo(() => new Set(clusters.map((cluster) => cluster.name)), [clusters]);
  const [changed, setChanged] = useState<Partial<Form>>({});
  const settings = useStore(useStores().settings);
  const usual = templates.find(({ id }) => id === settings.defaultTemplate) ?? templates[0];
  const chosen = template ?? usual?.id ?? '';
  const [filled, setFilled] = useState(chosen);
  // What was changed of one template says nothing about another.
  if (filled !== chosen) {
    setFilled(chosen);
    setChanged(({ parameters: _parameters, shape: _shape, ...others }) => others);
  }
  const suggested = chosen === '' ? '' : freeName(chosen, taken);
  const form: Form = {
    name: suggested,
    image: '',
    keepOnFailure: false,
    switchContext: settings.switchContext,
    parameters: {},
    shape: unchanged,
    ...changed,
    template: chosen,
  };
  const change = (fields: Partial<Form>) => setChanged((before) => ({ ...before, ...fields }));
  return { form, change, taken };
}

/** What keeps the create button from working. */
function useReason(bad: { name: boolean; template: boolean; parameters: boolean }): string | undefined {
  const { t } = useTranslation();
  const engine = useEngine();
  const phase = useConnectionPhase();
  if (phase !== 'open') return t('newCluster.reason.disconnected');
  if (engine.state === 'unreachable') return t('newCluster.reason.engine');
  if (bad.template) return t('newCluster.reason.template');
  if (bad.name) return t('newCluster.reason.name');
  return bad.parameters ? t('newCluster.reason.parameters') : undefined;
}

function useCreate(request: CreateRequest) {
  const client = useClient();
  const [creating, setCreating] = useState(false);
  const [failure, setFailure] = useState<ErrorData>();
  async function create(): Promise<void> {
    setCreating(true);
    setFailure(undefined);
    try {
      await client.clusters.create(request);
      navigate({ screen: 'cluster', name: request.name, tab: 'overview' });
    } catch (error) {
      setFailure(errorDataOf(error));
      setCreating(false);
    }
  }
  return { create: () => void create(), creating, failure };
}
