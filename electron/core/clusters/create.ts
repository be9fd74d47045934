// Creating a cluster: what the request means, the plan, what speaks against it, and the operation that does it.

import { randomUUID } from 'node:crypto';
import { type CreateRequest, contextOf } from '../../../shared/model/cluster';
import { AppError } from '../../../shared/model/errors';
import type { Plan } from '../../../shared/model/operation';
import type { ClusterTemplate } from '../../../shared/model/template';
import { listCaches } from '../caches/read';
import type { Engine } from '../engine/engine';
import { explained } from '../engine/failures';
import { missingImages } from '../engine/pull';
import { connectKube } from '../kube/connect';
import { insist } from '../kube/wait';
import { addToKubeconfig } from '../kubeconfig/add';
import { checkKubeconfig, rehearseKubeconfig } from '../kubeconfig/check';
import { standaloneKubeconfig } from '../kubeconfig/entry';
import { removeFromKubeconfig } from '../kubeconfig/remove';
import { keepNodeLogs } from '../logs/keep';
import type { Job, StepContext } from '../operations/operation';
import { explainFailure } from '../problems/explain';
import { registryImageOf } from '../registry/create';
import { mirrorHosts } from '../registry/hosts';
import { readCertificates } from '../templates/contents';
import { apiServerOf, type Building, found } from './bootstrap/building';
import { hasSlowKubelets, needsTwoStages } from './bootstrap/control-plane';
import { createJob } from './bootstrap/job';
import { createPlan } from './bootstrap/plan';
import { sampleActions } from './bootstrap/sample';
import type { ClusterDependencies } from './dependencies';
import { nameTaken } from './failures';
import { providerOf } from './find';
import { engineTraits } from './providers/kubeadm/engine-traits';
import { bootstrapToken } from './providers/kubeadm/kubeadm-config';
import { imageFor, versionOfImage } from './providers/kubeadm/node-image';
import { type PlannedNode, plannedNodes } from './providers/kubeadm/nodes';
import { checkPatches, versionProblem } from './providers/kubeadm/refused';
import type { PreparedCreate, VerbContext } from './providers/provider';
import { nodeProxies } from './proxies';
import { refuseUnsupported } from './unsupported';
import { wantedCluster } from './wanted';
import { wantedTemplate } from './wanted-template';
import { warningsFor } from './warnings';

/** The plan of a create, what is to be known of it, and what it wants of this computer; changes nothing. Throws what `createCluster` throws before it begins. */
export async function planCreate(dependencies: ClusterDependencies, request: CreateRequest) {
  const { template, prepared } = await prepare(dependencies, request);
  const { plan, image, version } = prepared;
  const wanted = wantedCluster(request.name, template, version);
  return { plan, image, warnings: warningsFor(template, version, new Date()), wanted };
}

/**
 * Starts the operation that creates a cluster.
 * Throws `name-taken`, `template-unknown`, `template-invalid`, `template-unsupported`, `bad-input` (an unknown version), `engine-unreachable`, and
 * what is wrong with the kubeconfig: `kubeconfig-foreign-entry`, `kubeconfig-invalid`, `kubeconfig-unwritable`.
 */
export async function createCluster(dependencies: ClusterDependencies, request: CreateRequest) {
  const { engine, prepared } = await prepare(dependencies, request);
  return dependencies.operations.start(await prepared.job(), engine.endpoint.host);
}

async function prepare(dependencies: ClusterDependencies, request: CreateRequest) {
  const engine = await dependencies.engine();
  const template = await wantedTemplate(dependencies.options, request, engine.endpoint.host);
  const { id, create } = providerOf(dependencies, template.spec);
  if (!create) throw new AppError('internal', `clusters of ${id} are only looked after`);
  return { engine, template, prepared: await create(dependencies, engine, request, template) };
}

/** What making a kubeadm cluster consists of. */
export async function prepareKubeadm(
  context: VerbContext,
  engine: Engine,
  request: CreateRequest,
  template: ClusterTemplate,
): Promise<PreparedCreate> {
  refuseUnsupported(template);
  const { spec } = template;
  const { reference: image, kubernetesVersion } = imageFor(request.image ? { image: request.image } : spec.kubernetes);
  const nodes = plannedNodes(request.name, spec);
  const version = kubernetesVersion ?? versionOfImage(image);
  const problem = version && versionProblem(spec, version);
  if (problem) throw problem;
  if (version) checkPatches(request.name, template, version);
  const caches = await listCaches(engine);
  await refuseTaken(context, engine, request.name);
  await checkKubeconfig(context.kubeconfig, kubeadmSubject(request.name));
  const images = nodes.map((node) => node.image ?? image);
  const [pulls, missing] = await Promise.all([missingImages(engine, images), missingImages(engine, spec.images)]);
  const plan = createPlan({
    name: request.name,
    nodes,
    image,
    pulls,
    missingImages: missing,
    spec,
    caches: caches.map(({ upstream }) => upstream),
    twoStages: version !== undefined && needsTwoStages(version),
    slowKubelets: version !== undefined && hasSlowKubelets(version),
  });
  const job = () =>
    kubeadmJob(context, engine, { request, template, nodes, image, pulls, missingImages: missing, plan });
  return { plan, image, version, job };
}

