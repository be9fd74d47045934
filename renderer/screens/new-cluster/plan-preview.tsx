// Right: what will happen, before it does; the same as YAML; the same as a command.
import { Button, Group, SegmentedControl, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { navigate } from '../../app/route';
import { Doubts } from '../../parts/check/doubts';
import { Command, Pasteable } from '../../parts/copy';
import { ErrorNotice } from '../../parts/error-notice';
import { shortImage } from '../../parts/image';
import { LoadingRows } from '../../parts/loading-rows';
import { StepList, usePlanSum } from '../../parts/plan-steps';
import { useKeepTemplate } from '../../parts/use-keep-template';
import classes from './new-cluster.module.css';
import type { AskedPlan } from './use-plan';

type View = 'plan' | 'yaml';

interface PlanPreviewProps {
  plan: AskedPlan;
  yaml: string | undefined;
  /** Id of the template that was changed in the form: the changes can be kept as a template of the user's. */
  keep: string | undefined;
  command: string;
}

export function PlanPreview({ plan, yaml, keep, command }: PlanPreviewProps) {
  const { t } = useTranslation();
  const [view, setView] = useState<View>('plan');
  return (
    <section className={classes.column} aria-label={t('plan.title')}>
      <div className={classes.split}>
        <h2 className={classes.heading}>{t('plan.title')}</h2>
        <SegmentedControl
          size="xs"
          aria-label={t('plan.view')}
          value={view}
          onChange={(value) => setView(value)}
          data={[
            { value: 'plan' as View, label: t('plan.steps') },
            { value: 'yaml' as View, label: 'YAML' },
          ]}
        />
      </div>
      {view === 'yaml' && yaml !== undefined ? (
        <Pasteable text={yaml} label="YAML" height="62vh" />
      ) : (
        <Steps plan={plan} />
      )}
      <div>
        <Text size="sm" c="dimmed" mb={4}>
          {t('plan.command')}
        </Text>
        <Command text={command} />
        {keep !== undefined && yaml !== undefined && <Keep id={keep} yaml={yaml} />}
      </div>
    </section>
  );
}

/** The command line knows templates, not forms. */
function Keep({ id, yaml }: { id: string; yaml: string }) {
  const { t } = useTranslation();
  const { keeping, keep } = useKeepTemplate();
  async function keepAndGo(): Promise<void> {
    const saved = await keep(id, yaml);
    if (saved) navigate({ screen: 'new-cluster', template: saved.id });
  }
  return (
    <Group justify="space-between" gap="sm" mt={8}>
      <Text size="sm" c="dimmed">
        {t('plan.changed')}
      </Text>
      <Button variant="default" size="xs" loading={keeping} onClick={() => void keepAndGo()}>
        {t('plan.keep')}
      </Button>
    </Group>
  );
}

function Steps({ plan }: { plan: AskedPlan }) {
  const { t } = useTranslation();
  const sum = usePlanSum();
  const { answer, error, asking, again } = plan;
  if (error) return <ErrorNotice error={error} />;
  if (!answer) return <LoadingRows rows={5} height={40} />;
  return (
    <div className={classes.plan} aria-busy={asking}>
      <Text>{sum(answer.plan)}</Text>
      <Text size="sm" c="dimmed" className={classes.image}>
        {t('plan.image')}{' '}
        <span className="mono" title={answer.image}>
          {shortImage(answer.image)}
        </span>
      </Text>
      <Doubts warnings={answer.warnings} findings={answer.findings} onMended={again} />
      <StepList plan={answer.plan} />
    </div>
  );
}
