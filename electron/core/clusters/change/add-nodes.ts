// Adding nodes to a running cluster: the steps of a create that make one, with an identity signed by the cluster's own authority.
import type { StepKind } from '../../../../shared/model/operation';
import type { StepContext } from '../../operations/operation';
import { type Building, found } from '../bootstrap/building';
import { pullImages } from '../bootstrap/images';
import { configureAhead, configureNode, startNode, writeNetworks } from '../bootstrap/kubelets';
import { bootWithFiles, createNode, trustCertificates, unpackNodeImages } from '../bootstrap/nodes';
import { nodeObject, registerNode } from '../bootstrap/objects';
import { waitForNode } from '../bootstrap/ready';
import type { PlannedNode } from '../providers/kubeadm/nodes';
import { removeContainer } from '../remove';
import { comingNodes } from './coming-nodes';
import { forgetNode } from './forget';
import { type Grow, growingCluster } from './grow';
import { joiningControlPlane } from './join-control-plane';
import type { Adding } from './new-nodes';
import { type Entered, type Part, partOf, type StepPair } from './part';
import { welcome } from './welcome';

/** Expected seconds on two cores. */
const seconds: Partial<Record<StepKind, number>> = {
  'image-pull': 60,
  'certificates-trust': 2,
  'node-create': 2,
  'node-boot': 1,
  'images-unpack': 4,
  'node-ready': 6,
};

/** Throws `bad-input` when the cluster's network has no room for that many. */
export function addingNodes(entered: Entered, change: Adding): Part {
  const nodes = comingNodes(entered, change);
  let building: Promise<Building> | undefined;
  const grow: Grow = ({ signal }) => {
    building ??= growingCluster(entered, nodes, signal);
    return building;
  };
  return partOf(
    ...nodes.flatMap((node) => [
      ...nodeSteps(entered, node, grow, ['cluster-survey']),
      ...(node.role === 'control-plane' ? joiningControlPlane(entered, node, grow) : []),
    ]),
  );
}

/** Fetches the image of a node that comes, where the engine does not have it and no earlier part fetches it. */
export function fetchingImage({ supplies, fetched, live }: Entered, { image = supplies.image }: PlannedNode) {
  const id = `image-pull:${image}`;
  if (!supplies.missing.has(image)) return { steps: [], after: [] };
  if (fetched.has(image)) return { steps: [], after: [id] };
  fetched.add(image);
  const step: StepPair = [
    {
      id,
      kind: 'image-pull',
      title: `Pulling ${image}`,
      lane: 'engine',
      weight: seconds['image-pull'] ?? 0,
      after: ['cluster-survey'],
      command: `docker pull ${image}`,
    },
    (context) => pullImages(live(), [image], context),
  ];
  return { steps: [step], after: [id] };
}

/** A node from its container to Ready, which is when ports lead to it. `before`: the steps that it comes after. */
export function nodeSteps(entered: Entered, node: PlannedNode, grow: Grow, before: readonly string[]): StepPair[] {
  const { name, role } = node;
  const image = fetchingImage(entered, node);
  const trusts = (entered.supplies.template?.spec.certificates ?? []).length > 0;
  const step = (
    kind: StepKind,
    title: string,
    after: string[],
    act: (building: Building, context: StepContext) => Promise<void>,
    command?: string,
  ): StepPair => [
    {
      id: `${kind}:${name}`,
      kind,
      title,
      lane: name,
      weight: seconds[kind] ?? 0.5,
      after: after.length > 0 ? after.map((kind) => `${kind}:${name}`) : [...before, ...image.after],
      ...(command && { command }),
    },
    async (context) => act(await grow(context), context),
  ];
  const up = trusts ? 'certificates-trust' : 'node-boot';
  const sibling = role === 'worker' && !trusts ? controlPlaneOf(entered, node.image) : undefined;
  // systemd starts the kubelet of a worker that is configured before it boots, seconds earlier than anybody else could.
  const configuring = sibling
    ? [
        step(
          'node-configure',
          `Configuring ${name}`,
          [],
          (building, context) => configureAhead(building, node, sibling, context),
          'kubeadm init phase kubelet-start',
        ),
        step('kubelet-start', `Starting the kubelet on ${name}`, ['node-boot', 'node-join'], (building, context) =>
          writeNetworks(building, node, context),
        ),
      ]
    : [
        step(
          'node-configure',
          `Configuring ${name}`,
          [up, 'node-join'],
          (building, context) => configureNode(building, node, context),
          'kubeadm init phase kubelet-start',
        ),
        step('kubelet-start', `Starting the kubelet on ${name}`, ['node-configure'], (building, context) =>
          startNode(building, node, context),
        ),
      ];
  return [
    ...image.steps,
    step('node-create', `Creating the container ${name}`, [], async (building, context) => {
      context.undo(`the container ${name}`, (signal) => removeContainer(building.engine, name, signal));
      await createNode(building, node, context);
    }),
    step('node-boot', `Booting ${name}`, ['node-create', ...(sibling ? ['node-configure'] : [])], (building, context) =>
      bootWithFiles(building, node, context),
    ),
    ...(trusts
      ? [
          step(
            'certificates-trust',
            `Trusting the template's certificates on ${name}`,
            ['node-boot'],
            (building, context) => trustCertificates(building, node, context),
            'update-ca-certificates',
          ),
        ]
      : []),
    step('images-unpack', `Unpacking images on ${name}`, [up], (building, context) =>
      unpackNodeImages(building, node, context),
    ),
    step(
      'node-join',
      `Registering ${name}`,
      ['node-create'],
      (building, context) => register(building, node, context),
      'kubeadm join',
    ),
    ...configuring,
    step(
      'node-ready',
      `Waiting until ${name} is Ready`,
      ['kubelet-start', 'node-join'],
      async (building, context) => {
        await waitForNode(building, name, context);
        if (role === 'worker') await welcome(entered, node, context);
      },
      `kubectl wait --for=condition=Ready node/${name}`,
    ),
  ];
}

/** The name of a control plane that runs, stays, and has this image: its kubeadm writes what that of a new node would. */
function controlPlaneOf({ cluster, leaving, supplies }: Entered, image = supplies.image): string | undefined {
  return cluster.nodes.find(
    (one) => one.role === 'control-plane' && one.state === 'running' && one.image === image && !leaving.has(one.name),
  )?.name;
}

async function register(building: Building, node: PlannedNode, context: StepContext): Promise<void> {
  const kube = found(building.kube, 'the API');
  const { name } = node;
  context.undo(`the node ${name}`, async (signal) => {
    await forgetNode(kube, name, signal);
  });
  await registerNode(kube, nodeObject(building, node));
}
