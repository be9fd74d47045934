// What creating a k3s cluster consists of, as a graph: servers join one after another, everything else side by side.
import type { Plan, PlannedStep, StepKind } from '../../../../../shared/model/operation';
import type { TemplateManifest } from '../../../../../shared/model/template/manifests';
import { stateText } from '../../../kube/state';
import { k3dNames, type PlannedK3sNode } from './nodes';

export interface CreateK3sPlanInput {
  name: string;
  nodes: readonly PlannedK3sNode[];
  image: string;
  /** Images that must be pulled first. */
  pulls: readonly string[];
  sample: boolean;
  /** Images that the nodes get, and those of them that the engine lacks. */
  images: readonly string[];
  missingImages: readonly string[];
  manifests: readonly Pick<TemplateManifest, 'name' | 'wait'>[];
  /** Ports of this computer, as texts. */
  ports: readonly string[];
  /** Nodes get Ready: not so while nobody connects their pods. */
  ready: boolean;
  /** DNS answers: not so where k3s is told to leave CoreDNS out, or where Services lead nowhere yet. */
  dns: boolean;
}

/** Expected seconds on two cores; they weigh the progress and say what to expect. */
const seconds: Partial<Record<StepKind, number>> = {
  'image-pull': 20,
  'images-pull': 20,
  'images-load': 5,
  'manifest-wait': 5,
  entrance: 0.7,
  'node-create': 0.5,
  'k3s-start': 8,
  'api-server': 2,
  'node-ready': 5,
  dns: 5,
  'host-names': 2,
  'sample-ready': 4,
};

type AddStep = (kind: StepKind, lane: string, title: string, after: string[], command?: string) => void;

/** Ids are the kind for the lanes `engine` and `cluster`, and `kind:node` for nodes; of manifests `kind:manifest`. */
export function createK3sPlan(input: CreateK3sPlanInput): Plan {
  const steps: PlannedStep[] = [];
  const add: AddStep = (kind, lane, title, after, command) => {
    const id = lane === 'engine' || lane === 'cluster' ? kind : `${kind}:${lane}`;
    steps.push({ id, kind, title, lane, weight: seconds[kind] ?? 0.5, after, ...(command && { command }) });
  };
  addEngineSteps(add, input);
  addNodeSteps(add, input);
  addClusterSteps(add, steps, input);
  return { kind: 'create', subject: input.name, steps };
}

function addEngineSteps(add: AddStep, input: CreateK3sPlanInput): void {
  const { name, pulls, ports, missingImages, manifests } = input;
  const { network, imageVolume } = k3dNames(name);
  add('engine-check', 'engine', 'Checking the engine', []);
  const pull = pulls.map((image) => `docker pull ${image}`).join('; ');
  if (pulls.length > 0) add('image-pull', 'engine', `Pulling ${pulls.join(', ')}`, ['engine-check'], pull);
  if (missingImages.length > 0) {
    const command = missingImages.map((image) => `docker pull ${image}`).join(' && ');
    add('images-pull', 'engine', `Pulling ${missingImages.join(', ')}`, ['engine-check'], command);
  }
  const ready = [pulls.length > 0 ? 'image-pull' : 'engine-check'];
  if (manifests.length > 0) add('manifests-read', 'engine', 'Reading the manifests', ['engine-check']);
  const known = [...ready, ...(manifests.length > 0 ? ['manifests-read'] : [])];
  add('network-create', 'engine', 'Creating the network', known, `docker network create ${network}`);
  add('volume-create', 'engine', 'Creating the volume for images', known, `docker volume create ${imageVolume}`);
  add('entrance', 'engine', 'Opening the entrance to the API', ['network-create', 'volume-create']);
  if (ports.length > 0) add('port-open', 'engine', `Opening ${ports.join(', ')}`, ['entrance']);
}

/**
 * k3d 5.9: each further server joins an etcd that is whole, so it waits for the one before; agents come when all servers are there: one
 * that finds none asks again only after a pause.
 */
