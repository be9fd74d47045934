// One dev loop as it runs: watches, looks, works in rounds as the reducer says, and leaves cleanly.
import type { Loop, LoopRequest } from '../../../../shared/model/devloop/loop';
import type { Reading } from '../../../../shared/model/devloop/project';
import { asAppError } from '../../../../shared/model/errors';
import type { Engine } from '../../engine/engine';
import type { Kube } from '../../kube/connect';
import { pause } from '../../live/pause';
import { createApplier } from '../deploy/apply';
import { followCluster } from '../deploy/follow';
import { removeRelease } from '../deploy/helm';
import { createSyncer, targetsOf } from '../sync/sync';
import { type Watch, watchTree } from '../watch/watch';
import { createJournal, type Journal } from './journal';
import type { LoopRecord, Records } from './record';
import { type Cause, firstPlan, type LoopAction, type LoopEvent, reduceLoop } from './reducer';
import { runRound } from './round';
import type { RoundParts } from './round-parts';
import { createSources, type Look } from './sources';

export interface LoopPlace {
  readonly id: string;
  readonly name: string;
  readonly context: string;
  readonly namespace: string;
  readonly cluster: string | undefined;
  readonly engine: Engine;
  readonly kube: Kube;
  readonly nodes: readonly string[];
  readonly platform: string;
}

export interface LoopDependencies {
  readonly records: Records;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Reads the project of a request for a context. */
  read(request: LoopRequest, context: string): Promise<Reading>;
  /** Where it runs, found anew: the cluster may have been made again. */
  place(): Promise<Pick<LoopPlace, 'kube' | 'nodes' | 'engine'>>;
  tell(loop: Loop): void;
  log(line: string): void;
}

export interface RunningLoop {
  readonly journal: Journal;
  send(event: LoopEvent): void;
  /** Builds everything, or one image, though nothing differs. */
  rebuild(image?: string): void;
  /** Ends it; `keep` leaves what it deployed. Resolves when it has ended. */
  stop(keep: boolean): Promise<void>;
  /** Resolves when it has ended by itself (`once`) or was stopped. */
  readonly ended: Promise<void>;
}

/** Milliseconds between two tries to find a cluster again: nothing tells when it is there. */
const retry = 2000;

