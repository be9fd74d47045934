// One dev loop as it runs: watches, looks, works in rounds as the reducer says, and leaves cleanly.
import type { Loop, LoopRequest } from '../../../../shared/model/devloop/loop';
import type { Reading } from '../../../../shared/model/devloop/project';
import { asAppError } from '../../../../shared/model/errors';
import type { Forwards } from '../../forwards/forwards';
import { type Watch, watchTree } from '../watch/watch';
import { createInCluster } from './in-cluster';
import { createJournal, type Journal } from './journal';
import type { LoopPlace } from './place';
import type { LoopRecord, Records } from './record';
import { type Cause, firstPlan, type LoopAction, type LoopEvent, type LoopPlan, reduceLoop } from './reducer';
import { removeMade, untagImages } from './remove-made';
import { runRound } from './round';
import type { RoundParts } from './round-parts';
import { createSources, type Look } from './sources';

/** Milliseconds in which what was made is to be gone; of a cluster that does not answer, only in case that it does by now. */
const removing = { long: 60_000, short: 5000 };

export interface LoopDependencies {
  readonly records: Records;
  readonly forwards: Forwards;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Reads the project of a request for a context. */
  read(request: LoopRequest, context: string): Promise<Reading>;
  /** Where it runs, found anew: the cluster may have been made again. */
  place(): Promise<Pick<LoopPlace, 'kube' | 'nodes' | 'engine'>>;
  /** Running nodes of the cluster as they are now. Throws what the engine does. */
  nodes(signal: AbortSignal): Promise<readonly string[]>;
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
  let plan = firstPlan;
  let touchedPaths: Set<string> | undefined;
  let touchedAt: number | undefined;
  let look: Look | undefined;
  let watch: Watch | undefined;
  let watched = '';
  let stopRound = new AbortController();
  let keeps = false;
  let finish = () => {};
  const ended = new Promise<void>((resolve) => {
    finish = resolve;
  });

  const cluster = createInCluster(
    {
      request,
      at,
      records,
      forwards: dependencies.forwards,
      environment,
      journal,
      first: recordOf(request, at, left),
      project: () => look?.project,
      place: dependencies.place,
      nodes: dependencies.nodes,
      log,
      onCrash: () => send({ type: 'forced', cause: 'crash' }),
      onLost: () => send({ type: 'cluster-lost' }),
      onBack: () => send({ type: 'cluster-back' }),
    },
    signal,
  );

  function send(event: LoopEvent): void {
    const [next, actions] = reduceLoop(plan, event);
    plan = next;
    for (const action of actions) act(action);
    const state = stateOf(plan, journal.get().state);
    if (state !== journal.get().state) journal.update({ state });
  }

  function act(action: LoopAction): void {
    if (action.type === 'look') void lookNow();
    else if (action.type === 'begin') void work(action.cause);
    else if (action.type === 'stop-round') stopRound.abort();
    else if (action.type === 'leave') void leave();
    else touchedAt = undefined; // Nothing came of what was touched.
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
    const parts = cluster.parts();
    const over = new AbortController();
    void parts.view.attend(AbortSignal.any([within, over.signal]));
    try {
      const way = await runRound(parts, now, cause === 'asked', within);
      cluster.look();
      journal.update({
        artifacts: artifactsOf(parts.achieved),
        // What does not keep a round from its end.
        problems: journal.get().problems.filter(({ stage }) => stage === 'render'),
      });
      journal.end('done', way);
      if (way === 'build') await cluster.tidy();
    } catch (error) {
      const told = asAppError(error);
      if (told.code === 'internal')
        log(`dev loop ${at.name}: ${told.cause instanceof Error ? told.cause.stack : told.message}`);
      if (!within.aborted) journal.say('loop', told.message);
      // It may have failed since nothing answers: then what was saved is tried again when something does.
      if (!within.aborted && look?.failure === undefined) void parts.view.attend(signal, true);
      journal.end(within.aborted ? (plan.phase === 'running' ? 'superseded' : 'cancelled') : 'failed');
    } finally {
      over.abort();
    }
    send({ type: 'round-ended' });
    if (request.once && !within.aborted) void stop(true);
  }

  async function leave(): Promise<void> {
    watch?.close();
    await cluster.close();
    try {
      const { target } = cluster.parts();
      const patience = AbortSignal.timeout(cluster.away() === undefined ? removing.long : removing.short);
      // With a cluster that is gone went all that was in it.
      if (cluster.away() === 'gone') await untagImages(target.engine, cluster.record().images, patience);
      else if (!keeps) await removeMade(cluster.record(), target, environment, patience);
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

  const begin = () => send({ type: 'forced', cause: 'start' });
  void records.write(cluster.record()).then(begin, (error: unknown) => {
    // The round writes it again before it makes anything.
    journal.problem(asAppError(error));
    begin();
  });
  return {
    journal,
    send,
    rebuild(image) {
      if (image !== undefined) cluster.parts().achieved.delete(image);
      send({ type: 'forced', cause: image === undefined ? 'asked' : 'resume' });
    },
    stop,
    ended,
  };
}

/** What is shown of a plan; until the first round has ended a loop starts. Pure. */
function stateOf({ phase, round, looking }: LoopPlan, before: Loop['state']): Loop['state'] {
  if (phase !== 'running') return phase;
  if (round) return before === 'starting' ? 'starting' : 'working';
  return looking ? before : 'watching';
}

function artifactsOf(achieved: RoundParts['achieved']): Loop['artifacts'] {
  return [...achieved].map(([image, { id, source, unsynced }]) => ({
    image,
    state: 'ready' as const,
    digest: id,
    files: source.snapshot.entries.size,
    ...(unsynced !== undefined && { note: unsynced }),
  }));
}

function recordOf(request: LoopRequest, at: LoopPlace, left: LoopRecord | undefined): LoopRecord {
  return {
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
