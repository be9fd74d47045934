// Starting a stopped, paused or half-running cluster, ours or kind's, until it is Ready again and not only running.
import { type Cluster, type ClusterNode, containersOf } from '../../../shared/model/cluster';
import { AppError } from '../../../shared/model/errors';
import type { Plan, PlannedStep } from '../../../shared/model/operation';
import { getFile } from '../engine/archive';
import type { Engine } from '../engine/engine';
import { execInContainer } from '../engine/exec';
import { explained } from '../engine/failures';
import type { Kube } from '../kube/connect';
import { waitForApi } from '../kube/wait';
import type { Job, StepAction, StepContext } from '../operations/operation';
import { explainFailure } from '../problems/explain';
import { refuseUnable } from './able';
import { connectAsAdmin } from './admin';
import { bootNode } from './bootstrap/boot';
import { waitForDns } from './bootstrap/dns';
import { openApiEarly } from './bootstrap/scripts';
import { controlPlanesOf, releaseControllers, retireLeaders } from './controllers';
import type { ClusterDependencies } from './dependencies';
import { startEdge } from './edge/entrance';
import { doorsOf, openDoors } from './edge/paused';
import { findCluster } from './find';
import { waitForFreshNode } from './fresh-node';
import type { VerbContext } from './providers/provider';
import { resumeJob } from './resume';
import { serviceSubnetOf } from './service-subnet';
import { unpause } from './unpause';

const apiLimit = 240_000;

/**
 * Our nodes have static addresses and start side by side. kind's take the next free address, so they start one after another in
 * the order of their old ones, which their kubeadm configuration names (kind#1689).
 */
export function startPlan(cluster: Cluster, oneByOne: boolean): Plan {
  const steps: PlannedStep[] = [];
  for (const node of containersOf(cluster)) {
    const previous = steps.at(-1);
    steps.push({
      id: `node-start:${node.name}`,
      kind: 'node-start',
      title: `Starting ${node.name}`,
      lane: node.name,
      weight: 2,
      after: oneByOne && previous ? [previous.id] : [],
      command: `docker start ${node.name}`,
    });
  }
  const started = steps.map((step) => step.id);
  steps.push({
    id: 'api-server',
    kind: 'api-server',
    title: 'Waiting until the API server answers',
    lane: 'cluster',
    weight: 10,
    after: started,
  });
  for (const node of cluster.nodes) {
    steps.push({
      id: `node-ready:${node.name}`,
      kind: 'node-ready',
      title: `Waiting until ${node.name} is Ready`,
      lane: node.name,
      weight: 10,
      after: ['api-server'],
      command: `kubectl wait --for=condition=Ready node/${node.name}`,
    });
  }
  steps.push({
    id: 'dns',
    kind: 'dns',
    title: 'Waiting until DNS answers',
    lane: 'cluster',
    weight: 10,
    after: cluster.nodes.map((node) => `node-ready:${node.name}`),
  });
  return { kind: 'start', subject: cluster.name, steps };
}

/** Starts the operation that starts a cluster. Throws `not-found`, `engine-unreachable`, and what {@link refuseUnable} does. */
export async function startCluster(dependencies: ClusterDependencies, name: string) {
  const { engine, cluster, provider } = await findCluster(dependencies, name);
  refuseUnable(cluster, 'start');
  const paused = cluster.nodes.every(({ state }) => state === 'paused');
  const job = paused ? resumeJob(engine, cluster, provider) : await provider.start(dependencies, engine, cluster);
  return dependencies.operations.start(job, engine.endpoint.host);
}

