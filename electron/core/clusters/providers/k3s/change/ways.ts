// How running clusters of k3s are changed.
import type { ClusterChange } from '../../../../../../shared/model/change';
import type { Cluster } from '../../../../../../shared/model/cluster';
import { AppError } from '../../../../../../shared/model/errors';
import { fetchingImage } from '../../../change/add-nodes';
import { templateSettings } from '../../../change/new-nodes';
import { type ChangeWays, companyOf, type Entered, type Part, partOf } from '../../../change/part';
import { removingNode } from '../../../change/remove-node';
import type { PlannedNode } from '../../kubeadm/nodes';
import { k3dName } from '../labels';
import { addingK3sNodes, k3sNodeSteps, namingNodes } from './add-nodes';
import { enterK3sCluster } from './enter';
import { growing } from './grow';
import { removingK3sNode, takeOutK3sNode } from './leave';

/** k3d 5.9: `k3d-shop-agent-0`; counted from 0. */
function naming(cluster: Cluster) {
  const prefix = `k3d-${k3dName(cluster)}`;
  return {
    cluster: prefix,
    nameOf: (role: 'control-plane' | 'worker', ordinal: number) =>
      `${prefix}-${role === 'worker' ? 'agent' : 'server'}-${ordinal - 1}`,
  };
}

export const k3sWays: ChangeWays = {
  enter: enterK3sCluster,
  naming,
  movesEndpoint: false,
  add: addingK3sNodes,
  remove: removingK3sNode,
  replace: replacingAgent,
  mirrors: refuseMirrors,
  // Its members are k3s' own, and it takes the one out only while the others agree.
  refuseToLose: async () => {},
  takeOut: takeOutK3sNode,
};

/** An agent is drained, deleted, and made again under its name. Throws what removing a node does, and `not-possible` for a server. */
function replacingAgent(entered: Entered, change: Extract<ClusterChange, { kind: 'replace-node' }>): Part {
  const { node: name, force } = change;
  const { cluster } = entered;
  const present = cluster.nodes.find((one) => one.name === name);
  if (present?.role === 'control-plane') throw leads(cluster.name, name);
  const own = { name, role: 'worker', pool: present?.pool } as const;
  const planned: PlannedNode = { ...templateSettings(companyOf(entered), own), name, role: 'worker' };
  const image = fetchingImage(entered, planned);
  const gone = removingNode(entered, { node: name, force }, [entered.replaced, ...image.after]);
  entered.replaced = `node-ready:${name}`;
  const grow = growing(entered, [planned]);
  const steps = k3sNodeSteps(entered, planned, grow, [`node-delete:${name}`]);
  const made = partOf(...image.steps, ...steps, namingNodes(cluster, [planned], grow));
  return { steps: [...gone.steps, ...made.steps], actions: new Map([...gone.actions, ...made.actions]) };
}

function leads(cluster: string, node: string): AppError {
  return new AppError('not-possible', `${node} is a server, which is not made anew under its name`, {
    params: { name: cluster, node, maker: 'boathouse', ability: 'change', why: 'control-plane' },
  });
}

/** k3s: `registries.yaml` is read when it starts. */
function refuseMirrors({ cluster }: Entered): Part {
  throw new AppError(
    'not-possible',
    `k3s reads its mirrors when it starts: those of ${cluster.name} cannot be changed while it runs`,
    {
      params: { name: cluster.name, maker: 'boathouse', ability: 'change', why: 'k3s-mirrors' },
      hints: [{ text: 'Make a new cluster from a template with these mirrors.' }],
    },
  );
}
