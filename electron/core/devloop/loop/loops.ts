// All dev loops of a core: started, steered, watched and stopped by their id; those that a killed core left behind are offered.
import { basename } from 'node:path';
import type { Cluster } from '../../../../shared/model/cluster';
import type { Loop, LoopLine, LoopRequest } from '../../../../shared/model/devloop/loop';
import { AppError, asAppError } from '../../../../shared/model/errors';
import { connectAnywhere } from '../../clusters/connect-anywhere';
import type { ClusterDependencies } from '../../clusters/dependencies';
import type { Forwards } from '../../forwards/forwards';
import type { Kube } from '../../kube/connect';
import { namespaceOf } from '../../kubeconfig/one-context';
import { currentContext } from '../../kubeconfig/read';
import { createLiveFeed, type LiveFeed } from '../../live/feed';
import { readProject } from '../project/read';
import { loopHint } from '../words';
import { type RunningLoop, startLoop } from './loop';
import type { LoopPlace } from './place';
import { createRecords, type LoopRecord, loopId } from './record';
import { removeMade, untagImages } from './remove-made';

export interface Loops {
  readonly feed: LiveFeed<Loop>;
  /** Looks for loops whose core was killed. */
  ready(): Promise<void>;
  /**
   * Throws `not-found` for a context that is not there, `not-possible` for one that is not local and was not allowed, `busy` when the
   * same project runs there already.
   */
  start(request: LoopRequest): Promise<{ id: string }>;
  pause(id: string): void;
  /** Of a paused one, or one that a killed core left. */
  resume(id: string): Promise<void>;
  /** Builds all images, or one, and applies everything. */
  rebuild(id: string, image?: string): void;
  /** Deletes what it made, or keeps it. Of one that a killed core left, too. */
  stop(id: string, options: { keep: boolean }): Promise<void>;
  /** Takes one that has ended out of the list. Throws `not-possible` for one that has not. */
  dismiss(id: string): void;
  lines(id: string, after: number, signal: AbortSignal): AsyncGenerator<LoopLine[], void, void>;
  /** Ends all, and leaves what they deployed. */
  dispose(): Promise<void>;
}

/** Milliseconds for which a loop is shown that has ended. */
const shownAfter = 10 * 60_000;

