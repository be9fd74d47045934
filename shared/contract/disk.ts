// The engine's disk: what takes it, and cleaning up.
import { z } from 'zod';
import { cleanupSchema, diskSchema } from '../model/disk';
import { call } from './base';

export const disk = {
  /** What takes the disk now. The engine measures: this takes seconds where there is much. */
  usage: call.output(diskSchema),
  /** Takes away what `usage` lists under these names; what is in use by then stays. */
  clean: call
    .input(z.object({ cleanups: z.array(cleanupSchema).min(1).max(20) }))
    .output(z.object({ operationId: z.string() })),
};
