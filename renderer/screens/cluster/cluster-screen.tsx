// One cluster: what it is and how it is, what runs on it now, and its tabs.
import { Tabs } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Cluster } from '../../../shared/model/cluster';
import { hasEnded, type Operation } from '../../../shared/model/operation';
import { type ClusterTab, clusterTabs, navigate } from '../../app/route';
import { ClusterBadge } from '../../parts/badge';
import { CopyText } from '../../parts/copy';
import { LoadingRows } from '../../parts/loading-rows';
import { OperationView } from '../../parts/operation/operation-view';
import { originWords } from '../../parts/origin';
import { Page } from '../../parts/page';
import { useCluster, useClusters, useOperations } from '../../stores/app-context';
import classes from './cluster.module.css';
import { UnknownCluster } from './gone-cluster';
import { HeaderActions } from './header-actions';
import { tabs } from './tabs';
import { useDetails } from './use-details';

export function ClusterScreen({ name, tab: wanted }: { name: string; tab: ClusterTab }) {
  const { t } = useTranslation();
  const cluster = useDetails(name, useCluster(name));
  const { heard } = useClusters();
  const all = useOperations();
  const operations = useMemo(() => all.filter((operation) => operation.subject === name), [all, name]);
  const [latest] = operations;
  const tab = tabs[wanted].needsCluster && !cluster ? 'overview' : wanted;

  if (!heard) {
    return (
      <Page title={name}>
        <LoadingRows />
      </Page>
    );
  }
  if (!cluster && !latest) return <UnknownCluster name={name} />;
  return (
    <Page
      title={name}
      beside={cluster && <ClusterBadge state={cluster.state} />}
      lead={cluster && <Lead cluster={cluster} />}
      actions={cluster && <HeaderActions cluster={cluster} />}
    >
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(value) =>
          navigate({ screen: 'cluster', name, tab: clusterTabs.find((id) => id === value) ?? 'overview' })
        }
      >
        <Tabs.List mb="lg">
          {clusterTabs.map((id) => (
            <Tabs.Tab key={id} value={id} disabled={tabs[id].needsCluster && !cluster}>
              {t(`cluster.tab.${id}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {latest && tab !== 'history' && <Latest key={latest.id} operation={latest} always={tab === 'overview'} />}
        {clusterTabs.map((id) => (
          <Tabs.Panel key={id} value={id}>
            {tabs[id].panel({ name, cluster, operations })}
          </Tabs.Panel>
        ))}
      </Tabs>
    </Page>
  );
}

/** What runs on the cluster, or was done to it last: in tabs other than the overview only while it is news. */
function Latest({ operation, always }: { operation: Operation; always: boolean }) {
  const ended = hasEnded(operation.state);
  const [news] = useState(!ended);
  if (ended && !news && !always) return null;
  return (
    <div className={classes.latest}>
      <OperationView operation={operation} />
    </div>
  );
}

/** Version, size, origin and context in one line. */
function Lead({ cluster }: { cluster: Cluster }) {
  const { t } = useTranslation();
  const origin = originWords(cluster, t);
  return (
    <div className={classes.lead}>
      {cluster.kubernetesVersion && <span>Kubernetes {cluster.kubernetesVersion}</span>}
      <span>{t('cluster.nodes', { count: cluster.nodes.length })}</span>
      {origin && <span>{origin}</span>}
      <CopyText text={cluster.context} what={t('cluster.context')} />
      {cluster.current && <span className={classes.current}>{t('cluster.current')}</span>}
    </div>
  );
}
