// Right of the template: what it would change, in which steps, what is lost with it, and the button.
import { Button, Group, Text } from '@mantine/core';
import { IconCheck, IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Difference } from '../../../../shared/model/apply';
import type { Cluster } from '../../../../shared/model/cluster';
import { Command } from '../../../parts/copy';
import { ErrorNotice } from '../../../parts/error-notice';
import { LoadingRows } from '../../../parts/loading-rows';
import { StepList, usePlanSum } from '../../../parts/plan-steps';
import { useFormat } from '../../../parts/words';
import { DifferenceList } from './difference-list';
import classes from './template.module.css';
import type { Apply } from './use-apply';

interface ApplyPanelProps {
  cluster: Cluster;
  apply: Apply;
  /** Why nothing can be asked or done, in words. */
  hindrance: string | undefined;
  command: string;
}

export function ApplyPanel({ cluster, apply, hindrance, command }: ApplyPanelProps) {
  const { t } = useTranslation();
  return (
    <section className={classes.panel} aria-label={t('apply.title')} aria-busy={apply.plan.asking}>
      <h2 className={classes.heading}>{t('apply.title')}</h2>
      {hindrance ? <Text c="dimmed">{hindrance}</Text> : <Told cluster={cluster} apply={apply} />}
      <h3 className={classes.heading}>{t('plan.command')}</h3>
      <Command text={command} />
    </section>
  );
}

function Told({ cluster, apply }: Pick<ApplyPanelProps, 'cluster' | 'apply'>) {
  const { t } = useTranslation();
  const sum = usePlanSum();
  const { answer } = apply.plan;
  if (apply.error) return <ErrorNotice error={apply.error} />;
  if (!answer) return <LoadingRows rows={1} height={40} />;
  const { differences, plan } = answer;
  if (differences.length === 0) {
    return (
      <p className={classes.same}>
        <IconCircleCheck aria-hidden size={18} />
        {t('apply.same')}
      </p>
    );
  }
  return (
    <>
      <DifferenceList differences={differences} label={t('apply.title')} />
      {plan ? (
        <>
          <Text size="sm" c="dimmed">
            {sum(plan)}
          </Text>
          <StepList plan={plan} />
        </>
      ) : (
        <Text>
          {t('apply.mustBeNew', { count: differences.filter(({ effort }) => effort === 'new-cluster').length })}
        </Text>
      )}
      <Losses differences={differences} />
      <Group justify="flex-end">
        <Button
          {...(lostNodes(differences).length > 0 && { color: 'red' })}
          disabled={!plan || apply.plan.asking}
          loading={apply.starting}
          leftSection={<IconCheck aria-hidden size={16} />}
          onClick={apply.start}
        >
          {t('apply.confirm', { name: cluster.name })}
        </Button>
      </Group>
    </>
  );
}

function lostNodes(differences: readonly Difference[]): string[] {
  const changes = differences.flatMap((one) => one.changes);
  return changes.flatMap((change) =>
    change.kind === 'remove-node' || change.kind === 'replace-node' ? [change.node] : [],
  );
}

/** Deleted nodes take along what pods kept on them. */
function Losses({ differences }: { differences: readonly Difference[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const nodes = lostNodes(differences);
  if (nodes.length === 0) return null;
  return <p className={classes.losses}>{t('apply.losses', { nodes: format.list(nodes) })}</p>;
}
