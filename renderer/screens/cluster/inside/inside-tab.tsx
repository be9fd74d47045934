// What is in a cluster, as far as it runs.
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Cluster } from '../../../../shared/model/cluster';
import { Browser } from '../../../parts/inside/browser';

export function InsideTab({ cluster }: { cluster: Cluster }) {
  const { t } = useTranslation();
  if (cluster.state !== 'running' && cluster.state !== 'degraded')
    return <Text c="dimmed">{t('inside.notRunning')}</Text>;
  return <Browser context={cluster.context} />;
}
