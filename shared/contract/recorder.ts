// The flight recorder: what is kept of clusters while the app runs, though Kubernetes has forgotten it.
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { feedSchema } from '../model/feed';
import { recordedDetailSchema, recordedPodSchema } from '../model/recorder';
import { call } from './base';

const within = z.object({ context: z.string().min(1).max(1000) });

export const recorder = {
  /**
   * Pods of a context that were deleted since the app runs, live. Clusters of this computer are recorded whenever they run, others from the
   * first look into them.
   */
  watch: call.input(within).output(eventIterator(feedSchema(recordedPodSchema))),
  /** The last words of one, and what happened to it. Throws `not-found`. */
  pod: call.input(within.extend({ key: z.string().max(1000) })).output(recordedDetailSchema),
  /** All of it as a tar.gz, in pieces, without secrets. */
  export: call.input(within).output(eventIterator(z.object({ base64: z.string() }))),
};
