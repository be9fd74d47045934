// In which order a cluster's containers are stopped where its program leaves that open.
import { type Cluster, type ClusterNode, containersOf } from '../../../../shared/model/cluster';

/**
 * The nodes side by side, then what leads to them. The other way round, whoever else looks after the engine could take the
 * cluster for shut out (`edge/keep.ts`) and start its entrance again while its nodes still end.
 */
export function nodesBeforeEdges(cluster: Cluster): readonly (readonly ClusterNode[])[] {
  const edges = containersOf(cluster).slice(cluster.nodes.length);
  return edges.length > 0 ? [cluster.nodes, edges] : [cluster.nodes];
}
