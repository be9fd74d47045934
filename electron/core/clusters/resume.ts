// Resuming a paused cluster: control planes first, then workers; its controllers go on when every node was heard again.
import { setTimeout as pause } from 'node:timers/promises';
import type { Cluster, ClusterNode } from '../../../shared/model/cluster';
import type { Plan, PlannedStep } from '../../../shared/model/operation';
import type { Engine } from '../engine/engine';
import { explained } from '../engine/failures';
import type { Kube } from '../kube/connect';
import { waitForApi } from '../kube/wait';
import type { Job, StepAction } from '../operations/operation';
import { explainFailure } from '../problems/explain';
import { refuseUnable } from './able';
import { connectAsAdmin } from './admin';
import { controlPlanesOf, holdsControllers, releaseControllers } from './controllers';
import type { ClusterDependencies } from './dependencies';
import { doorsOf, hastenDoors, openDoors } from './edge/paused';
import { findCluster } from './find';
import { waitForNodeSince } from './fresh-node';
import type { ClusterProvider } from './providers/provider';
import { unpause } from './unpause';

/** Milliseconds; what was frozen answers at once, unless the computer was asleep or is very busy. */
const limit = 60_000;
/** Milliseconds: a kubelet renews its lease every ten seconds, and at once when it is late. */
const freshLease = 15_000;

export function resumePlan(cluster: Cluster): Plan {
  const doors = doorsOf(cluster);
  const resume = (after: string[]) => (node: ClusterNode) => resumeStep(node, after);
  const controlPlanes = controlPlanesOf(cluster).map(resume([]));
  const first = controlPlanes.map(({ id }) => id);
  const workers = cluster.nodes.filter(({ role }) => role === 'worker').map(resume(first));
  const steps: PlannedStep[] = [...controlPlanes, ...workers];
  if (doors.length > 0) {
    steps.push({
      id: 'doors-open',
      kind: 'doors-open',
      title: 'Letting the ports lead on',
      lane: 'cluster',
      weight: 0.2,
      // A request that comes now waits for the few milliseconds that nodes take.
      after: [],
    });
  }
  steps.push({
    id: 'api-server',
    kind: 'api-server',
    title: 'Waiting until the API server answers',
    lane: 'cluster',
    weight: 0.3,
    // It is asked while the ports open, and is told to ask again until they have.
    after: first,
  });
  const ready = cluster.nodes.map((node): PlannedStep => {
    return {
      id: `node-ready:${node.name}`,
      kind: 'node-ready',
      title: `Waiting until ${node.name} is heard`,
      lane: node.name,
      weight: 0.5,
      after: ['api-server', `node-resume:${node.name}`],
      command: `kubectl wait --for=condition=Ready node/${node.name}`,
    };
  });
  steps.push(...ready);
  if (holdsControllers(cluster)) {
    steps.push({
      id: 'controllers-release',
      kind: 'controllers-release',
      title: 'Letting the controllers go on',
      lane: 'cluster',
      weight: 0.2,
      after: ready.map(({ id }) => id),
    });
  }
  return { kind: 'resume', subject: cluster.name, steps };
}

function resumeStep(node: ClusterNode, after: string[]): PlannedStep {
  return {
    id: `node-resume:${node.name}`,
    kind: 'node-resume',
    title: `Resuming ${node.name}`,
    lane: node.name,
    weight: 0.2,
    after,
    command: `docker unpause ${node.name}`,
  };
}

/**
 * Starts the operation that resumes a cluster; one that does not run at all is started, and of one that runs already the doors are
 * opened. Throws `not-found`, `engine-unreachable`, and what {@link refuseUnable} does.
 */
export async function resumeCluster(dependencies: ClusterDependencies, name: string) {
  const { engine, cluster, provider } = await findCluster(dependencies, name);
  const stopped = cluster.nodes.some(({ state }) => state !== 'paused' && state !== 'running');
  refuseUnable(cluster, stopped ? 'start' : 'pause');
  const job = stopped ? await provider.start(dependencies, engine, cluster) : resumeJob(engine, cluster, provider);
  return dependencies.operations.start(job, engine.endpoint.host);
}

/** Milliseconds for which what can wait leaves the processors to the API server, which has much to do when it wakes up. */
const headStart = 500;

/** What resuming a cluster consists of, whoever made it. */
export function resumeJob(engine: Engine, cluster: Cluster, provider: ClusterProvider): Job {
  const actions = new Map<string, StepAction>();
  /** Begun when the first node goes on, and for all. */
  let begun: Promise<{ kube: Kube; now: number }> | undefined;
  const begin = (signal: AbortSignal) => {
    begun ??= Promise.all([connectAsAdmin(engine, cluster, signal, provider.access), engineTime(engine)]).then(
      ([kube, now]) => ({ kube, now }),
    );
    begun.catch(() => {});
    return begun;
  };
  const answering = new AbortController();
  const apiFirst = (signal: AbortSignal) => settled(AbortSignal.any([signal, answering.signal]), headStart);
  for (const node of cluster.nodes) {
    actions.set(`node-resume:${node.name}`, async ({ signal }) => {
      if (node.role === 'worker') await apiFirst(signal);
      // Whoever asks waits for this; reading how to ask comes after it.
      await unpause(engine, node.containerId, signal);
      void begin(signal);
    });
    actions.set(`node-ready:${node.name}`, async (context) => {
      const { kube, now } = await begin(context.signal);
      await waitForNodeSince(kube, node, { lease: now - freshLease, heartbeat: 0 }, context);
    });
  }
  actions.set('doors-open', async ({ signal }) => {
    await hastenDoors(engine, doorsOf(cluster), signal);
    await apiFirst(signal);
    await openDoors(engine, doorsOf(cluster), signal);
  });
  actions.set('api-server', async ({ signal }) => {
    await waitForApi((await begin(signal)).kube, signal, limit);
    answering.abort();
  });
  actions.set('controllers-release', ({ signal }) => releaseControllers(engine, controlPlanesOf(cluster), signal));
  return {
    plan: resumePlan(cluster),
    actions,
    explain: (error) => explainFailure(error, { cluster: cluster.name, kept: false }),
  };
}

/** Resolves when the signal is aborted, or after the milliseconds. */
async function settled(signal: AbortSignal, milliseconds: number): Promise<void> {
  await pause(milliseconds, undefined, { signal }).catch(() => {});
}

/** Now, in milliseconds, by the clock that kubelets have. */
async function engineTime(engine: Engine): Promise<number> {
  const { SystemTime } = await explained(() => engine.docker.info());
  return Date.parse(SystemTime);
}
