// Commands and shells in containers as they cross the wire: what runs where, what it says, how it ended.
import { z } from 'zod';
import { namedTargetSchema, nodeTargetSchema } from './pod-target';

const size = z.number().int().min(1).max(1_000);
export const terminalSizeSchema = z.object({ columns: size, rows: size });
export type TerminalSize = z.infer<typeof terminalSizeSchema>;

export const wantedExecSchema = z.object({
  context: z.string().min(1).max(1000),
  /**
   * Of a workload: the first of its pods that runs. A node: where it is a container of this computer's engine, in that; else in a
   * privileged pod that is made on it for as long as the command runs, of the image that `debug` names.
   */
  target: z.union([namedTargetSchema, nodeTargetSchema]),
  /** Nothing: the one that the pod names as its default, else its first. */
  container: z.string().min(1).max(253).optional(),
  /** Program and arguments; nothing: the best shell that there is. */
  command: z.array(z.string().max(100_000)).min(1).max(1_000).optional(),
  /** With a terminal of this size; else output and errors come apart and the input can end. */
  terminal: terminalSizeSchema.optional(),
  /** In a container of this image that joins the pod for it and stays in it, ended: for containers without a shell. */
  debug: z
    .object({ image: z.string().regex(/^[a-zA-Z0-9][\w.:/@-]{0,499}$/, 'this is no reference of an image') })
    .optional(),
});
export type WantedExec = z.infer<typeof wantedExecSchema>;

export const execMessageSchema = z.union([
  z.object({
    type: z.literal('opened'),
    /** For what is written to it. */
    id: z.string(),
    pod: z.string(),
    container: z.string(),
  }),
  /** A debugging container is being started. */
  z.object({ type: z.literal('waiting'), for: z.string() }),
  z.object({ type: z.literal('output'), stream: z.enum(['out', 'err']), base64: z.string() }),
  z.object({ type: z.literal('ended'), code: z.number() }),
]);
export type ExecMessage = z.infer<typeof execMessageSchema>;
