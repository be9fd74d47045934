// All forwards of this process: opened once for the same wish, listed live, some opened again next time.
import { randomUUID } from 'node:crypto';
import { AppError, asAppError } from '../../../shared/model/errors';
import type { Forward, WantedForward } from '../../../shared/model/forwards';
import { targetText } from '../../../shared/model/pod-target';
import { createLiveFeed, type LiveFeed } from '../live/feed';
import { pause } from '../live/pause';
import { type Connect, type LiveForward, openForward } from './forward';
import type { Kept } from './kept';

export interface Forwards {
  feed: LiveFeed<Forward>;
  /** Throws as `openForward` does. The signal ends the opening, not the forward. */
  open(wanted: WantedForward, signal: AbortSignal): Promise<Forward>;
  /** Throws `not-found`. */
  close(id: string): Promise<void>;
  /** Throws `not-found`. */
  keep(id: string, keep: boolean): Promise<Forward>;
  /** Opens those that were kept; one whose cluster is not there yet is tried until it is. */
  reopen(): Promise<void>;
  /** Closes all; those that are kept stay kept. */
  dispose(): Promise<void>;
}

/** Milliseconds before one that could not be opened again is tried anew: longer each time. */
const firstRetry = 2_000;
const longestRetry = 60_000;

export function createForwards(connect: Connect, kept: Kept): Forwards {
  const feed = createLiveFeed<Forward>(({ id }) => id);
  const live = new Map<string, LiveForward>();
  /** Those that wait to be opened again. */
  const waiting = new Map<string, { wanted: WantedForward; stop: AbortController }>();
  const disposed = new AbortController();
  let writing = Promise.resolve();

  const same = (one: Forward, { context, target, port, localPort }: WantedForward) =>
    one.context === context &&
    targetText(one.target) === targetText(target) &&
    one.target.namespace === target.namespace &&
    (port === undefined || one.port === port) &&
    (localPort === undefined || one.localPort === localPort);

  async function begin(id: string, wanted: WantedForward, signal: AbortSignal): Promise<Forward> {
    const changed = (now: Forward) => {
      if (live.has(id)) feed.upsert(now);
    };
    const forward = await openForward(id, wanted, { connect, changed }, signal);
    live.set(id, forward);
    feed.upsert(forward.get());
    return forward.get();
  }

  function store(): Promise<void> {
    const wishes = [...live.values()]
      .map((forward) => forward.get())
      .filter(({ keep }) => keep)
      .map(({ context, target, port, localPort, keep }) => ({ context, target, port, localPort, keep }));
    const others = [...waiting.values()].map(({ wanted }) => wanted);
    writing = writing.then(() => kept.write([...wishes, ...others]));
    return writing;
  }

  async function again(id: string, wanted: WantedForward): Promise<void> {
    const stop = new AbortController();
    const signal = AbortSignal.any([disposed.signal, stop.signal]);
    waiting.set(id, { wanted, stop });
    for (let failures = 0; !signal.aborted; failures += 1) {
      try {
        await begin(id, wanted, signal);
        waiting.delete(id);
        return;
      } catch (error) {
        if (signal.aborted) return;
        const { context, target, port = 0 } = wanted;
        const told = asAppError(error).toData();
        feed.upsert({
          id,
          context,
          target,
          port,
          localPort: 0,
          keep: true,
          state: 'lost',
          connections: 0,
          error: told,
        });
      }
      await pause(Math.min(longestRetry, firstRetry * 2 ** failures), signal);
    }
  }

  function find(id: string): LiveForward {
    const found = live.get(id);
    if (found) return found;
    throw new AppError('not-found', `There is no forward ${id}`, { params: { what: id } });
  }

  return {
    feed,
    async open(wanted, signal) {
      const known = [...live.values()].find((forward) => same(forward.get(), wanted));
      const opened = known?.get() ?? (await begin(randomUUID(), wanted, signal));
      if (wanted.keep && !known) await store();
      return opened;
    },
    async close(id) {
      const waits = waiting.get(id);
      waits?.stop.abort();
      waiting.delete(id);
      const forward = waits ? live.get(id) : find(id);
      live.delete(id);
      feed.remove(id);
      await forward?.close();
      if (waits || forward?.get().keep) await store();
    },
    async keep(id, keep) {
      const forward = find(id);
      forward.keep(keep);
      await store();
      return forward.get();
    },
    async reopen() {
      for (const wanted of await kept.read()) void again(randomUUID(), wanted);
    },
    async dispose() {
      disposed.abort();
      await Promise.all([...live.values()].map((forward) => forward.close()));
      await writing.catch(() => {});
    },
  };
}
