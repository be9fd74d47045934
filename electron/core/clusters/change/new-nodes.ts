// Which names and addresses nodes get that come later: the lowest that are free.
import type { ClusterChange } from '../../../../shared/model/change';
import type { ClusterNode } from '../../../../shared/model/cluster';
import { AppError } from '../../../../shared/model/errors';
import { nodeAddress } from '../../engine/networks';
import { nodesPerSubnet } from '../../engine/subnet';
import { nodeName, type PlannedNode } from '../providers/kubeadm/nodes';

export type Adding = Extract<ClusterChange, { kind: 'add-nodes' }>;

/** `existing`: names of all nodes that there are and will be. Throws `bad-input` when the network has no room for that many. */
export function newNodes(
  cluster: string,
  existing: readonly string[],
  { role, count, pool, labels, taints, resources }: Adding,
): Omit<PlannedNode, 'address'>[] {
  if (existing.length + count > nodesPerSubnet) {
    throw new AppError('bad-input', `A cluster has at most ${nodesPerSubnet} nodes`, {
      params: { limit: nodesPerSubnet },
    });
  }
  const taken = new Set(existing);
  const free: string[] = [];
  for (let ordinal = 1; free.length < count; ordinal += 1) {
    const name = nodeName(cluster, role, ordinal);
    if (!taken.has(name)) free.push(name);
  }
  return free.map((name) => ({ name, role, labels, taints, resources, ...(pool && { pool }) }));
}

/** Gives out the addresses of the subnet that no node has, lowest first. */
export function addressGiver(subnet: string, existing: readonly Pick<ClusterNode, 'address'>[]): () => string {
  const taken = new Set(existing.map(({ address }) => address));
  let index = 0;
  return () => {
    while (taken.has(nodeAddress(subnet, index))) index += 1;
    const address = nodeAddress(subnet, index);
    taken.add(address);
    return address;
  };
}