/** All but the first throw `not-found` for an id that no loop has. */
export function createLoops(dependencies: ClusterDependencies, forwards: Forwards): Loops {
  const { options, kubeconfig } = dependencies;
  const records = createRecords(options.directories.state);
  const feed = createLiveFeed<Loop>(({ id }) => id);
  const running = new Map<string, RunningLoop>();
  const orphans = new Map<string, LoopRecord>();
  let looked: Promise<void> | undefined;

  async function lookForOrphans(): Promise<void> {
    for (const record of await records.orphans()) {
      if (running.has(record.id)) continue;
      orphans.set(record.id, record);
      feed.upsert(orphanedLoop(record));
    }
  }
  const ready = () => {
    looked ??= lookForOrphans();
    return looked;
  };

  async function placeOf(
    context: string,
  ): Promise<Pick<LoopPlace, 'engine' | 'kube' | 'nodes' | 'cluster' | 'platform'>> {
    const signal = AbortSignal.timeout(60_000);
    const [engine, kube] = await Promise.all([
      dependencies.engine(signal),
      connectAnywhere(dependencies, context, signal),
    ]);
    const cluster = (await dependencies.read(engine, signal)).find((one) => one.context === context);
    const nodes = runningNodes(cluster);
    const architecture = { x86_64: 'amd64', aarch64: 'arm64' }[engine.info.architecture] ?? engine.info.architecture;
    return { engine, kube, nodes, cluster: cluster?.name, platform: `linux/${architecture}` };
  }

  async function nodesOf(context: string, signal: AbortSignal): Promise<string[]> {
    const engine = await dependencies.engine(signal);
    return runningNodes((await dependencies.read(engine, signal)).find((one) => one.context === context));
  }

  async function start(request: LoopRequest): Promise<{ id: string }> {
    await ready();
    const context = request.context ?? (await currentContext(kubeconfig));
    if (!context) {
      throw new AppError('not-found', 'No context is chosen, and the kubeconfig has no current one', {
        params: { what: 'context' },
        hints: [loopHint('say-context')],
      });
    }
    const place = await placeOf(context);
    await refuseForeign(context, place, request);
    const read = (asked: LoopRequest) =>
      readProject({ dir: asked.dir, profiles: asked.profiles, context, env: options.environment });
    const reading = await read(request);
    const first = reading.kind === 'project' ? reading.project : undefined;
    const wanted = first?.modules.find(({ deployment }) => deployment.kubeContext)?.deployment.kubeContext;
    if (wanted !== undefined && wanted !== context) throw otherContext(wanted, context);
    const own = first?.modules.map(({ deployment }) => deployment.defaultNamespace).find(Boolean);
    const namespace = request.namespace ?? own ?? (await namespaceOf(kubeconfig, context)) ?? 'default';
    const id = loopId(request.dir, context, namespace);
    if (running.has(id)) throw alreadyRuns(request.dir);
    const left = orphans.get(id);
    orphans.delete(id);
    const at: LoopPlace = { ...place, id, name: first?.name ?? basename(request.dir), context, namespace };
    const loop = startLoop(
      request,
      at,
      {
        records,
        forwards,
        environment: options.environment,
        read,
        place: () => placeOf(context),
        nodes: (signal) => nodesOf(context, signal),
        tell: (now) => feed.upsert(now),
        log: options.log,
      },
      left,
    );
    running.set(id, loop);
    feed.upsert(loop.journal.get());
    void loop.ended.then(() => over(id));
    return { id };
  }

  /** What it could not take away is offered for clean-up, as of a loop whose core was killed. */
  async function over(id: string): Promise<void> {
    const loop = running.get(id)?.journal.get();
    running.delete(id);
    const record = await records.read(id);
    if (running.has(id)) return;
    if (!record) return leaveLater(id);
    orphans.set(id, record);
    feed.upsert({ ...orphanedLoop(record), problems: loop?.problems ?? [] });
  }

  /** What has ended well is looked at for a while, and goes. */
  function leaveLater(id: string): void {
    const ended = feed.get(id);
    setTimeout(() => feed.get(id) === ended && feed.remove(id), shownAfter).unref();
  }

  async function refuseForeign(context: string, place: Pick<LoopPlace, 'cluster' | 'kube'>, request: LoopRequest) {
    if (place.cluster !== undefined || isLocal(place.kube)) return;
    if (request.allowContext) await records.allow(context);
    else if (!(await records.allowed()).includes(context)) {
      throw new AppError('not-possible', `${context} is not a cluster on this computer`, {
        params: { name: context, why: 'not-local' },
        hints: [loopHint('allow-context', { context })],
      });
    }
  }

  async function clearUp(orphan: LoopRecord): Promise<void> {
    const signal = AbortSignal.timeout(60_000);
    const place = await placeOf(orphan.context).catch((error: unknown) => {
      // With a cluster that is gone went all that was in it.
      if (asAppError(error).code === 'not-found') return undefined;
      throw error;
    });
    if (place) await removeMade(orphan, place, options.environment, signal);
    else await untagImages(await dependencies.engine(signal), orphan.images, signal);
  }

  function known(id: string): RunningLoop {
    const loop = running.get(id);
    if (!loop) throw new AppError('not-found', 'There is no such dev loop', { params: { what: id } });
    return loop;
  }

  return {
    feed,
    ready,
    start,
    pause: (id) => known(id).send({ type: 'paused' }),
    async resume(id) {
      const orphan = orphans.get(id);
      if (orphan) await start({ ...orphan.request, context: orphan.context, namespace: orphan.namespace });
      else known(id).send({ type: 'resumed' });
    },
    rebuild: (id, image) => known(id).rebuild(image),
    async stop(id, { keep }) {
      const orphan = orphans.get(id);
      if (!orphan) return known(id).stop(keep);
      if (!keep) await clearUp(orphan);
      await records.forget(id);
      orphans.delete(id);
      feed.remove(id);
    },
    dismiss(id) {
      if (running.has(id) || orphans.has(id)) throw stillThere(id);
      feed.remove(id);
    },
    lines: (id, after, signal) => known(id).journal.lines(after, signal),
    async dispose() {
      await Promise.all([...running.values()].map((loop) => loop.stop(true)));
    },
  };
}

/** Whether an API is on this computer, as far as its address tells. */
function isLocal({ config }: Kube): boolean {
  const server = config.getCurrentCluster()?.server ?? '';
  return (
    URL.canParse(server) &&
    /^(127\.[\d.]+|localhost|\[::1\]|kubernetes\.docker\.internal)$/.test(new URL(server).hostname)
  );
}

function orphanedLoop({ id, name, request, context, namespace, startedAt, objects }: LoopRecord): Loop {
  return {
    id,
    dir: request.dir,
    name,
    context,
    namespace,
    profiles: request.profiles,
    sync: request.sync,
    state: 'orphaned',
    startedAt,
    changes: [],
    artifacts: [],
    resources: objects.map((object) => ({ ...object, state: 'applied' as const })),
    forwards: [],
    problems: [],
    watching: { files: 0, way: 'events' },
  };
}

function runningNodes(cluster: Cluster | undefined): string[] {
  return (cluster?.nodes ?? [])
    .filter(({ role, state }) => role !== 'external-load-balancer' && state === 'running')
    .map(({ name }) => name);
}

function stillThere(id: string): AppError {
  return new AppError('not-possible', 'This dev loop has not ended', {
    params: { name: id },
    hints: [loopHint('clear-up-first')],
  });
}

function alreadyRuns(dir: string): AppError {
  return new AppError('busy', `A dev loop of ${dir} runs there already`, {
    params: { name: dir, operation: 'dev' },
    hints: [loopHint('stop-first')],
  });
}

function otherContext(wanted: string, context: string): AppError {
  return new AppError('not-possible', `The project is meant for the context ${wanted}, not for ${context}`, {
    params: { name: context },
    hints: [loopHint('use-context', { context: wanted })],
  });
}
