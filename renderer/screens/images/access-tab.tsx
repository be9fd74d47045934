// Private registries: for each cluster, where its nodes sign in and which certificates they trust.
import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LoadingRows } from '../../parts/loading-rows';
import { useClusters } from '../../stores/app-context';
import { ClusterAccess } from './cluster-access';
import classes from './images.module.css';

export function AccessTab() {
  const { t } = useTranslation();
  const { clusters, heard } = useClusters();
  if (!heard) return <LoadingRows rows={2} height={120} />;
  const shown = clusters.filter(({ state }) => state !== 'incomplete');
  return (
    <Stack gap="md">
      <Text maw={640}>{t('access.why')}</Text>
      {shown.length === 0 && <div className={classes.card}>{t('access.noClusters')}</div>}
      {shown.map((cluster) => (
        <ClusterAccess key={cluster.name} cluster={cluster} />
      ))}
    </Stack>
  );
}
