// What has been read and not been taken yet: gathered into numbered batches; who writes waits while too much is in it.
import type { PodLogLine, PodLogMessage } from '../../../shared/model/pod-logs';
import { pause } from '../live/pause';
import { createWakeUp, unlessAborted } from '../live/signal';

/** Milliseconds in which lines are gathered. */
const gather = 50;
/** Lines, and characters, of one message. */
const batchLines = 2_000;
const batchCharacters = 512 * 1024;
/** Characters that may wait. */
const mostWaiting = 4 * 1024 * 1024;
/** What a line takes beside its text. */
const aLine = 64;

export interface Outbox {
  /** Resolves when there is room for more. */
  lines(lines: readonly PodLogLine[]): Promise<void>;
  /** In the place of one of its type that nobody has taken. */
  tell(message: Exclude<PodLogMessage, { type: 'lines' }>): void;
  /** No more comes. */
  end(): void;
  /** Ends what is taken with an error. */
  fail(error: unknown): void;
  take(signal: AbortSignal): AsyncGenerator<PodLogMessage, void, void>;
}

export function createOutbox(): Outbox {
  let waiting: PodLogLine[] = [];
  let size = 0;
  let sequence = 1;
  let ended = false;
  let failed: { error: unknown } | undefined;
  const told = new Map<string, PodLogMessage>();
  let filled = createWakeUp();
  let emptied = createWakeUp();
  const wake = () => {
    const previous = filled;
    filled = createWakeUp();
    previous.wake();
  };

  /** As many as one message holds. */
  function batch(): PodLogMessage {
    let count = 0;
    let characters = 0;
    while (count < waiting.length && count < batchLines && characters < batchCharacters) {
      characters += sizeOf(waiting[count]);
      count += 1;
    }
    const lines = waiting.slice(0, count);
    waiting = waiting.slice(count);
    size -= characters;
    const message: PodLogMessage = { type: 'lines', sequence, lines };
    sequence += count;
    const previous = emptied;
    emptied = createWakeUp();
    previous.wake();
    return message;
  }

  return {
    async lines(lines) {
      for (const line of lines) {
        waiting.push(line);
        size += sizeOf(line);
      }
      wake();
      while (size > mostWaiting && !ended) await emptied.promise;
    },
    tell(message) {
      told.set(message.type, message);
      wake();
    },
    end() {
      ended = true;
      wake();
    },
    fail(error) {
      failed ??= { error };
      wake();
    },
    async *take(signal) {
      try {
        while (!signal.aborted) {
          const next = filled.promise;
          // Sources before the lines that name them, a state behind the lines that led to it.
          const sources = told.get('sources');
          const state = told.get('state');
          told.clear();
          if (sources) yield sources;
          while (waiting.length > 0 && !signal.aborted) yield batch();
          if (state) yield state;
          if (failed) throw failed.error;
          if (waiting.length > 0 || told.size > 0) continue;
          if (ended) return;
          await unlessAborted(next, signal);
          if (!ended) await pause(gather, signal);
        }
      } finally {
        ended = true;
        emptied.wake();
      }
    },
  };
}

function sizeOf(line: PodLogLine | undefined): number {
  return (line?.text.length ?? 0) + aLine;
}
