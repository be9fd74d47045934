// Settings, and what the place the app runs in can do.
import { z } from 'zod';
import { settingsChangesSchema, settingsSchema } from '../model/settings';
import { call } from './base';

export const settings = {
  get: call.output(settingsSchema),
  /** Changes the given fields and returns all. */
  set: call.input(settingsChangesSchema).output(settingsSchema),
  /** The product's version, and what only a desktop can do. */
  about: call.output(z.object({ version: z.string(), shell: z.enum(['browser', 'desktop', 'terminal']) })),
};