interface KubeadmCreate {
  request: CreateRequest;
  template: ClusterTemplate;
  nodes: readonly PlannedNode[];
  image: string;
  pulls: readonly string[];
  missingImages: readonly string[];
  plan: Plan;
}

async function kubeadmJob(
  dependencies: VerbContext,
  engine: Engine,
  { request, template, nodes, image, pulls, missingImages, plan }: KubeadmCreate,
): Promise<Job> {
  const { options } = dependencies;
  const building: Building = {
    engine,
    traits: engineTraits(await explained(() => engine.docker.info())),
    hosts: mirrorHosts(template.spec.registry.mirrors),
    request: {
      name: request.name,
      template,
      nodes,
      image,
      proxyEnvironment: await nodeProxies(options, engine, request.name, template),
      snapshotter: options.environment.KIND_EXPERIMENTAL_CONTAINERD_SNAPSHOTTER,
      creation: randomUUID(),
      version: options.version,
      registryImage: registryImageOf(options),
      resources: options.resources,
      token: bootstrapToken(),
      certificates: await readCertificates(template),
    },
    images: new Map(),
  };
  const sample = template.spec.sample && {
    ...template.spec.sample,
    image: request.sampleImage ?? template.spec.sample.image,
  };
  return createJob({
    plan,
    building,
    pulls,
    missingImages,
    keepOnFailure: request.keepOnFailure,
    async check(checked, signal) {
      await refuseTaken(dependencies, checked, request.name, signal);
      await rehearseKubeconfig(dependencies.kubeconfig, kubeadmSubject(request.name), signal);
    },
    handOver: (built, context) => handOver(dependencies, built, request.switchContext, context),
    sample: sample ? sampleActions(building, sample, options.resources) : new Map(),
    explain: (error) => explainFailure(error, { cluster: request.name, kept: request.keepOnFailure }),
    keepEvidence: (operation) =>
      keepNodeLogs(engine, { state: options.directories.state, operation, creation: building.request.creation }),
  });
}

/** kind 0.33: a create fails when any container carries the cluster's label; names of containers must be free, too. */
async function refuseTaken(dependencies: VerbContext, engine: Engine, name: string, signal?: AbortSignal) {
  const clusters = await dependencies.read(engine, signal);
  if (clusters.some((cluster) => cluster.name === name)) throw nameTaken(name);
  const filters = { name: [`^/?${name}-(control-plane|worker)[0-9]*$`] };
  const [stranger] = await explained(() => engine.docker.listContainers({ all: true, filters }));
  if (stranger) throw nameTaken(name, `a container named ${(stranger.Names[0] ?? '').replace(/^\//, '')}`);
}

function kubeadmSubject(name: string) {
  return { name, provider: 'kubeadm', context: contextOf(name) } as const;
}

/** Checks that the API serves through the kubeconfig that was written, as designed: never trust "created". */
async function handOver(dependencies: VerbContext, building: Building, switchContext: boolean, context: StepContext) {
  const { name } = building.request;
  const pki = found(building.pki, 'the certificates');
  const files = pki.files.get(`${name}-control-plane`) ?? [];
  const admin = files.find((file) => file.path === '/etc/kubernetes/admin.conf');
  if (!admin || !('content' in admin)) throw new AppError('internal', 'the PKI has no admin.conf');
  const server = apiServerOf(building);
  const adminConf = admin.content.toString();
  const cluster = kubeadmSubject(name);
  const addition = { cluster, adminConf, server, switchContext };
  const { file } = await addToKubeconfig(dependencies.kubeconfig, addition, context.signal);
  context.undo(`the context ${cluster.context}`, async (signal) => {
    await removeFromKubeconfig(dependencies.kubeconfig, cluster, signal);
  });
  context.log(`wrote ${file}`);
  const kube = await connectKube(standaloneKubeconfig(adminConf, cluster, server));
  await insist(() => kube.get('/readyz', context.signal), context.signal);
}
