// Dev loops that run: started, steered and watched by their id.
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { loopLineSchema, loopRequestSchema, loopSchema } from '../model/devloop/loop';
import { feedSchema } from '../model/feed';
import { call } from './base';

const one = z.object({ id: z.string().min(1).max(100) });

/** All but `watch` and `start` throw `not-found` for an id that no loop has. */
export const loops = {
  /** All loops, those that a killed core left behind with them, live. */
  watch: call.output(eventIterator(feedSchema(loopSchema))),
  /**
   * Starts one; everything after is told by `watch`. Throws `not-found` for a context that is not there, `not-possible` for one that
   * is not local and was not allowed by name, `busy` when the project runs there already.
   */
  start: call.input(loopRequestSchema).output(one),
  /** Ends the round that runs; what is saved meanwhile waits. */
  pause: call.input(one).output(z.void()),
  /** Of a paused one, or of one whose core was killed: that goes on with what it had deployed. */
  resume: call.input(one).output(z.void()),
  /** Builds all images, or one, and applies everything, though nothing differs. */
  rebuild: call.input(one.extend({ image: z.string().max(500).optional() })).output(z.void()),
  /** Ends it, and deletes what it made unless that is to be kept. Of one whose core was killed, too. */
  stop: call.input(one.extend({ keep: z.boolean().default(false) })).output(z.void()),
  /** Takes one that has ended out of the list. Throws `not-possible` for one that has not. */
  dismiss: call.input(one).output(z.void()),
  /** What is built, deployed and said, after a sequence number; then as it comes. */
  lines: call.input(one.extend({ after: z.int().default(0) })).output(eventIterator(z.array(loopLineSchema))),
};
