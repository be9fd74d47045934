// The engine's events as they happen, by the fields that every API version has.
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import type { Engine } from './engine';
import { engineFailure } from './failures';
import { readJsonLines } from './json-lines';

/** Milliseconds of silence before the first probe. */
const keepAliveDelay = 15_000;

const eventSchema = z.object({
  Type: z.string(),
  Action: z.string(),
  Actor: z.object({ ID: z.string().default(''), Attributes: z.record(z.string(), z.string()).nullish() }),
  time: z.number().default(0),
});

export type EngineEventType = 'container' | 'network' | 'volume' | 'image';

export interface EngineEvent {
  type: EngineEventType;
  /** `start`, `die`, `destroy` …; what stands after a colon (`exec_start: sh`, `health_status: healthy`) stays. */
  action: string;
  id: string;
  /** Labels of the object, its `name`, `exitCode` and such. */
  attributes: Record<string, string>;
  /** Seconds since 1970, by the engine's clock. */
  time: number;
}

export interface EventFilters {
  types?: readonly EngineEventType[];
  /** `start`, `die` … */
  actions?: readonly string[];
  /** `name` or `name=value`, all of which must match. */
  labels?: readonly string[];
  containers?: readonly string[];
}

/**
 * Events from now on, until aborted (which ends it without an error). The stream stands when the first `next()` was answered or is
 * pending; call `onOpen` is made as soon as the engine accepted it.
 * @throws AppError `engine-unreachable` when the stream ends or breaks by itself, and what `engineFailure` knows
 */
export async function* watchEvents(
  engine: Pick<Engine, 'docker'>,
  filters: EventFilters,
  signal: AbortSignal,
  onOpen?: () => void,
): AsyncGenerator<EngineEvent, void, void> {
  try {
    const stream = (await engine.docker.getEvents({
      filters: toQuery(filters),
      abortSignal: signal,
    })) as IncomingMessage;
    // An engine behind a network can vanish without a word: the probes of TCP notice.
    stream.socket?.setKeepAlive?.(true, keepAliveDelay);
    onOpen?.();
    for await (const line of readJsonLines(stream, { signal })) {
      const event = parseEvent(line);
      if (event) yield event;
    }
  } catch (error) {
    if (signal.aborted) return;
    throw engineFailure(error);
  }
  if (!signal.aborted) throw engineFailure(Object.assign(new Error('The event stream ended'), { code: 'ECONNRESET' }));
}

/** One event; undefined for a type that is not watched here (daemon, plugin, builder …). */
export function parseEvent(line: unknown): EngineEvent | undefined {
  const parsed = eventSchema.safeParse(line);
  if (!parsed.success) return undefined;
  const { Type: type, Action: action, Actor: actor, time } = parsed.data;
  if (type !== 'container' && type !== 'network' && type !== 'volume' && type !== 'image') return undefined;
  return { type, action, id: actor.ID, attributes: actor.Attributes ?? {}, time };
}

function toQuery(filters: EventFilters) {
  return {
    type: [...(filters.types ?? ['container', 'network', 'volume', 'image'])],
    ...(filters.actions && { event: [...filters.actions] }),
    ...(filters.labels && { label: [...filters.labels] }),
    ...(filters.containers && { container: [...filters.containers] }),
  };
}
