// A cluster at a glance: its facts, its nodes, and the commands that do the same from a terminal.
import { Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Cluster } from '../../../../shared/model/cluster';
import { hasEnded } from '../../../../shared/model/operation';
import { CopyText } from '../../../parts/copy';
import facts from '../../../parts/facts.module.css';
import { useFormat } from '../../../parts/words';
import classes from '../cluster.module.css';
import { GoneCluster } from '../gone-cluster';
import type { TabProps } from '../tab';
import { ClusterMap } from './cluster-map';
import { Commands } from './commands';
import { NextSteps } from './next-steps';
import { NodeList } from './node-list';
import { SinceTemplate } from './since-template';
import { TroubleList } from './trouble-list';

export function Overview({ name, cluster, operations: [latest] }: TabProps) {
  return (
    <Stack gap={24}>
      {!cluster && latest && hasEnded(latest.state) && <GoneCluster name={name} />}
      {cluster && (
        <>
          <NextSteps cluster={cluster} latest={latest} />
          <TroubleList cluster={cluster} />
          <div className={classes.picture}>
            <ClusterMap cluster={cluster} />
            <SinceTemplate cluster={cluster} />
          </div>
          <NodeList cluster={cluster} />
          <div className={classes.pair}>
            <Facts cluster={cluster} />
            <Commands cluster={cluster} />
          </div>
        </>
      )}
    </Stack>
  );
}

function Facts({ cluster }: { cluster: Cluster }) {
  const { t } = useTranslation();
  const format = useFormat();
  const rows: [string, ReactNode][] = [];
  if (cluster.apiServer) {
    rows.push([t('cluster.apiServer'), <CopyText key="api" text={cluster.apiServer} what={t('cluster.apiServer')} />]);
  }
  if (cluster.network)
    rows.push([
      t('cluster.network'),
      <span key="network" className="mono">
        {cluster.network}
      </span>,
    ]);
  if (cluster.template) rows.push([t('cluster.template'), cluster.template]);
  rows.push([t('cluster.provider'), t(`cluster.runs.${cluster.provider}`)]);
  rows.push([t('cluster.madeBy'), t(`cluster.maker.${cluster.madeBy}`)]);
  if (cluster.createdAt) rows.push([t('cluster.created'), format.date(cluster.createdAt)]);
  return (
    <section aria-labelledby="facts">
      <h2 id="facts" className={classes.heading}>
        {t('cluster.facts')}
      </h2>
      <dl className={facts.facts}>
        {rows.map(([term, value]) => (
          <div key={term} className={classes.fact}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
