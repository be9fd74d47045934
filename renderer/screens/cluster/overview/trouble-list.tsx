// What is wrong with a cluster, each with its next step: a button, a tab that helps, or a command.
import { Anchor, Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Cluster } from '../../../../shared/model/cluster';
import { type ClusterTab, hrefOf } from '../../../app/route';
import { Command } from '../../../parts/copy';
import { useClusterActions } from '../../../parts/use-cluster-actions';
import { useFormat } from '../../../parts/words';
import classes from './overview.module.css';
import { type Trouble, troublesOf } from './troubles';

export function TroubleList({ cluster }: { cluster: Cluster }) {
  const { t } = useTranslation();
  const format = useFormat();
  const troubles = troublesOf(cluster);
  if (troubles.length === 0) return null;
  return (
    <section className={classes.troubles} aria-labelledby="troubles">
      <h2 id="troubles" className={classes.heading}>
        {t('trouble.title')}
      </h2>
      <ul>
        {troubles.map((trouble) => (
          <li key={`${trouble.kind} ${trouble.about}`} className={classes.trouble}>
            <IconAlertTriangle aria-hidden size={18} />
            <div className={classes.words}>
              <span>{t(`trouble.${trouble.kind}.what`, { about: format.list(trouble.about) })}</span>
              {trouble.message && (
                <span className={classes.message} lang="en">
                  {trouble.message}
                </span>
              )}
              <NextStep cluster={cluster} trouble={trouble} />
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Where something can be done about it. */
const tabs: Partial<Record<Trouble['kind'], ClusterTab>> = {
  'not-ready': 'nodes',
  memory: 'nodes',
  processes: 'nodes',
  disk: 'images',
  'port-down': 'ports',
};

function NextStep({ cluster: { name, context }, trouble: { kind, about } }: { cluster: Cluster; trouble: Trouble }) {
  const { t } = useTranslation();
  const { running, perform } = useClusterActions(name);
  if (kind === 'cordoned') return <Command text={`kubectl --context ${context} uncordon ${about[0]}`} />;
  const tab = tabs[kind];
  if (tab) {
    return (
      <span>
        {t(`trouble.${kind}.next`)}{' '}
        <Anchor underline="always" href={hrefOf({ screen: 'cluster', name, tab })}>
          {t(`cluster.tab.${tab}`)}
        </Anchor>
      </span>
    );
  }
  return (
    <span className={classes.step}>
      {t(`trouble.${kind}.next`)}
      <Button size="xs" loading={running} onClick={() => perform('start')}>
        {t('action.named', { action: t('action.start'), name })}
      </Button>
    </span>
  );
}
