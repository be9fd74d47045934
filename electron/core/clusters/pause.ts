// Pausing a cluster: its nodes are frozen with all they have in memory, workers first, and its doors answer for it meanwhile.
import { type Cluster, type ClusterNode, canWake } from '../../../shared/model/cluster';
import { AppError } from '../../../shared/model/errors';
import type { Plan, PlannedStep } from '../../../shared/model/operation';
import type { Engine } from '../engine/engine';
import { explained } from '../engine/failures';
import type { Job, StepAction, StepContext } from '../operations/operation';
import { refuseUnable } from './able';
import { connectAsAdmin } from './admin';
import { controlPlanesOf, holdControllers, holdsControllers, noteHeartbeats, releaseControllers } from './controllers';
import type { ClusterDependencies } from './dependencies';
import { closeDoors, doorsOf, openDoors } from './edge/paused';
import { findCluster } from './find';
import type { ClusterProvider } from './providers/provider';
import { unpause } from './unpause';

export interface PauseOptions {
  /** The first request to one of its ports resumes the cluster, as long as a Boathouse process with a window runs. */
  wake: boolean;
}

/** Milliseconds in which the API takes the notes on its nodes; one that is broken is paused without. */
const noteLimit = 3_000;

/** runc 1.1: it gives up where processes are started faster than they freeze, as on a busy computer with cgroup v1, and thaws. */
const notFrozen = /unable to freeze/i;
const mostFreezes = 5;

/** A paused cluster is only told anew whether requests are to resume it. */
export function pausePlan(cluster: Cluster): Plan {
  const awake = cluster.state !== 'paused';
  const doors = doorsOf(cluster);
  const before: PlannedStep[] = [];
  if (awake && holdsControllers(cluster)) {
    before.push({
      id: 'controllers-hold',
      kind: 'controllers-hold',
      title: 'Telling the controllers to wait',
      lane: 'cluster',
      weight: 0.3,
      after: [],
    });
  }
  if (doors.length > 0) {
    before.push({
      id: 'doors-close',
      kind: 'doors-close',
      title: 'Letting the ports say that it is paused',
      lane: 'cluster',
      weight: 0.2,
      after: before.map(({ id }) => id),
    });
  }
  const settled = before.slice(-1).map(({ id }) => id);
  const pauseStep = (after: string[]) => (node: ClusterNode) => nodeStep(node, after);
  const workers = cluster.nodes.filter(({ role }) => role === 'worker').map(pauseStep(settled));
  const last = [...settled, ...workers.map(({ id }) => id)];
  const controlPlanes = controlPlanesOf(cluster).map(pauseStep(last));
  return { kind: 'pause', subject: cluster.name, steps: [...before, ...(awake ? [...workers, ...controlPlanes] : [])] };
}

function nodeStep(node: ClusterNode, after: string[]): PlannedStep {
  return {
    id: `node-pause:${node.name}`,
    kind: 'node-pause',
    title: `Pausing ${node.name}`,
    lane: node.name,
    weight: 0.2,
    after,
    command: `docker pause ${node.name}`,
  };
}

/**
 * Starts the operation that pauses a cluster. Throws `not-found`, `engine-unreachable`, what {@link refuseUnable} does, and
 * `not-possible` when not all of its nodes run, or when nothing of ours could hear the request that is to resume it.
 */
export async function pauseCluster(dependencies: ClusterDependencies, name: string, options: PauseOptions) {
  const { engine, cluster, provider } = await findCluster(dependencies, name);
  refuseUnable(cluster, 'pause');
  if (cluster.state !== 'paused' && !cluster.nodes.every(({ state }) => state === 'running')) throw notRunning(name);
  if (options.wake && !canWake(cluster)) throw hearsNobody(cluster);
  return dependencies.operations.start(pauseJob(engine, cluster, provider, options), engine.endpoint.host);
}

function pauseJob(engine: Engine, cluster: Cluster, provider: ClusterProvider, { wake }: PauseOptions): Job {
  const controlPlanes = controlPlanesOf(cluster);
  const doors = doorsOf(cluster);
  const actions = new Map<string, StepAction>();
  actions.set('controllers-hold', async ({ signal, log, undo }) => {
    undo('the waiting of the controllers', (later) => releaseControllers(engine, controlPlanes, later));
    await holdControllers(engine, controlPlanes, signal);
    try {
      const limited = AbortSignal.any([signal, AbortSignal.timeout(noteLimit)]);
      await noteHeartbeats(await connectAsAdmin(engine, cluster, limited, provider.access), limited);
    } catch (error) {
      signal.throwIfAborted();
      log(`nodes may be taken for silent when it resumes: ${String(error)}`);
    }
  });
  actions.set('doors-close', async ({ signal, undo }) => {
    if (cluster.state !== 'paused') undo('the words at the ports', (later) => openDoors(engine, doors, later));
    await closeDoors(engine, cluster.name, doors, { wake, signal });
  });
  for (const node of cluster.nodes) {
    actions.set(`node-pause:${node.name}`, (context) => pauseNode(engine, node, context));
  }
  return { plan: pausePlan(cluster), actions };
}

async function pauseNode(engine: Engine, { name, containerId }: ClusterNode, { signal, log, undo }: StepContext) {
  const container = engine.docker.getContainer(containerId);
  undo(`the pause of ${name}`, (later) => unpause(engine, containerId, later));
  for (let tried = 1; ; tried += 1) {
    try {
      await container.pause({ abortSignal: signal });
      return;
    } catch (error) {
      // It is paused already, or not running any more: the engine has one status for both.
      const { State } = await explained(() => container.inspect({ abortSignal: signal }));
      if (State.Paused) return;
      if (tried === mostFreezes || !notFrozen.test(String(error))) return explained(() => Promise.reject(error));
      log(`the kernel did not freeze all processes of ${name} in time: once more`);
    }
  }
}

function notRunning(name: string): AppError {
  return new AppError('not-possible', `${name} cannot be paused: not all of its nodes run`, {
    params: { name, ability: 'pause', why: 'not-running' },
    hints: [{ text: `Start it with: boathouse start ${name}`, action: { call: 'clusters.start', input: { name } } }],
  });
}

function hearsNobody({ name, madeBy }: Cluster): AppError {
  return new AppError('not-possible', `${name} was made by ${madeBy}: nothing hears requests while it is paused`, {
    params: { name, maker: madeBy, ability: 'pause', why: 'hears-nobody' },
    hints: [{ text: `Pause it without: boathouse pause ${name}`, action: { call: 'clusters.pause', input: { name } } }],
  });
}
