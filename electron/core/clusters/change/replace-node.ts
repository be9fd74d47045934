// Making a worker anew under its name: drained, deleted, and built again as its pool in the template has it. One at a time.
import type { ClusterChange } from '../../../../shared/model/change';
import type { ClusterNode } from '../../../../shared/model/cluster';
import { AppError } from '../../../../shared/model/errors';
import type { NodePool } from '../../../../shared/model/template';
import type { Building } from '../bootstrap/building';
import type { PlannedNode } from '../providers/kubeadm/nodes';
import { nodeSteps } from './add-nodes';
import { type Grow, growingCluster } from './grow';
import { type Entered, type Part, partOf } from './part';
import { removingNode } from './remove-node';

type Replacing = Extract<ClusterChange, { kind: 'replace-node' }>;

/** Throws what removing a node does, and `not-possible` for a control plane. */
export function replacingNode(entered: Entered, { node: name, force }: Replacing): Part {
  const node = entered.cluster.nodes.find((one) => one.name === name);
  if (node?.role === 'control-plane') throw leads(entered.cluster.name, name);
  const gone = removingNode(entered, { node: name, force }, entered.replaced);
  entered.replaced = `node-ready:${name}`;
  const planned: PlannedNode = { name, role: 'worker', labels: {}, taints: [], ...(node?.pool && { pool: node.pool }) };
  let building: Promise<Building> | undefined;
  const grow: Grow = ({ signal }) => {
    if (node) Object.assign(planned, settingsOf(entered, node));
    building ??= growingCluster(entered, [planned], signal);
    return building;
  };
  const made = partOf(...nodeSteps(entered, planned, grow, `node-delete:${name}`));
  return { steps: [...gone.steps, ...made.steps], actions: new Map([...gone.actions, ...made.actions]) };
}

/** What its pool says of the node; a pool without a name is its role's. */
function settingsOf({ template, live }: Entered, { pool, role }: ClusterNode): Partial<NodePool> {
  const pools = (template ?? live().template)?.spec.nodes ?? [];
  const found = pools.find((one) => one.role === role && one.name === pool);
  if (!found) return {};
  const { labels, taints, resources } = found;
  return { labels, taints, resources };
}

function leads(cluster: string, node: string): AppError {
  return new AppError('not-possible', `${node} is a control plane, which is not made anew under its name`, {
    params: { name: cluster, node, maker: 'boathouse', ability: 'change', why: 'control-plane' },
    hints: [{ text: `Add one and then remove this one: boathouse nodes add ${cluster} --role control-plane` }],
  });
}