/** What starting a kubeadm cluster consists of. */
export async function startKubeadm(context: VerbContext, engine: Engine, listed: Cluster): Promise<Job> {
  const { name } = listed;
  const oneByOne = listed.madeBy === 'kind';
  const cluster = oneByOne ? await inOrderOfAddresses(engine, listed) : listed;
  const actions = new Map<string, StepAction>();
  let kube: Kube | undefined;
  const api = () => {
    if (!kube) throw new AppError('internal', 'the API is asked before it is connected to');
    return kube;
  };
  for (const door of doorsOf(cluster)) {
    actions.set(`node-start:${door.name}`, ({ signal }) => startDoor(engine, door, signal));
  }
  for (const node of containersOf(cluster)) {
    if (!actions.has(`node-start:${node.name}`)) {
      actions.set(`node-start:${node.name}`, (context) => startNode(engine, node, context));
    }
    actions.set(`node-ready:${node.name}`, (context) => waitForFreshNode(engine, api(), node, context));
  }
  const allDown = controlPlanesOf(cluster).every(({ state }) => state !== 'running' && state !== 'paused');
  actions.set('api-server', async ({ signal, log }) => {
    const [running] = (await context.read(engine, signal)).filter((one) => one.name === name);
    kube = await connectAsAdmin(engine, running ?? cluster, signal);
    await waitForApi(kube, signal, apiLimit);
    if (allDown) await retireLeaders(kube, await firstStart(engine, controlPlanesOf(cluster), signal), log);
  });
  actions.set('dns', async ({ signal, progress }) => {
    const first = cluster.nodes.find((node) => node.role === 'control-plane')?.name ?? '';
    const serviceSubnet = await serviceSubnetOf(engine, first);
    const target = { kube: api(), engine, node: first, serviceSubnet };
    await waitForDns(target, { signal, onWaiting: (what) => progress(undefined, what) });
  });
  return {
    plan: startPlan(cluster, oneByOne),
    actions,
    explain: (error: AppError) => explainFailure(error, { cluster: name, kept: false }),
  };
}

async function startNode(engine: Engine, node: ClusterNode, context: StepContext): Promise<void> {
  const container = engine.docker.getContainer(node.containerId);
  const { State } = await explained(() => container.inspect({ abortSignal: context.signal }));
  if (State.Paused) await unpause(engine, node.containerId, context.signal);
  if (State.Running && node.role === 'control-plane') await releaseControllers(engine, [node], context.signal);
  if (State.Running) return;
  if (node.role === 'external-load-balancer') return startEdge(engine, node.containerId, context.signal);
  const options = { signal: context.signal, onLine: context.log };
  await bootNode(engine, node.containerId, options);
  await execInContainer(engine, node.containerId, openApiEarly(), options);
}

/** When the first of them was started, in milliseconds by the engine's clock. */
async function firstStart(engine: Engine, nodes: readonly ClusterNode[], signal: AbortSignal): Promise<number> {
  const started = nodes.map(async ({ containerId }) => {
    const { State } = await explained(() => engine.docker.getContainer(containerId).inspect({ abortSignal: signal }));
    return Date.parse(State.StartedAt);
  });
  return Math.min(...(await Promise.all(started)));
}

/** A door that was stopped while its cluster was paused would go on saying so. */
async function startDoor(engine: Engine, door: ClusterNode, signal: AbortSignal): Promise<void> {
  const { State } = await explained(() =>
    engine.docker.getContainer(door.containerId).inspect({ abortSignal: signal }),
  );
  await openDoors(engine, [{ ...door, state: State.Running ? 'running' : 'exited' }], signal);
  if (!State.Running) await startEdge(engine, door.containerId, signal);
}

/** kind 0.33: the kubeadm configuration in each node names the address it was made with. */
async function inOrderOfAddresses(engine: Engine, cluster: Cluster): Promise<Cluster> {
  const numbered = await Promise.all(
    cluster.nodes.map(async (node) => {
      const config = (await getFile(engine, node.containerId, '/kind/kubeadm.conf'))?.toString('utf8') ?? '';
      const address = /node-ip"?:?\s*(?:value:\s*)?"?(\d+\.\d+\.\d+\.\d+)/.exec(config)?.[1] ?? '255.255.255.255';
      return { node, rank: address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0) };
    }),
  );
  return { ...cluster, nodes: numbered.sort((a, b) => a.rank - b.rank).map(({ node }) => node) };
}
