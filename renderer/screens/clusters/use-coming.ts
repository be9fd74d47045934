// Clusters that are being created and have no container yet.
import { hasEnded, type Operation } from '../../../shared/model/operation';
import { useClusters, useOperations } from '../../stores/app-context';

/** Creates that have not ended, of clusters that the engine does not know yet. */
export function useComing(): Operation[] {
  const { clusters } = useClusters();
  const known = new Set(clusters.map((cluster) => cluster.name));
  return useOperations().filter(
    ({ kind, state, subject }) => kind === 'create' && !hasEnded(state) && !known.has(subject),
  );
}
