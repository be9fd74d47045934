// Home: every cluster of the engine, or what to do when there is none or the engine does not answer.
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { hrefOf } from '../../app/route';
import { ErrorNotice } from '../../parts/error-notice';
import { LoadingRows } from '../../parts/loading-rows';
import { Page } from '../../parts/page';
import { ReconnectButton } from '../../parts/reconnect-button';
import { useClusters, useEngine } from '../../stores/app-context';
import { ClusterRow } from './cluster-row';
import classes from './clusters.module.css';
import { ComingRow } from './coming-row';
import { NoClusters } from './no-clusters';
import { TemplateStrip } from './template-strip';
import { useComing } from './use-coming';

export function ClustersScreen() {
  const { t } = useTranslation();
  const { clusters, heard } = useClusters();
  const engine = useEngine();
  const coming = useComing();

  if (engine.state === 'unreachable') {
    return (
      <Page title={t('clusters.title')}>
        <ErrorNotice error={engine.error} actions={<ReconnectButton />} />
      </Page>
    );
  }
  const empty = clusters.length + coming.length === 0;
  if (!heard || (empty && engine.state === 'connecting')) {
    return (
      <Page title={t('clusters.title')}>
        <LoadingRows />
      </Page>
    );
  }
  if (empty) return <NoClusters />;
  return (
    <Page title={t('clusters.title')} actions={<NewClusterButton />}>
      <ul className={classes.rows}>
        {clusters.map((cluster) => (
          <ClusterRow key={cluster.name} cluster={cluster} />
        ))}
        {coming.map((operation) => (
          <ComingRow key={operation.id} operation={operation} />
        ))}
      </ul>
      <TemplateStrip />
    </Page>
  );
}

function NewClusterButton() {
  const { t } = useTranslation();
  return (
    <Button component="a" href={hrefOf({ screen: 'new-cluster' })} leftSection={<IconPlus aria-hidden size={17} />}>
      {t('clusters.new')}
    </Button>
  );
}
