// The flight recorder: a tape for each context that is looked into, and for each cluster of this computer while it runs.
import type { Cluster } from '../../../shared/model/cluster';
import { AppError } from '../../../shared/model/errors';
import { applyFeed, emptyFeed, type Feed } from '../../../shared/model/feed';
import type { RecordedDetail, RecordedPod } from '../../../shared/model/recorder';
import type { Connect } from '../dashboard/door';
import { exportTape } from './export';
import { createTape, type Tape } from './tape';

export interface Recorder {
  /** Somebody looks into it: it is recorded from now on, unless it is a cluster of this computer, which is so anyhow. */
  look(context: string): void;
  watch(context: string, signal: AbortSignal): AsyncGenerator<Feed<RecordedPod>, void, void>;
  /** Throws `not-found`. */
  pod(context: string, key: string): RecordedDetail;
  export(context: string): AsyncGenerator<Buffer>;
  /** Records the clusters of a live list while each of them runs, until aborted. */
  follow(clusters: AsyncIterable<Feed<Cluster>>): Promise<void>;
}

export function createRecorder(connect: Connect, signal: AbortSignal): Recorder {
  const tapes = new Map<string, Tape>();
  const running = new Map<string, AbortController>();
  /** Contexts of clusters here: they rest when these do, as who connects to one that is paused wakes it. */
  const here = new Set<string>();
  const tapeOf = (context: string) => {
    const found = tapes.get(context) ?? createTape();
    tapes.set(context, found);
    return found;
  };
  function start(context: string): void {
    if (running.has(context) || signal.aborted) return;
    const stop = new AbortController();
    running.set(context, stop);
    const until = AbortSignal.any([signal, stop.signal]);
    void tapeOf(context).record((within) => connect(context, within), until);
  }
  function stop(context: string): void {
    running.get(context)?.abort();
    running.delete(context);
  }

  return {
    look(context) {
      if (!here.has(context)) start(context);
    },
    watch: (context, until) => tapeOf(context).pods.watch(until),
    pod(context, key) {
      const found = tapeOf(context).detail(key);
      if (!found) throw new AppError('not-found', `${key} is not kept`, { params: { what: key } });
      const { spec: _, ...detail } = found;
      return detail;
    },
    export: (context) => exportTape(tapeOf(context)),
    async follow(clusters) {
      let list = emptyFeed<Cluster>();
      for await (const message of clusters) {
        list = applyFeed(list, message, ({ name }) => name);
        here.clear();
        for (const { context, state } of list.items.values()) {
          here.add(context);
          if (state === 'running' || state === 'degraded') start(context);
          else stop(context);
        }
      }
    },
  };
}
