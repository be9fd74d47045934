// Logs of pods as they cross the wire: which containers are read, their lines in numbered batches, and where a reader was.
import { z } from 'zod';
import { errorDataSchema } from './errors';

/**
 * `waiting`: its container has not begun; `reading`; `ended`: its container has, and may begin anew; `broken`: why is with it, and it is
 * tried again; `left-out`: more than are read at once.
 */
export const logSourceStates = ['waiting', 'reading', 'ended', 'broken', 'left-out'] as const;

export const logSourceSchema = z.object({
  /** Of this stream only. */
  id: z.number(),
  /** `namespace/pod/container`. */
  key: z.string(),
  namespace: z.string(),
  pod: z.string(),
  container: z.string(),
  state: z.enum(logSourceStates),
  restarts: z.number(),
  error: errorDataSchema.optional(),
});
export type LogSource = z.infer<typeof logSourceSchema>;

export const podLogLineSchema = z.object({
  /** The id of its source. */
  source: z.number(),
  /** When it was written, as the node says: RFC 3339 with nanoseconds. */
  at: z.string(),
  text: z.string(),
});
export type PodLogLine = z.infer<typeof podLogLineSchema>;

export const podLogMessageSchema = z.union([
  z.object({ type: z.literal('sources'), sources: z.array(logSourceSchema) }),
  z.object({
    type: z.literal('lines'),
    /** Of the first line: lines are numbered from 1. */
    sequence: z.number(),
    lines: z.array(podLogLineSchema),
  }),
  /** `live`: all that there was has been read, more comes as it is written; `lost`: why is with it, and it is tried again. */
  z.object({ type: z.literal('state'), state: z.enum(['live', 'lost']), error: errorDataSchema.optional() }),
]);
export type PodLogMessage = z.infer<typeof podLogMessageSchema>;

/** How far a source was read: the moment of its last line, and how many lines of that moment there were. */
export const logCursorSchema = z.object({ at: z.string().max(40), count: z.number().int().positive() });
export type LogCursor = z.infer<typeof logCursorSchema>;

/** Where a reader is after one more line. */
export function advanced(cursor: LogCursor | undefined, at: string): LogCursor {
  return { at, count: cursor?.at === at ? cursor.count + 1 : 1 };
}

/**
 * Tells for each line of a log that is read again from a cursor's second on whether it comes after the cursor. A node's moments never go
 * back within a container's log.
 */
export function createResume(cursor: LogCursor | undefined): (at: string) => boolean {
  if (!cursor) return () => true;
  let same = 0;
  return (at) => {
    const order = compareMoments(at, cursor.at);
    if (order !== 0) return order > 0;
    same += 1;
    return same > cursor.count;
  };
}

/** Moments of nodes have up to nine digits behind the point, trailing zeros left out; their zone is UTC nearly always. */
export function compareMoments(one: string, other: string): number {
  const [a, b] = [split(one), split(other)];
  if (a.zone === b.zone) return order(a.seconds, b.seconds) || order(a.digits, b.digits);
  return Date.parse(a.seconds + a.zone) - Date.parse(b.seconds + b.zone) || order(a.digits, b.digits);
}

const order = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

function split(moment: string): { seconds: string; digits: string; zone: string } {
  const [, digits = '', zone = ''] = /^(?:\.(\d*?)0*)?([^\d.].*)?$/.exec(moment.slice(19)) ?? [];
  return { seconds: moment.slice(0, 19), digits, zone };
}