/** @param left what an earlier loop of the same place has made and not removed */
export function startLoop(
  request: LoopRequest,
  at: LoopPlace,
  dependencies: LoopDependencies,
  left: LoopRecord | undefined,
): RunningLoop {
  const { records, environment, log } = dependencies;
  const journal = createJournal(firstLoop(request, at), dependencies.tell);
  const disposed = new AbortController();
  const { signal } = disposed;
  const sources = createSources({
    dir: request.dir,
    read: () => dependencies.read(request, at.context),
    platform: at.platform,
    namespace: at.namespace,
    environment,
  });
  let record: LoopRecord = {
    ...(left ?? { objects: [], images: [], releases: [] }),
    id: at.id,
    name: at.name,
    request,
    context: at.context,
    namespace: at.namespace,
    engine: at.engine.endpoint.host,
    pid: process.pid,
    startedAt: Date.now(),
  };
  let plan = firstPlan;
  let touchedPaths: Set<string> | undefined;
  let touchedAt: number | undefined;
  let look: Look | undefined;
  let watch: Watch | undefined;
  let watched = '';
  let stopRound = new AbortController();
  let keeps = false;
  let connection = new AbortController();
  let parts = partsFor(at);
  let finish = () => {};
  const ended = new Promise<void>((resolve) => {
    finish = resolve;
  });

  function partsFor(place: Pick<LoopPlace, 'kube' | 'nodes' | 'engine'>): RoundParts {
    const { id, context, namespace } = at;
    const within = AbortSignal.any([signal, connection.signal]);
    return {
      loop: id,
      context,
      namespace,
      environment,
      platform: at.platform,
      target: { ...place, push: undefined },
      applier: createApplier(place.kube, namespace, id),
      view: followCluster(place.kube, { namespaces: namespacesOf(namespace, record), loop: id }, within, onCluster),
      syncer: createSyncer(place.kube, within),
      journal,
      sync: request.sync,
      touches: request.touches,
      achieved: new Map(),
      applied: record.objects,
      async record(made) {
        const images = [...new Set([...record.images, ...(made.images ?? [])])];
        const releases = [...record.releases, ...(made.releases ?? [])].filter(
          (one, index, all) =>
            all.findIndex((other) => other.name === one.name && other.namespace === one.namespace) === index,
        );
        record = {
          ...record,
          images,
          releases,
          objects: (made.objects ?? record.objects).map(({ apiVersion, kind, namespace, name }) => ({
            apiVersion,
            kind,
            name,
            ...(namespace && { namespace }),
          })),
        };
        await records.write(record);
      },
    };
  }

  /** After every change of pods and workloads: streams are kept ready, crashes after a sync are noticed. */
  function onCluster(): void {
    const { view, achieved, syncer } = parts;
    const trouble = view.trouble();
    if (trouble) {
      if (plan.phase === 'running') void waitForCluster(trouble);
      return;
    }
    if (!request.sync) return;
    const targets = [...achieved.values()].flatMap(({ source, reference }) =>
      source.artifact.sync ? targetsOf(view.pods(), reference) : [],
    );
    syncer.prepare(targets);
    for (const [image, one] of achieved) {
      if (!one.synced) continue;
      const keys = targetsOf(view.pods(), one.reference).map(({ key }) => key);
      const before = synced.get(image);
      if (before && keys.some((key) => !before.has(key))) {
        // A container that began anew has the files of its image.
        achieved.delete(image);
        synced.delete(image);
        send({ type: 'forced', cause: 'crash' });
      } else if (!before) synced.set(image, new Set(keys));
    }
  }
  const synced = new Map<string, Set<string>>();

  async function waitForCluster(trouble: string): Promise<void> {
    send({ type: 'cluster-lost' });
    journal.update({ note: `The cluster does not answer: ${trouble}` });
    while (!signal.aborted) {
      await pause(retry, signal);
      try {
        const place = await dependencies.place();
        await place.kube.get('/version', AbortSignal.any([signal, AbortSignal.timeout(retry)]));
        connection.abort();
        connection = new AbortController();
        const { achieved } = parts;
        parts = partsFor(place);
        for (const [image, one] of achieved) parts.achieved.set(image, one);
        journal.update({ note: undefined } as Partial<Loop>);
        return send({ type: 'cluster-back' });
      } catch (error) {
        log(`dev loop ${at.name}: ${asAppError(error).message}`);
      }
    }
  }

  function send(event: LoopEvent): void {
    const [next, actions] = reduceLoop(plan, event);
    plan = next;
    for (const action of actions) act(action);
    const working = plan.round !== undefined;
    const state =
      plan.phase === 'running'
        ? working
          ? journal.get().state === 'starting'
            ? 'starting'
            : 'working'
          : plan.looking
            ? journal.get().state
            : 'watching'
        : plan.phase;
    if (state !== journal.get().state) journal.update({ state });
  }

  function act(action: LoopAction): void {
    if (action.type === 'look') void lookNow();
    else if (action.type === 'begin') void work(action.cause);
    else if (action.type === 'stop-round') stopRound.abort();
    else if (action.type === 'leave') void leave();
    else touchedAt = undefined;
  }

  async function lookNow(): Promise<void> {
    const touched = touchedPaths;
    touchedPaths = look ? new Set() : undefined;
    try {
      look = await sources.look(look ? touched : undefined, signal);
      journal.update({ watching: { ...journal.get().watching, files: look.files } });
      await rewatch();
      send({ type: 'looked', fingerprint: look.fingerprint });
    } catch (error) {
      if (!signal.aborted) log(`dev loop ${at.name}: ${asAppError(error).message}`);
      send({ type: 'looked', fingerprint: '' });
    }
  }

  /** What is watched follows from what was read. */
  async function rewatch(): Promise<void> {
    const tree = sources.watched();
    const key = JSON.stringify(tree.roots);
    if (key === watched || signal.aborted) return;
    watched = key;
    const before = watch;
    watch = await watchTree({
      tree,
      onTouched(paths) {
        touchedAt ??= Date.now();
        if (!paths) touchedPaths = undefined;
        else for (const path of paths) touchedPaths?.add(path);
        send({ type: 'touched' });
      },
      onStatus: ({ way, why }) => journal.update({ watching: { ...journal.get().watching, way, ...(why && { why }) } }),
    });
    before?.close();
    // What was saved before it was watched is found by another look.
    send({ type: 'touched' });
  }

  async function work(cause: Cause): Promise<void> {
    const now = look;
    if (!now) return send({ type: 'round-ended' });
    stopRound = new AbortController();
    const within = AbortSignal.any([signal, stopRound.signal]);
    const files =
      cause === 'files'
        ? now.changes.map(({ path, kind }) => ({ kind, path: path.replace(`${request.dir}/`, '') }))
        : [];
    journal.begin({ cause, files, at: touchedAt ?? Date.now() });
    touchedAt = undefined;
    journal.update({
      artifacts: [...now.sources.values()].map(({ artifact }) => ({
        image: artifact.image,
        state: 'waiting' as const,
      })),
    });
    try {
      const way = await runRound(parts, now, { all: cause === 'asked', anew: cause === 'cluster' }, within);
      synced.clear();
      onCluster();
      journal.update({
        artifacts: [...parts.achieved].map(([image, { id, source }]) => ({
          image,
          state: 'ready' as const,
          digest: id,
          files: source.snapshot.entries.size,
        })),
        problems: [],
      });
      journal.end('done', way);
    } catch (error) {
      const told = asAppError(error);
      if (told.code === 'internal')
        log(`dev loop ${at.name}: ${told.cause instanceof Error ? told.cause.stack : told.message}`);
      if (!within.aborted) journal.say('loop', told.message);
      journal.end(within.aborted ? (plan.phase === 'running' ? 'superseded' : 'cancelled') : 'failed');
    }
    send({ type: 'round-ended' });
    if (request.once && !within.aborted) void stop(true);
  }

  async function leave(): Promise<void> {
    watch?.close();
    parts.syncer.close();
    try {
      if (!keeps) await removeMade(record, { ...parts.target }, environment, AbortSignal.timeout(60_000));
      await records.forget(at.id);
    } catch (error) {
      // The record stays: what is left can be cleared up later.
      journal.problem(asAppError(error));
    }
    disposed.abort();
    journal.update({ state: 'ended' });
    finish();
  }

  function stop(keep: boolean): Promise<void> {
    keeps = keep;
    send({ type: 'stopped' });
    return ended;
  }

  void records.write(record).then(() => send({ type: 'forced', cause: 'start' }));
  return {
    journal,
    send,
    rebuild(image) {
      if (image !== undefined) parts.achieved.delete(image);
      send({ type: 'forced', cause: image === undefined ? 'asked' : 'resume' });
    },
    stop,
    ended,
  };
}

