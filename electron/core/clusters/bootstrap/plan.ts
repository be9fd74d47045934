// What creating a cluster consists of, as a graph: everything that can run side by side does.
import { portText } from '../../../../shared/model/change';
import type { Plan, PlannedStep, StepKind } from '../../../../shared/model/operation';
import type { PlannedNode } from '../providers/kubeadm/nodes';
import type { AddStep, CreatePlanInput } from './plan-input';
import { addWorkloadSteps } from './plan-workloads';

/** Expected seconds on two cores with three nodes: they weigh the progress and say what to expect. */
const seconds: Partial<Record<StepKind, number>> = {
  'image-pull': 60,
  'images-pull': 20,
  certificates: 0.3,
  entrance: 0.7,
  'node-create': 2,
  'node-boot': 1,
  'certificates-trust': 2,
  'node-configure': 1,
  'kubelet-start': 0.3,
  'images-unpack': 5,
  'images-load': 4,
  'control-plane-start': 6,
  'api-server': 5,
  'cluster-config': 3,
  addons: 2,
  'manifest-wait': 5,
  'node-ready': 10,
  dns: 3,
  'sample-ready': 4,
  'control-plane-finish': 3,
};

/** The plan of a create. Steps of the lanes `engine` and `cluster` have their kind as id, those of nodes `kind:node`. */
export function createPlan(input: CreatePlanInput): Plan {
  const steps: PlannedStep[] = [];
  const add: AddStep = ({ kind, lane, of, title, after, command }) => {
    const what = of ?? (lane === 'engine' || lane === 'cluster' ? undefined : lane);
    const id = what === undefined ? kind : `${kind}:${what}`;
    steps.push({ id, kind, title, lane, weight: seconds[kind] ?? 0.5, after: [...after], ...(command && { command }) });
    return id;
  };
  const controlPlanes = input.nodes.filter((node) => node.role === 'control-plane').map((node) => node.name);
  addEngineSteps(add, input, controlPlanes[0] ?? '');
  for (const node of input.nodes) addNodeSteps(add, input, node, controlPlanes);
  addClusterSteps(add, input, controlPlanes);
  return { kind: 'create', subject: input.name, steps };
}

/** Nothing is made before all that has to come from elsewhere is here and right. */
function addEngineSteps(add: AddStep, { name, pulls, caches, spec }: CreatePlanInput, first: string): void {
  const lane = 'engine';
  const checked = [add({ kind: 'engine-check', lane, title: 'Checking the engine', after: [] })];
  const ready = pulls.map((image, index) =>
    add({
      kind: 'image-pull',
      lane,
      ...(index > 0 && { of: image }),
      title: `Pulling ${image}`,
      after: checked,
      command: `docker pull ${image}`,
    }),
  );
  if (spec.manifests.length > 0) {
    ready.push(add({ kind: 'manifests-read', lane, title: 'Reading the manifests', after: checked }));
  }
  add({
    kind: 'network-create',
    lane,
    title: 'Creating the network',
    after: ready.length > 0 ? ready : checked,
    command: `docker network create boathouse-${name}`,
  });
  if (caches.length > 0) {
    const title = `Connecting the caches of ${caches.join(', ')}`;
    add({ kind: 'caches-connect', lane, title, after: ['network-create'] });
  }
  if (spec.registry.enabled) addRegistrySteps(add, name, ready.length > 0 ? ready : checked);
  add({
    kind: 'certificates',
    lane,
    title: 'Making keys and certificates',
    after: [`node-create:${first}`],
    command: 'kubeadm init phase certs all',
  });
  add({ kind: 'entrance', lane, title: 'Opening the entrance to the API', after: ['certificates'] });
  if (spec.ports.length === 0) return;
  const ports = spec.ports.map((port) => (port.hostPort === 0 ? 'a port' : portText(port)));
  add({ kind: 'port-open', lane, title: `Opening ${ports.join(', ')}`, after: ['entrance'] });
}

function addRegistrySteps(add: AddStep, name: string, ready: readonly string[]): void {
  const lane = 'engine';
  const title = 'Preparing the local registry';
  const made = add({ kind: 'registry-create', lane, title, after: ready, command: 'boathouse registry create' });
  add({
    kind: 'registry-connect',
    lane,
    title: 'Connecting the registry',
    after: ['network-create', made],
    command: `docker network connect boathouse-${name} boathouse-registry`,
  });
}

