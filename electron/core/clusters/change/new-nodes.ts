// Which names, settings and addresses nodes get that come later: the lowest that are free, and what the template says of their pool.
import type { ClusterChange } from '../../../../shared/model/change';
import type { ClusterNode } from '../../../../shared/model/cluster';
import { AppError } from '../../../../shared/model/errors';
import type { ClusterTemplate } from '../../../../shared/model/template';
import { nodeAddress } from '../../engine/networks';
import { nodesPerSubnet } from '../../engine/subnet';
import { nodeName, type PlannedNode, settingsOf } from '../providers/kubeadm/nodes';
import { type Pooled, poolOf } from './pool-of';

export type Adding = Extract<ClusterChange, { kind: 'add-nodes' }>;

/** A cluster as nodes come into it. */
export interface Company {
  /** What names of nodes have in front, without the dash after it: kind's the cluster's name. */
  readonly cluster: string;
  /** kind's names where it is left out. `ordinal` counts from 1. */
  nameOf?(role: Adding['role'], ordinal: number): string;
  /** All nodes that there will be. */
  readonly nodes: readonly Pooled[];
  /** Names of those that go meanwhile. */
  readonly leaving: ReadonlySet<string>;
  /** What they are made by; absent where an earlier version made the cluster. */
  readonly template?: ClusterTemplate | undefined;
}

/** What is asked for comes on top of what their pool has. Throws `bad-input` when the network has no room for that many. */
export function newNodes(company: Company, adding: Adding): PlannedNode[] {
  const { cluster, nodes, leaving, nameOf = (role, ordinal) => nodeName(cluster, role, ordinal) } = company;
  const { role, count, pool } = adding;
  if (nodes.length + leaving.size + count > nodesPerSubnet) {
    throw new AppError('bad-input', `A cluster has at most ${nodesPerSubnet} nodes`, {
      params: { limit: nodesPerSubnet },
    });
  }
  const taken = new Set([...nodes.map(({ name }) => name), ...leaving]);
  const free: Pooled[] = [];
  for (let ordinal = 1; free.length < count; ordinal += 1) {
    const name = nameOf(role, ordinal);
    if (!taken.has(name)) free.push({ name, role, pool });
  }
  const all = { ...company, nodes: [...nodes, ...free] };
  return free.map((one) => {
    const { labels, taints, resources, ...settings } = templateSettings(all, one);
    return {
      ...settings,
      name: one.name,
      role,
      labels: { ...labels, ...adding.labels },
      taints: [...taints.filter((taint) => !adding.taints.some((own) => isAlike(own, taint))), ...adding.taints],
      resources: { ...resources, ...adding.resources },
      ...(pool && { pool }),
    };
  });
}

/** What the template says of a node that comes, or is made anew under its name. */
export function templateSettings({ cluster, nodes, template }: Omit<Company, 'leaving'>, node: Pooled) {
  if (!template) return { labels: {}, taints: [], ...(node.pool && { pool: node.pool }) };
  const pool = poolOf(template.spec.nodes, nodes, node);
  const settings = settingsOf(template.spec, { name: node.name.slice(cluster.length + 1), pool });
  return { ...settings, ...(node.pool && { pool: node.pool }) };
}

type Taint = Adding['taints'][number];

function isAlike(one: Taint, other: Taint): boolean {
  return one.key === other.key && one.effect === other.effect;
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
