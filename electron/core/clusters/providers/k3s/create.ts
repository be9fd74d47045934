// Creating a k3s cluster: what the request means, the plan, what speaks against it, and what the steps do.

import { randomInt, randomUUID } from 'node:crypto';
import { portText } from '../../../../../shared/model/change';
import type { CreateRequest } from '../../../../../shared/model/cluster';
import { AppError } from '../../../../../shared/model/errors';
import type { Plan } from '../../../../../shared/model/operation';
import type { ClusterTemplate } from '../../../../../shared/model/template';
import type { Engine } from '../../../engine/engine';
import { explained, statusOf } from '../../../engine/failures';
import { missingImages } from '../../../engine/pull';
import { insist } from '../../../kube/wait';
import { addToKubeconfig } from '../../../kubeconfig/add';
import { checkKubeconfig, rehearseKubeconfig } from '../../../kubeconfig/check';
import { removeFromKubeconfig } from '../../../kubeconfig/remove';
import type { Job, StepAction, StepContext } from '../../../operations/operation';
import { explainFailure } from '../../../problems/explain';
import { readCertificates } from '../../../templates/contents';
import { found } from '../../bootstrap/building';
import { loadTemplateImages, pullImages as pullTemplateImages } from '../../bootstrap/images';
import { applyTemplateManifest, readManifests, waitForManifest } from '../../bootstrap/manifests';
import { sampleActions } from '../../bootstrap/sample';
import { nameTaken } from '../../failures';
import { waitForFreshNode } from '../../fresh-node';
import { nodeProxies } from '../../proxies';
import { removeCreation } from '../../remove';
import { refuseUnsupported } from '../../unsupported';
import { chooseImage } from '../choose-image';
import type { PreparedCreate, VerbContext } from '../provider';
import {
  connectToApi,
  createImageVolume,
  createNetwork,
  createNode,
  nameNodes,
  openEntrance,
  openTemplatePorts,
  pullImages,
  startK3sNode,
  subjectOf,
  waitForDns,
} from './build';
import { apiServerOf, argumentsOf, type K3sBuilding } from './building';
import { createK3sPlan } from './create-plan';
import { k3sImages } from './node-image';
import { k3dNames, longestName, plannedK3sNodes } from './nodes';
import { disablesDns } from './start-plan';

/** What making a k3s cluster consists of; changes nothing. Throws `bad-input` for a name that k3d would not have, too. */
export async function prepareK3s(
  context: VerbContext,
  engine: Engine,
  request: CreateRequest,
  template: ClusterTemplate,
): Promise<PreparedCreate> {
  const { name } = request;
  const { spec } = template;
  refuseUnsupported(template);
  if (name.length > longestName) throw longName(name);
  const image = chooseImage(k3sImages, request.image ? { image: request.image } : spec.kubernetes);
  await refuseTaken(context, engine, name);
  await checkKubeconfig(context.kubeconfig, subjectOf(name));
  const building: K3sBuilding = {
    engine,
    request: {
      name,
      template,
      nodes: plannedK3sNodes(name, spec),
      image: image.reference,
      pulls: await missingImages(engine, [image.reference, ...spec.nodes.flatMap((pool) => pool.image ?? [])]),
      missingImages: await missingImages(engine, spec.images),
      proxyEnvironment: await nodeProxies(context.options, engine, name, template),
      certificates: await readCertificates(template),
      resources: context.options.resources,
      creation: randomUUID(),
      version: context.options.version,
      kubernetesVersion: image.kubernetesVersion,
      token: clusterToken(),
    },
  };
  const plan = planOf(building);
  const job = async () => k3sJob(context, building, plan, request);
  return { plan, image: image.reference, version: image.kubernetesVersion, job };
}

function planOf(building: K3sBuilding): Plan {
  const { name, template, nodes, image, pulls, missingImages } = building.request;
  const { networking, ports, sample, images, manifests } = template.spec;
  const connected = networking.cni !== 'none';
  const servers = nodes
    .filter(({ role }) => role === 'control-plane')
    .map((node) => ({ args: argumentsOf(building, node) }));
  return createK3sPlan({
    name,
    nodes,
    image,
    pulls,
    sample: sample !== undefined,
    images,
    missingImages,
    manifests,
    ports: ports.map((port) => (port.hostPort === 0 ? 'a port' : portText(port))),
    ready: connected,
    dns: connected && networking.kubeProxy !== 'none' && !disablesDns(servers),
  });
}