/**
 * Workers begin when the first control plane has booted: it is the longest way, and copying images competes for the disk. Behind
 * several control planes nodes find the API through the entrance, so it is there before their kubelets.
 */
function addNodeSteps(
  add: AddStep,
  { image, slowKubelets, caches, spec }: CreatePlanInput,
  { name, image: ownImage = image }: PlannedNode,
  controlPlanes: readonly string[],
): void {
  const lane = name;
  const [first = ''] = controlPlanes;
  const leads = controlPlanes.includes(name);
  const entrance = controlPlanes.length > 1 ? ['entrance'] : [];
  const created = add({
    kind: 'node-create',
    lane,
    title: `Creating the container ${name}`,
    after: [name === first || leads ? 'network-create' : `node-boot:${first}`],
    command: `docker create --name ${name} ${ownImage}`,
  });
  // Where the registry and caches are, is written into the nodes before they start.
  const told = [
    ...(spec.registry.enabled ? ['registry-connect'] : []),
    ...(caches.length > 0 ? ['caches-connect'] : []),
  ];
  let up = add({
    kind: 'node-boot',
    lane,
    title: `Booting ${name}`,
    after: [created, 'certificates', ...told],
    command: `docker start ${name}`,
  });
  if (spec.certificates.length > 0) {
    const title = `Trusting the template's certificates on ${name}`;
    up = add({ kind: 'certificates-trust', lane, title, after: [up], command: 'update-ca-certificates' });
  }
  add({ kind: 'images-unpack', lane, title: `Unpacking images on ${name}`, after: [up] });
  const configured = add({
    kind: 'node-configure',
    lane,
    title: `Configuring ${name}`,
    after: [up, ...entrance],
    command: 'kubeadm init phase kubelet-start',
  });
  // A kubelet that finds no API asks again only after growing pauses.
  const right = leads ? [] : [slowKubelets ? `control-plane-start:${first}` : 'api-server'];
  add({
    kind: 'kubelet-start',
    lane,
    title: `Starting the kubelet on ${name}`,
    after: [configured, ...right],
    command: 'systemctl start kubelet',
  });
  if (!leads) return;
  const title = `Starting etcd and the API server on ${name}`;
  const command = 'kubeadm init phase control-plane all';
  add({ kind: 'control-plane-start', lane, title, after: [up], command });
}

function addClusterSteps(add: AddStep, input: CreatePlanInput, controlPlanes: readonly string[]): void {
  const lane = 'cluster';
  const { networking, registry } = input.spec;
  const up = add({
    kind: 'api-server',
    lane,
    title: 'Waiting until the API server answers',
    after: ['entrance', ...controlPlanes.map((name) => `control-plane-start:${name}`)],
    command: 'kubectl get --raw /livez',
  });
  add({ kind: 'node-join', lane, title: 'Registering the nodes', after: [up], command: 'kubeadm join' });
  const command = `kubeadm init phase addon ${networking.kubeProxy === 'none' ? 'coredns' : 'all'}`;
  const addons = networking.kubeProxy === 'none' ? 'DNS' : 'kube-proxy and DNS';
  add({ kind: 'addons', lane, title: `Installing ${addons}`, after: [up], command });
  const network = networking.cni === 'none' ? [] : [addPodNetwork(add, up)];
  add({
    kind: 'cluster-config',
    lane,
    title: 'Storing the configuration',
    after: ['node-join', 'addons'],
    command: 'kubeadm init phase upload-config all',
  });
  if (registry.enabled) {
    add({ kind: 'registry-announce', lane, title: 'Announcing the registry to tools', after: ['cluster-config'] });
  }
  add({
    kind: 'storage',
    lane,
    title: 'Installing the storage class',
    after: [up, ...network],
    command: 'kubectl apply -f /kind/manifests/default-storage.yaml',
  });
  const { written, last } = addWorkloadSteps(add, input, network);
  if (!input.twoStages) return;
  for (const name of controlPlanes) {
    const title = 'Giving the controller manager its final configuration';
    add({ kind: 'control-plane-finish', lane: name, title, after: [written, ...last] });
  }
}

function addPodNetwork(add: AddStep, up: string): string {
  const command = 'kubectl create -f /kind/manifests/default-cni.yaml';
  return add({ kind: 'pod-network', lane: 'cluster', title: 'Installing the pod network', after: [up], command });
}