function addNodeSteps(add: AddStep, { nodes }: CreateK3sPlanInput): void {
  const servers = nodes.filter(({ role }) => role === 'control-plane').map((node) => node.name);
  const [first = '', ...others] = servers;
  for (const { name } of nodes) {
    const after = ['network-create', 'volume-create'];
    add('node-create', name, `Creating the container ${name}`, after, `docker create --name ${name}`);
    const before = name === first ? [] : servers.includes(name) ? [previous(servers, name)] : servers;
    const joins = name === first ? [] : ['api-server'];
    const started = before.filter((server) => server !== first || others.length === 0).map((one) => `k3s-start:${one}`);
    add(
      'k3s-start',
      name,
      `Starting k3s on ${name}`,
      [`node-create:${name}`, ...joins, ...started],
      `docker start ${name}`,
    );
  }
  const answer = 'Waiting until the API server answers';
  add('api-server', 'cluster', answer, ['entrance', `k3s-start:${first}`], 'kubectl get --raw /livez');
}

function previous(names: readonly string[], name: string): string {
  return names[names.indexOf(name) - 1] ?? '';
}

/** Returns the steps that end last. */
function addContents(steps: PlannedStep[], input: CreateK3sPlanInput, started: readonly string[]): string[] {
  const { images, missingImages, manifests } = input;
  const lane = 'cluster';
  const add = (kind: StepKind, of: string, title: string, after: readonly string[], command: string) => {
    const id = of === '' ? kind : `${kind}:${of}`;
    steps.push({ id, kind, title, lane, weight: seconds[kind] ?? 0.5, after: [...after], command });
    return id;
  };
  const pulled = missingImages.length > 0 ? ['images-pull'] : [];
  const load = `k3d image import ${images.join(' ')}`;
  const loaded =
    images.length > 0 ? [add('images-load', '', `Loading ${images.join(', ')}`, [...pulled, ...started], load)] : [];
  // One after another, each when what was to be waited for of the one before is there.
  return manifests.reduce(
    (after, { name, wait }) => {
      const applied = add('manifest-apply', name, `Applying ${name}`, after, `kubectl apply -f ${name}.yaml`);
      if (wait.length === 0) return [applied];
      const awaited = wait.map(stateText);
      return [add('manifest-wait', name, `Waiting for the ${awaited.join(', ')}`, [applied], 'kubectl wait')];
    },
    ['api-server', ...loaded],
  );
}

function addClusterSteps(add: AddStep, steps: PlannedStep[], input: CreateK3sPlanInput): void {
  const { name, nodes, sample, ports, ready, dns } = input;
  const names = nodes.map((node) => node.name);
  const started = names.map((node) => `k3s-start:${node}`);
  add('host-names', 'cluster', 'Giving the nodes and this computer names', ['api-server', ...started]);
  if (ready) {
    for (const node of names) {
      const command = `kubectl wait --for=condition=Ready node/${node}`;
      add('node-ready', node, `Waiting until ${node} is Ready`, ['api-server', `k3s-start:${node}`], command);
    }
  }
  const allReady = ready ? names.map((node) => `node-ready:${node}`) : started;
  const command = 'kubectl -n kube-system get endpoints kube-dns';
  if (dns) add('dns', 'cluster', 'Waiting until DNS answers', ['host-names', ...allReady], command);
  const last = dns ? ['dns'] : ['host-names', ...allReady];
  const contents = addContents(steps, input, started);
  const written = [
    ...last,
    ...contents.filter((id) => id !== 'api-server'),
    ...(ports.length > 0 ? ['port-open'] : []),
  ];
  add('kubeconfig-write', 'cluster', `Writing the context k3d-${name}`, written, `boathouse kubeconfig ${name}`);
  if (!sample) return;
  add('sample-image', 'cluster', 'Loading the image of the sample', started, 'k3d image import');
  add('sample-deploy', 'cluster', 'Deploying the sample', ['sample-image', ...last], 'kubectl apply -f hello.yaml');
  const rollout = 'kubectl -n hello rollout status deployment/hello';
  add('sample-ready', 'cluster', 'Waiting until the sample runs', ['sample-deploy'], rollout);
}