function k3sJob(context: VerbContext, building: K3sBuilding, plan: Plan, wanted: CreateRequest): Job {
  const { engine, request } = building;
  const { name, template } = request;
  const sample = template.spec.sample && {
    ...template.spec.sample,
    image: wanted.sampleImage ?? template.spec.sample.image,
  };
  const actions = new Map<string, StepAction>(sample ? sampleActions(building, sample, context.options.resources) : []);
  actions.set('engine-check', async ({ signal, undo }) => {
    await refuseTaken(context, engine, name, signal);
    await rehearseKubeconfig(context.kubeconfig, subjectOf(name), signal);
    undo('containers, network and volume', (within) => removeCreation(engine, request.creation, within));
  });
  actions.set('image-pull', (step) => pullImages(building, step));
  actions.set('images-pull', (step) => pullTemplateImages(building, request.missingImages, step));
  actions.set('images-load', (step) => loadTemplateImages(building, step));
  actions.set('manifests-read', async ({ signal }) => {
    building.manifests = await readManifests(template.spec.manifests, signal);
  });
  for (const manifest of template.spec.manifests) {
    actions.set(`manifest-apply:${manifest.name}`, (step) => applyTemplateManifest(building, manifest, step));
    actions.set(`manifest-wait:${manifest.name}`, (step) => waitForManifest(building, manifest, step));
  }
  actions.set('network-create', (step) => createNetwork(building, step));
  actions.set('volume-create', () => createImageVolume(building));
  actions.set('entrance', (step) => openEntrance(building, step));
  actions.set('port-open', (step) => openTemplatePorts(building, step));
  for (const node of request.nodes) {
    const container = { ...node, containerId: node.name };
    actions.set(`node-create:${node.name}`, (step) => createNode(building, node, step));
    actions.set(`k3s-start:${node.name}`, (step) => startK3sNode(building, node, step));
    actions.set(`node-ready:${node.name}`, (step) =>
      waitForFreshNode(engine, found(building.kube, 'the API'), container, step),
    );
  }
  actions.set('api-server', (step) => connectToApi(building, step));
  actions.set('host-names', (step) => nameNodes(building, step));
  actions.set('dns', (step) => waitForDns(building, step));
  actions.set('kubeconfig-write', (step) => handOver(context, building, wanted.switchContext, step));
  return {
    plan,
    actions,
    keepOnFailure: wanted.keepOnFailure,
    explain: (error) => explainFailure(error, { cluster: name, kept: wanted.keepOnFailure }),
  };
}

/** Writes the context, and asks the API through what was written: never trust "created". */
async function handOver(context: VerbContext, building: K3sBuilding, switchContext: boolean, step: StepContext) {
  const cluster = subjectOf(building.request.name);
  const adminConf = found(building.adminConf, "k3s' kubeconfig");
  const addition = { cluster, adminConf, server: apiServerOf(building), switchContext };
  const { file } = await addToKubeconfig(context.kubeconfig, addition, step.signal);
  step.undo(`the context ${cluster.context}`, async (signal) => {
    await removeFromKubeconfig(context.kubeconfig, cluster, signal);
  });
  step.log(`wrote ${file}`);
  const kube = found(building.kube, 'the API');
  await insist(() => kube.get('/readyz', step.signal), step.signal);
}

/** k3d 5.9: names of containers and of the network must be free; a volume of that name would be taken for the cluster's own. */
async function refuseTaken(context: VerbContext, engine: Engine, name: string, signal?: AbortSignal): Promise<void> {
  const clusters = await context.read(engine, signal);
  if (clusters.some((cluster) => cluster.name === name)) throw nameTaken(name);
  const filters = { name: [`^/?k3d-${name}-(server-[0-9]+|agent-[0-9]+|serverlb|tools)$`] };
  const [stranger] = await explained(() => engine.docker.listContainers({ all: true, filters }));
  if (stranger) throw nameTaken(name, `a container named ${(stranger.Names[0] ?? '').replace(/^\//, '')}`);
  const { imageVolume } = k3dNames(name);
  const volume = await explained(() => engine.docker.getVolume(imageVolume).inspect().catch(unlessMissing));
  if (volume) throw nameTaken(name, `a volume named ${imageVolume}`);
}

function unlessMissing(error: unknown): undefined {
  if (statusOf(error) === 404) return undefined;
  throw error;
}

/** k3d 5.9: twenty letters and digits. */
function clusterToken(): string {
  const characters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  return Array.from({ length: 20 }, () => characters[randomInt(characters.length)]).join('');
}

function longName(name: string): AppError {
  return new AppError('bad-input', `"${name}" is too long a name for a k3s cluster`, {
    params: { name, limit: longestName },
    hints: [{ text: `Use at most ${longestName} characters: k3d allows no more.` }],
  });
}