/** Deletes what a loop made: objects, releases, and the names that it gave to images of the engine. */
export async function removeMade(
  record: LoopRecord,
  { kube, engine }: { kube: Kube; engine: Engine },
  environment: LoopDependencies['environment'],
  signal: AbortSignal,
): Promise<void> {
  const { context, namespace, id } = record;
  await createApplier(kube, namespace, id).remove(record.objects, signal);
  for (const release of record.releases) await removeRelease(release, { environment, namespace, context }, signal);
  await Promise.all(
    record.images.map((reference) =>
      engine.docker
        .getImage(reference)
        .remove({ abortSignal: signal })
        .catch(() => {}),
    ),
  );
}

function namespacesOf(namespace: string, { objects }: LoopRecord): string[] {
  return [...new Set([namespace, ...objects.flatMap((one) => one.namespace ?? [])])];
}

function firstLoop({ dir, profiles, sync }: LoopRequest, { id, name, context, namespace, cluster }: LoopPlace): Loop {
  return {
    id,
    dir,
    name,
    context,
    ...(cluster && { cluster }),
    namespace,
    profiles,
    sync,
    state: 'starting',
    startedAt: Date.now(),
    changes: [],
    artifacts: [],
    resources: [],
    forwards: [],
    problems: [],
    watching: { files: 0, way: 'events' },
  };
}
