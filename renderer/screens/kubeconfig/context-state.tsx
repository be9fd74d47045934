// How a context stands, as one badge: its local cluster's state, what its API last said, or what is wrong with it.
import { useTranslation } from 'react-i18next';
import type { Cluster } from '../../../shared/model/cluster';
import type { KubeContext } from '../../../shared/model/kubeconfig';
import { ClusterBadge, ContextBadge } from '../../parts/badge';
import { useClusters, useEngine } from '../../stores/app-context';
import type { Probes } from './use-probes';

/** The cluster of the engine that a context leads to. */
export function clusterOf(
  clusters: readonly Cluster[],
  { name, origin, clusterName }: KubeContext,
): Cluster | undefined {
  if (origin === 'remote' || origin === 'unknown') return undefined;
  return (
    clusters.find(({ context }) => context === name) ??
    clusters.find((cluster) => origin === 'boathouse' && cluster.name === clusterName)
  );
}

/** Whether the programs that make local clusters would know it, if it were on this engine. */
export function isGone(clusters: readonly Cluster[], context: KubeContext): boolean {
  return ['boathouse', 'kind', 'k3d'].includes(context.origin) && !clusterOf(clusters, context);
}

export function ContextState({ context, probes }: { context: KubeContext; probes: Probes }) {
  const { t } = useTranslation();
  const { clusters, heard } = useClusters();
  const connected = useEngine().state === 'connected';
  if (probes.asking.has(context.name)) return <ContextBadge look="asking" word={t('kubeconfig.asking')} />;
  const found = probes.found.get(context.name);
  if (found && 'outcome' in found) {
    const look = found.outcome === 'answers' ? 'good' : 'bad';
    return <ContextBadge look={look} word={t(`kubeconfig.outcome.${found.outcome}`)} />;
  }
  if (context.faults.length > 0) return <ContextBadge look="fault" word={t('kubeconfig.fault')} />;
  const cluster = clusterOf(clusters, context);
  if (cluster) return <ClusterBadge state={cluster.state} />;
  if (heard && connected && isGone(clusters, context)) return <ContextBadge look="off" word={t('kubeconfig.gone')} />;
  return <ContextBadge look="off" word={t('kubeconfig.unasked')} />;
}
