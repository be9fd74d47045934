// Settings, and what the place the app runs in can do.
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { settingsChangesSchema, settingsSchema } from '../model/settings';
import { call } from './base';

export const settings = {
  get: call.output(settingsSchema),
  /** The same, live: whichever window or terminal of this core changes them. */
  watch: call.output(eventIterator(settingsSchema)),
  /** Changes the given fields and returns all. Throws `bad-input` for certificates that are none. */
  set: call.input(settingsChangesSchema).output(settingsSchema),
  /** Every setting as it is at first. The file of before stays beside the new one. */
  reset: call.output(settingsSchema),
  /** All settings as a JSON document, to keep or to hand on; passwords of proxies are left out. */
  export: call.output(z.object({ json: z.string() })),
  /**
   * Takes over a document that `export` wrote, of this version or an earlier one; what is not in it becomes as it is at first.
   * Throws `bad-input` for what is no such document, or a newer one's, and changes nothing then.
   */
  import: call.input(z.object({ json: z.string().max(2_000_000) })).output(settingsSchema),
  /** The product's version, and what only a desktop can do. */
  about: call.output(
    z.object({
      version: z.string(),
      shell: z.enum(['browser', 'desktop', 'terminal']),
      /** Milliseconds since 1970: when an earlier core broke down, and this one took its place. */
      restartedAt: z.number().optional(),
    }),
  ),
};
