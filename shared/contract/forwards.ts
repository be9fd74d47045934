// Port forwards on 127.0.0.1 to pods, workloads and Services, which live on when pods come and go.
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { feedSchema } from '../model/feed';
import { forwardSchema, wantedForwardSchema } from '../model/forwards';
import { call } from './base';

const one = z.object({ id: z.string().min(1).max(100) });

export const forwards = {
  /** All that this process has open, live. */
  watch: call.output(eventIterator(feedSchema(forwardSchema))),
  /**
   * Opens one, or returns the one that is open already for the same. Throws `not-found` (context, target), `bad-input` (a port that the
   * target does not have), `port-taken` with a free one proposed, `not-possible`, `kubernetes-refused`.
   */
  open: call.input(wantedForwardSchema).output(forwardSchema),
  /** Closes it with its connections; it is not opened again. Throws `not-found`. */
  close: call.input(one).output(z.void()),
  /** Whether it is opened again when the app starts next. Throws `not-found`. */
  keep: call.input(one.extend({ keep: z.boolean() })).output(forwardSchema),
};
