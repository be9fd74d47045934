// Logs of pods: of one, of a workload or of whatever has certain labels, followed across restarts.
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { logCursorSchema, podLogMessageSchema } from '../model/pod-logs';
import { podTargetSchema } from '../model/pod-target';
import { call } from './base';

const name = z.string().min(1).max(253);

export const podLogs = {
  /**
   * Lines in numbered batches. With `follow`, pods that come later join, a container that restarts goes on, and a cluster that goes away
   * is told and taken up again; else it ends with the last line that there is. Throws `not-found` (context, target, container),
   * `kubernetes-refused`.
   */
  read: call
    .input(
      z.object({
        context: z.string().min(1).max(1000),
        targets: z.array(podTargetSchema).min(1).max(50),
        /** Only containers of these names; none: all. */
        containers: z.array(name).max(50).default([]),
        follow: z.boolean().default(false),
        /** The run before the present one of each container; is not followed. */
        previous: z.boolean().default(false),
        /** So many lines of each container from the end; none: all. */
        tail: z.number().int().min(0).max(1_000_000).optional(),
        /** Only what was written since. */
        since: z.iso.datetime({ offset: true }).optional(),
        /** Goes on behind these, by the key of a source: a reader whose channel broke misses nothing and gets nothing twice. */
        after: z.record(z.string().max(800), logCursorSchema).optional(),
      }),
    )
    .output(eventIterator(podLogMessageSchema)),
};
