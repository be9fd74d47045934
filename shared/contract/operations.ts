// Operations: the long work of the core, watched and cancelled from any window.
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { feedSchema } from '../model/feed';
import { logLineSchema, operationSchema } from '../model/operation';
import { call } from './base';

const one = z.object({ id: z.string() });

export const operations = {
  watch: call.output(eventIterator(feedSchema(operationSchema))),
  /** Asks it to stop and undo; returns at once. Throws `not-found`. */
  cancel: call.input(one).output(z.void()),
  /** Log lines after a sequence number, then new ones until it has ended; of an earlier one the end that is kept. */
  log: call.input(one.extend({ after: z.number().default(0) })).output(eventIterator(z.array(logLineSchema))),
  /** The last words of nodes that a failed create took away, by node and file. Throws `not-found`. */
  nodeLogs: call.input(one).output(z.array(z.object({ path: z.string(), text: z.string() }))),
  /** What was done to a subject (a cluster) and has ended, the newest first, also before Boathouse was last started. */
  history: call.input(z.object({ subject: z.string().min(1).max(253) })).output(z.array(operationSchema)),
  /** Forgets an ended operation. */
  dismiss: call.input(one).output(z.void()),
};
