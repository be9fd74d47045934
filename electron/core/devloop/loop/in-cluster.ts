// What of a loop reaches into its cluster: the connection with all that hangs on it, lost and found anew, and what happens in there.
import type { Loop, LoopRequest } from '../../../../shared/model/devloop/loop';
import type { Project } from '../../../../shared/model/devloop/project';
import { asAppError } from '../../../../shared/model/errors';
import type { Forwards } from '../../forwards/forwards';
import { pause } from '../../live/pause';
import { createApplier } from '../deploy/apply';
import { followCluster } from '../deploy/follow';
import { createReach, type Reach } from '../show/reach';
import { tailPods } from '../show/tail';
import { createSyncer, targetsOf } from '../sync/sync';
import { loopSays } from '../words';
import type { Journal } from './journal';
import type { LoopPlace } from './place';
import { type LoopRecord, type Records, recordWith } from './record';
import { untagImages } from './remove-made';
import type { RoundParts } from './round-parts';

export interface InCluster {
  /** Of the connection that there is now. */
  parts(): RoundParts;
  record(): LoopRecord;
  /** Looks at what the cluster's watches have told: after a round, since what it made is looked for. */
  look(): void;
  /** Takes the engine's names from images that do not run any more: a long day would fill its disk. Never throws. */
  tidy(): Promise<void>;
  /** `silent`: it does not answer; `gone`: there is no such cluster any more. Undefined while it is there. */
  away(): 'silent' | 'gone' | undefined;
  /** Closes streams and forwards. */
  close(): Promise<void>;
}

export interface InClusterRequest {
  readonly request: LoopRequest;
  readonly at: LoopPlace;
  readonly records: Records;
  readonly forwards: Forwards;
  readonly environment: RoundParts['environment'];
  readonly journal: Journal;
  /** What an earlier loop left, as far as this one is its continuation. */
  readonly first: LoopRecord;
  project(): Project | undefined;
  /** Where it runs, found anew: the cluster may have been made again. */
  place(): Promise<Pick<LoopPlace, 'kube' | 'nodes' | 'engine'>>;
  /** Running nodes as they are now. */
  nodes: RoundParts['nodes'];
  log(line: string): void;
  /** Containers that files were synced into have begun anew, with the files of their image. */
  onCrash(): void;
  onLost(): void;
  onBack(): void;
}

/** Milliseconds between two tries to find a cluster again: nothing tells when it is there. */
const retry = 2000;

export function createInCluster(wanted: InClusterRequest, signal: AbortSignal): InCluster {
  const { request, at, records, environment, journal, log } = wanted;
  const { id, name, context, namespace } = at;
  let record = wanted.first;
  let connection = new AbortController();
  let away: ReturnType<InCluster['away']>;
  /** Milliseconds since the epoch: what pods said before has been told. */
  let since = journal.get().startedAt;
  const reach: Reach = createReach(wanted.forwards, context, (forwards) => journal.update({ forwards }), signal);
  let parts = partsFor(at, { achieved: new Map(), synced: new Set(), renewals: new Map() }, false);

  function partsFor(
    place: Pick<LoopPlace, 'kube' | 'nodes' | 'engine'>,
    { achieved, synced, renewals }: Pick<RoundParts, 'achieved' | 'synced' | 'renewals'>,
    anew: boolean,
  ): RoundParts {
    const within = AbortSignal.any([signal, connection.signal]);
    const view = followCluster(place.kube, id, within, look);
    const tailed = new Set<string>();
    const include = (namespaces: readonly string[]) => {
      view.include(namespaces);
      for (const one of namespaces) {
        if (tailed.has(one)) continue;
        tailed.add(one);
        const said = { namespace: one, loop: id, since, style: logStyle, say: journal.hear };
        tailPods(place.kube, said, within).catch((error) => {
          if (!within.aborted) log(`dev loop ${name}: ${asAppError(error).message}`);
        });
      }
    };
    include([...new Set([namespace, ...record.objects.flatMap((object) => object.namespace ?? [])])]);
    return {
      loop: id,
      context,
      namespace,
      environment,
      platform: at.platform,
      target: { ...place, push: undefined },
      nodes: wanted.nodes,
      applier: createApplier(place.kube, namespace, id),
      view,
      include,
      reach,
      syncer: createSyncer(place.kube, within),
      journal,
      sync: request.sync,
      touches: request.touches,
      achieved,
      synced,
      renewals,
      anew,
      applied: record.objects,
      deployed: undefined,
      async record(made) {
        record = recordWith(record, made);
        await records.write(record);
      },
    };
  }

  function logStyle() {
    const modules = wanted.project()?.modules ?? [];
    return {
      prefix: modules[0]?.deployment.logPrefix ?? 'auto',
      fields: [...new Set(modules.flatMap(({ deployment }) => deployment.logJsonFields))],
    };
  }

  /** After every change of pods and workloads: streams are kept ready, crashes after a sync are noticed. */
  function look(): void {
    const { view, achieved, syncer } = parts;
    const trouble = view.trouble();
    if (trouble !== undefined) {
      if (away === undefined) void search(trouble);
      return;
    }
    if (!request.sync) return;
    const pods = view.pods();
    const syncing = [...achieved.values()].filter(({ source, unsynced }) => source.artifact.sync && !unsynced);
    syncer.prepare(syncing.flatMap(({ reference }) => targetsOf(pods, reference)));
    for (const [image, { reference, syncedInto }] of achieved) {
      if (!syncedInto || targetsOf(pods, reference).every(({ key }) => syncedInto.has(key))) continue;
      achieved.delete(image);
      wanted.onCrash();
    }
  }

  async function search(trouble: string): Promise<void> {
    away = 'silent';
    since = Date.now();
    wanted.onLost();
    journal.update({ note: loopSays('cluster-silent', { why: trouble }) });
    while (!signal.aborted) {
      await pause(retry, signal);
      try {
        const place = await wanted.place();
        await place.kube.get('/version', AbortSignal.any([signal, AbortSignal.timeout(retry)]));
        connection.abort();
        connection = new AbortController();
        parts = partsFor(place, parts, true);
        away = undefined;
        journal.update({ note: undefined } as Partial<Loop>);
        return wanted.onBack();
      } catch (error) {
        const { code, message } = asAppError(error);
        if (signal.aborted || (code === 'not-found' && away === 'gone')) continue;
        log(`dev loop ${name}: ${message}`);
        if (code !== 'not-found') continue;
        away = 'gone';
        journal.update({ note: loopSays('cluster-gone', { context }) });
      }
    }
  }

  return {
    parts: () => parts,
    away: () => away,
    record: () => record,
    look,
    async tidy() {
      const kept = new Set([...parts.achieved.values()].map(({ reference }) => reference));
      const old = record.images.filter((reference) => !kept.has(reference));
      if (old.length === 0) return;
      const failed = await untagImages(parts.target.engine, old, signal);
      for (const [reference, { message, detail }] of failed)
        log(`dev loop ${name}: ${reference} stays: ${message} ${detail}`);
      // What could not be taken away is tried again after the next round, and at the end.
      record = { ...record, images: record.images.filter((one) => kept.has(one) || failed.has(one)) };
      await records.write(record).catch((error: Error) => log(`dev loop ${name}: ${error.message}`));
    },
    async close() {
      parts.syncer.close();
      await reach.close();
    },
  };
}
