// Mirrors: for each cluster, where its nodes fetch the images of other registries from.
import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LoadingRows } from '../../parts/loading-rows';
import { useClusters } from '../../stores/app-context';
import { ClusterMirrors } from './cluster-mirrors';
import classes from './images.module.css';

export function MirrorsTab() {
  const { t } = useTranslation();
  const { clusters, heard } = useClusters();
  if (!heard) return <LoadingRows rows={2} height={120} />;
  const shown = clusters.filter(({ provider, state }) => provider === 'kubeadm' && state !== 'incomplete');
  return (
    <Stack gap="md">
      <Text maw={640}>{t('mirrors.why')}</Text>
      {shown.length === 0 && <div className={classes.card}>{t('mirrors.noClusters')}</div>}
      {shown.map((cluster) => (
        <ClusterMirrors key={cluster.name} cluster={cluster} />
      ))}
    </Stack>
  );
}
