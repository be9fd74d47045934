// How much memory nodes take for themselves, before anything of the user's runs on them.
import { type NodePool, nodeCount } from './pools';

/** Bytes by role, measured with Kubernetes 1.20 to 1.34 on idle clusters. */
export const nodeMemory: Readonly<Record<NodePool['role'], number>> = {
  'control-plane': 0.9 * 2 ** 30,
  worker: 0.25 * 2 ** 30,
};

/** Bytes for the nodes of all pools together. */
export function memoryNeed(pools: readonly NodePool[]): number {
  return (['control-plane', 'worker'] as const).reduce(
    (sum, role) => sum + nodeMemory[role] * nodeCount(pools, role),
    0,
  );
}
