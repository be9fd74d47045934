// Logs of pods for as long as a component shows them: taken up where they were when the channel was lost, explained when they cannot be had.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Client } from '../../../../shared/contract';
import type { ErrorData } from '../../../../shared/model/errors';
import { advanced, type LogCursor, type LogSource, type PodLogMessage } from '../../../../shared/model/pod-logs';
import { backoff, pause } from '../../../app/backoff';
import { errorDataOf } from '../../../app/error-data';
import { useBoathouse } from '../../../stores/app-context';
import { whenOpen } from '../../../stores/follow';
import { createLogBuffer, type LogBuffer } from './log-buffer';

export type WantedLogs = Parameters<Client['podLogs']['read']>[0];

export interface PodLogs {
  buffer: LogBuffer;
  /** By the numbers that lines have. */
  sources: ReadonlyMap<number, LogSource>;
  /** `reading`: what there was has not come whole; `ended`: no more comes. */
  state: 'reading' | 'live' | 'lost' | 'ended';
  error?: ErrorData;
  clear(): void;
}

/** Milliseconds in which what comes is gathered before it is drawn. */
const gather = 50;

export function usePodLogs(wanted: WantedLogs): PodLogs {
  const { client, status } = useBoathouse().connection;
  const key = JSON.stringify(wanted);
  const held = useRef<{ key: string; buffer: LogBuffer }>(undefined);
  if (held.current?.key !== key) held.current = { key, buffer: createLogBuffer() };
  const { buffer } = held.current;
  const [shown, setShown] = useState<{
    of: string;
    sources: ReadonlyMap<number, LogSource>;
    state: PodLogs['state'];
    error?: ErrorData;
  }>();

  useEffect(() => {
    const stop = new AbortController();
    const reader = new Reader(buffer);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const draw = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        const { sources, state, error } = reader;
        setShown({ of: key, sources: new Map(sources), state, ...(error && { error }) });
      }, gather);
    };
    const run = async () => {
      let failures = 0;
      while (!stop.signal.aborted) {
        await whenOpen(status, stop.signal);
        try {
          const after = Object.fromEntries(reader.cursors);
          reader.begin();
          for await (const message of await client.podLogs.read(
            { ...JSON.parse(key), after },
            { signal: stop.signal },
          )) {
            if (stop.signal.aborted) return;
            failures = 0;
            reader.take(message);
            draw();
          }
          if (stop.signal.aborted) return;
          reader.state = 'ended';
          return draw();
        } catch (error) {
          if (stop.signal.aborted) return;
          reader.state = 'lost';
          reader.error = status.getState().phase === 'open' ? errorDataOf(error) : undefined;
          draw();
        }
        failures += 1;
        await pause(backoff(failures), stop.signal);
      }
    };
    void run();
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [client, status, key, buffer]);

  const clear = useCallback(() => {
    buffer.clear();
    setShown((before) => before && { ...before });
  }, [buffer]);
  const now = shown?.of === key ? shown : undefined;
  return {
    buffer,
    clear,
    sources: now?.sources ?? new Map(),
    state: now?.state ?? 'reading',
    ...(now?.error && { error: now.error }),
  };
}

/** Sources keep their number when a stream is opened anew. */
class Reader {
  readonly sources = new Map<number, LogSource>();
  readonly cursors = new Map<string, LogCursor>();
  state: PodLogs['state'] = 'reading';
  error: ErrorData | undefined;
  readonly #buffer: LogBuffer;
  readonly #numbers = new Map<string, number>();
  /** Of the present stream: its ids. */
  #keys = new Map<number, string>();

  constructor(buffer: LogBuffer) {
    this.#buffer = buffer;
  }

  begin(): void {
    this.#keys = new Map();
  }

  take(message: PodLogMessage): void {
    if (message.type === 'state') {
      this.state = message.state;
      this.error = message.error;
    } else if (message.type === 'sources') {
      this.error = undefined;
      for (const source of message.sources) {
        const number = this.#numbers.get(source.key) ?? this.#numbers.size + 1;
        this.#numbers.set(source.key, number);
        this.#keys.set(source.id, source.key);
        this.sources.set(number, { ...source, id: number });
      }
    } else {
      const lines = message.lines.map(({ source, at, text }) => {
        const key = this.#keys.get(source) ?? '';
        if (at !== '') this.cursors.set(key, advanced(this.cursors.get(key), at));
        return { source: this.#numbers.get(key) ?? 0, at, text };
      });
      this.#buffer.append(lines);
    }
  }
}
