// Port forwards: a port of this computer that leads to a port of pods, for as long as it is open, whichever pods there are.
import { z } from 'zod';
import { errorDataSchema } from './errors';
import { namedTargetSchema, targetText } from './pod-target';

/** A number, or the name that a container or a Service gives it. */
export const forwardPortSchema = z.union([z.number().int().min(1).max(65_535), z.string().regex(/^[a-z0-9-]{1,63}$/)]);
export type ForwardPort = z.infer<typeof forwardPortSchema>;

export const wantedForwardSchema = z.object({
  context: z.string().min(1).max(1000),
  target: namedTargetSchema,
  /** As the target has it: a Service's own port, not that of its pods. Nothing: the only one there is. */
  port: forwardPortSchema.optional(),
  /** On 127.0.0.1. Nothing: the same number where it is free and allowed, else any. */
  localPort: z.number().int().min(1).max(65_535).optional(),
  /** Opened again when the app starts next. */
  keep: z.boolean().default(false),
});
export type WantedForward = z.infer<typeof wantedForwardSchema>;

/** `open`: the next connection is let through; `waiting`: no pod takes one, why is with it; `lost`: the cluster does not answer. */
export const forwardStates = ['open', 'waiting', 'lost'] as const;

export const forwardSchema = z.object({
  id: z.string(),
  context: z.string(),
  target: namedTargetSchema,
  port: forwardPortSchema,
  /** 0: it could not be opened again, why is with it. */
  localPort: z.number(),
  keep: z.boolean(),
  state: z.enum(forwardStates),
  /** That connections go to now. */
  pod: z.string().optional(),
  /** Connections that are open. */
  connections: z.number(),
  error: errorDataSchema.optional(),
});
export type Forward = z.infer<typeof forwardSchema>;

/** `service/web:80`. */
export function forwardText({ target, port }: Pick<Forward, 'target' | 'port'>): string {
  return `${targetText(target)}:${port}`;
}
