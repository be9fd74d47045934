// How much memory the nodes of a cluster take for themselves, by their number.
import { nodeMemory } from '../../../shared/model/template/need';

/** Bytes for a cluster of so many nodes, one of which is the control plane. */
export function nodesNeed(nodes: number): number {
  return nodeMemory['control-plane'] + Math.max(0, nodes - 1) * nodeMemory.worker;
}
