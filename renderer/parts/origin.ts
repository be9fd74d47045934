// What is said of where a cluster comes from, beside its name: nothing of the usual.
import type { TFunction } from 'i18next';
import type { Cluster } from '../../shared/model/cluster';

/** `made by k3d`; for clusters of ours that do not run kubeadm what they run; else nothing. */
export function originWords(cluster: Pick<Cluster, 'provider' | 'madeBy'>, t: TFunction): string {
  if (cluster.madeBy !== 'boathouse') return t('cluster.madeByOther', { maker: t(`cluster.maker.${cluster.madeBy}`) });
  return cluster.provider === 'kubeadm' ? '' : t(`cluster.runs.${cluster.provider}`);
}
