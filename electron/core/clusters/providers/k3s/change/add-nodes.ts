// Adding nodes to a running cluster of k3s: containers as a create makes them; servers join the etcd one after another.
import type { Cluster } from '../../../../../../shared/model/cluster';
import { AppError } from '../../../../../../shared/model/errors';
import type { StepKind } from '../../../../../../shared/model/operation';
import type { StepContext } from '../../../../operations/operation';
import { found } from '../../../bootstrap/building';
import { fetchingImage } from '../../../change/add-nodes';
import { comingNodes } from '../../../change/coming-nodes';
import type { Adding } from '../../../change/new-nodes';
import { type Entered, type Part, partOf, type StepPair } from '../../../change/part';
import { welcome } from '../../../change/welcome';
import { waitForFreshNode } from '../../../fresh-node';
import { removeContainer } from '../../../remove';
import type { PlannedNode } from '../../kubeadm/nodes';
import { createNode, startK3sNode } from '../build';
import { argumentsOf } from '../building';
import { k3dLabels, k3dName } from '../labels';
import { restoreNames } from '../restore-names';
import { type GrowK3s, growing, type K3sGrowing } from './grow';
import { forgetK3sNode } from './leave';

/** Expected seconds on two cores. */
const seconds: Partial<Record<StepKind, number>> = {
  'node-create': 0.5,
  'k3s-start': 8,
  'node-ready': 5,
  'host-names': 2,
};

/**
 * Throws `not-possible` for servers where the only one keeps its state in a database of its own, and `bad-input` when the cluster's network
 * has no room for that many.
 */
export function addingK3sNodes(entered: Entered, change: Adding): Part {
  if (change.role === 'control-plane') refuseWithoutEtcd(entered);
  const nodes = comingNodes(entered, change);
  const grow = growing(entered, nodes);
  return partOf(
    ...nodes.flatMap((node) => k3sNodeSteps(entered, node, grow, ['cluster-survey'])),
    namingNodes(entered.cluster, nodes, grow),
  );
}

/** A node from its container to Ready. `before`: the steps that it comes after. */
export function k3sNodeSteps(
  entered: Entered,
  node: PlannedNode,
  grow: GrowK3s,
  before: readonly string[],
): StepPair[] {
  const { name, role } = node;
  const image = fetchingImage(entered, node);
  const step = (
    kind: StepKind,
    title: string,
    after: readonly string[],
    act: (grown: K3sGrowing, context: StepContext) => Promise<void>,
    command: string,
  ): StepPair => [
    { id: `${kind}:${name}`, kind, title, lane: name, weight: seconds[kind] ?? 0.5, after: [...after], command },
    async (context) => act(await grow(context), context),
  ];
  // k3d 5.9: a server joins an etcd that is whole.
  const turn = role === 'control-plane' ? [entered.etcd.last] : [];
  if (role === 'control-plane') entered.etcd.last = `node-ready:${name}`;
  return [
    ...image.steps,
    step(
      'node-create',
      `Creating the container ${name}`,
      [...before, ...image.after],
      async ({ building, node: known }, context) => {
        context.undo(`the container ${name}`, (signal) => removeContainer(building.engine, name, signal));
        await createNode(building, known(name), context);
      },
      `docker create --name ${name}`,
    ),
    step(
      'k3s-start',
      `Starting k3s on ${name}`,
      [...new Set([`node-create:${name}`, ...turn])],
      async ({ building, node: known }, context) => {
        context.undo(`the node ${name}`, (signal) => forgetK3sNode(entered.live().kube, node, signal));
        await startK3sNode(building, known(name), context);
      },
      `docker start ${name}`,
    ),
    step(
      'node-ready',
      `Waiting until ${name} is Ready`,
      [`k3s-start:${name}`],
      async ({ building, node: known }, context) => {
        const { cni } = building.request.template.spec.networking;
        const container = { name, containerId: name };
        const kube = found(building.kube, 'the API');
        // Nobody knows when a pod network of the user's is there.
        if (cni !== 'none') await waitForFreshNode(building.engine, kube, container, context);
        await welcome(entered, { ...node, ...addressOf(known(name)) }, context);
      },
      `kubectl wait --for=condition=Ready node/${name}`,
    ),
  ];
}

function addressOf({ address }: { readonly address?: string }) {
  return address ? { address } : {};
}

/** The names of this computer and of all nodes, for those that came, and theirs for all. */
export function namingNodes(cluster: Cluster, nodes: readonly PlannedNode[], grow: GrowK3s): StepPair {
  const [first] = nodes;
  return [
    {
      id: `host-names:${first?.name}`,
      kind: 'host-names',
      title: 'Giving the nodes and this computer names',
      lane: 'cluster',
      weight: seconds['host-names'] ?? 0.5,
      after: nodes.map(({ name }) => `k3s-start:${name}`),
    },
    async (context) => {
      const { building, present, node } = await grow(context);
      const came = nodes.map(({ name }) => {
        const { k3sRole } = node(name);
        return { name, containerId: name, k3sRole, args: argumentsOf(building, node(name)) };
      });
      // One that was made anew is no longer what it was before.
      const names = new Set(came.map(({ name }) => name));
      const stayed = present.filter(({ name }) => !names.has(name));
      const aliases = present.map(({ labels }) => labels[k3dLabels.hostAliases]).find(Boolean);
      await restoreNames(building.engine, { network: cluster.network, nodes: [...stayed, ...came], aliases }, context);
    },
  ];
}

/** k3s: an only server keeps its state in SQLite unless it was told to begin an etcd, and nobody joins that. */
function refuseWithoutEtcd({ cluster, supplies: { template } }: Entered): void {
  if (cluster.nodes.filter(({ role }) => role === 'control-plane').length > 1) return;
  const pools = template?.spec.nodes.filter(({ role }) => role === 'control-plane') ?? [];
  const told = [...(template?.spec.k3s.serverArgs ?? []), ...pools.flatMap(({ k3sArgs }) => k3sArgs)];
  if (told.includes('--cluster-init')) return;
  throw new AppError(
    'not-possible',
    `The only server of ${cluster.name} keeps its state in a database that no other can join`,
    {
      params: { name: cluster.name, maker: 'boathouse', ability: 'change', why: 'no-etcd' },
      hints: [
        { text: 'Make a new cluster with several servers, or with the argument --cluster-init for its server.' },
        { text: `Workers can come: boathouse nodes add ${k3dName(cluster)} --role worker` },
      ],
    },
  );
}
