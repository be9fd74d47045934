// One container's log, followed across its runs: read to its end, taken up where a connection broke, begun anew with the next run.
import { type AppError, asAppError } from '../../../shared/model/errors';
import { advanced, type LogCursor, type LogSource } from '../../../shared/model/pod-logs';
import type { Kube } from '../kube/connect';
import { pause } from '../live/pause';
import { createWakeUp, whenAborted } from '../live/signal';
import type { Container } from './containers';
import type { StampedLine } from './lines';
import { NotBegun, openLog, type WantedLog } from './open-log';

/** Milliseconds before a log that broke is asked for again: longer each time. */
const firstRetry = 500;
const longestRetry = 15_000;

export interface FollowedSource {
  readonly id: number;
  container(): Container;
  /** What the watch of its pod says now; undefined: the pod is gone. */
  see(container: Container | undefined): void;
  state(): Pick<LogSource, 'state' | 'error'>;
  /** Lines that were read by other means. */
  passed(lines: readonly StampedLine[]): void;
  /** It is not followed any more: its pod is over or gone. */
  over(): boolean;
  /** Until aborted, or its pod is over. */
  follow(from: Pick<WantedLog, 'tail' | 'since'>): Promise<void>;
}

interface Around {
  connect: (signal: AbortSignal) => Promise<Kube>;
  lines(id: number, lines: readonly StampedLine[]): Promise<void>;
  /** Its state is another one. */
  changed(): void;
  signal: AbortSignal;
}

export function createSource(
  id: number,
  first: Container,
  after: LogCursor | undefined,
  { connect, lines: send, changed, signal }: Around,
): FollowedSource {
  let container = first;
  let gone = false;
  let cursor = after;
  let now: Pick<LogSource, 'state' | 'error'> = { state: 'waiting' };
  let change = createWakeUp();
  /** The run that has been read to its end, and the one that was begun last. */
  let read: string | undefined;
  let begun: string | undefined;
  let over = false;
  const aborted = whenAborted(signal);

  const say = (state: LogSource['state'], error?: AppError) => {
    now = { state, ...(error && { error: error.toData() }) };
    changed();
  };
  const passed = (lines: readonly StampedLine[]) => {
    for (const { at } of lines) if (at !== '') cursor = advanced(cursor, at);
  };

  /** Reads the present run to its end. */
  async function readRun(from: Pick<WantedLog, 'tail' | 'since'>): Promise<void> {
    const { namespace, pod, container: name, run } = container;
    const kube = await connect(signal);
    const one = { namespace, pod, container: name };
    const take = async (log: AsyncIterable<StampedLine[]>) => {
      for await (const lines of log) {
        if (now.state !== 'reading') say('reading');
        passed(lines);
        await send(id, lines);
      }
    };
    // A connection that broke, and a container that restarted meanwhile: the end of the run before is still to be had.
    if (cursor && begun !== undefined && begun !== run && begun !== read) {
      await take(openLog(kube, { ...one, follow: false, previous: true, after: cursor }, signal)).catch(() => {});
    }
    begun = run;
    await take(openLog(kube, { ...one, follow: true, ...from, after: cursor }, signal));
    read = run;
  }

  return {
    id,
    container: () => container,
    state: () => now,
    passed,
    over: () => over,
    see(next) {
      gone = next === undefined;
      if (next) {
        // Another pod of that name: its moments are its own.
        if (next.uid !== container.uid) [cursor, read, begun] = [undefined, undefined, undefined];
        container = next;
      }
      const previous = change;
      change = createWakeUp();
      previous.wake();
    },
    async follow(from) {
      over = false;
      let failures = 0;
      while (!signal.aborted && !over) {
        const next = change.promise;
        const isRead = container.run === read && !container.running;
        if (container.run === undefined || isRead) {
          over = gone || container.over;
          if (over || container.run !== undefined) say('ended');
          if (!over) await Promise.race([next, aborted]);
          continue;
        }
        try {
          if (now.state !== 'reading') say('reading');
          await readRun(begun === undefined ? from : {});
          failures = 0;
          // A log that ends while its container runs has been cut off: nothing has changed that would wake.
          if (container.running) await Promise.race([next, pause(firstRetry, signal)]);
        } catch (error) {
          if (signal.aborted) return;
          if (error instanceof NotBegun) {
            over = gone;
            say(gone ? 'ended' : 'waiting');
            await Promise.race([next, pause(longestRetry, signal)]);
            continue;
          }
          say('broken', asAppError(error));
          await pause(Math.min(longestRetry, firstRetry * 2 ** failures), signal);
          failures += 1;
        }
      }
    },
  };
}
