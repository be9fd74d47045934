// Commands and shells in containers of any context.
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { execMessageSchema, terminalSizeSchema, wantedExecSchema } from '../model/podexec';
import { call } from './base';

const one = z.object({ id: z.string().min(1).max(100) });

export const podExec = {
  /**
   * Runs it for as long as the answer is listened to; ends with how the command has ended. Throws `not-found` (context, target,
   * container), `exec-failed` (`noShell` among its params where the container has none), `not-possible` (debugging containers that the
   * cluster does not know), `not-ready`, `kubernetes-refused`.
   */
  run: call.input(wantedExecSchema).output(eventIterator(execMessageSchema)),
  /** What is typed. Throws `not-found` when it has ended. */
  write: call.input(one.extend({ base64: z.string().max(2_000_000) })).output(z.void()),
  /** The input ends here: of what runs without a terminal. Throws `not-found`, `not-possible` on Kubernetes before 1.30. */
  endInput: call.input(one).output(z.void()),
  resize: call.input(one.extend(terminalSizeSchema.shape)).output(z.void()),
};
