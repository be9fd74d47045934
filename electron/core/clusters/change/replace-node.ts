// Making a worker anew under its name: drained, deleted, and built again as its pool in the template has it. One at a time.
import type { ClusterChange } from '../../../../shared/model/change';
import { AppError } from '../../../../shared/model/errors';
import type { Building } from '../bootstrap/building';
import type { PlannedNode } from '../providers/kubeadm/nodes';
import { fetchingImage, nodeSteps } from './add-nodes';
import { type Grow, growingCluster } from './grow';
import { templateSettings } from './new-nodes';
import { companyOf, type Entered, type Part, partOf } from './part';
import { removingNode } from './remove-node';

type Replacing = Extract<ClusterChange, { kind: 'replace-node' }>;

/** Its image is here before it goes. Throws what removing a node does, and `not-possible` for a control plane. */
export function replacingNode(entered: Entered, { node: name, force }: Replacing): Part {
  const node = entered.cluster.nodes.find((one) => one.name === name);
  if (node?.role === 'control-plane') throw leads(entered.cluster.name, name);
  const own = { name, role: 'worker', pool: node?.pool } as const;
  const planned: PlannedNode = { ...templateSettings(companyOf(entered), own), name, role: 'worker' };
  const image = fetchingImage(entered, planned);
  const gone = removingNode(entered, { node: name, force }, [entered.replaced, ...image.after]);
  entered.replaced = `node-ready:${name}`;
  let building: Promise<Building> | undefined;
  const grow: Grow = ({ signal }) => {
    building ??= growingCluster(entered, [planned], signal);
    return building;
  };
  const made = partOf(...image.steps, ...nodeSteps(entered, planned, grow, [`node-delete:${name}`]));
  return { steps: [...gone.steps, ...made.steps], actions: new Map([...gone.actions, ...made.actions]) };
}

function leads(cluster: string, node: string): AppError {
  return new AppError('not-possible', `${node} is a control plane, which is not made anew under its name`, {
    params: { name: cluster, node, maker: 'boathouse', ability: 'change', why: 'control-plane' },
    hints: [{ text: `Add one and then remove this one: boathouse nodes add ${cluster} --role control-plane` }],
  });
}
