// Diagnostics: the engine's state and the doctor's checks.
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { checkSchema } from '../model/diagnostics';
import { engineStateSchema } from '../model/engine';
import { sentenceSchema } from '../model/sentence';
import { call } from './base';

export const diagnostics = {
  engine: call.output(eventIterator(engineStateSchema)),
  /** Tries the engine again now instead of at the next attempt. */
  reconnect: call.output(z.void()),
  checks: call.output(z.array(checkSchema)),
  /** Remembers not to tell of a finding any more, or to tell of it again. */
  mute: call.input(z.object({ id: z.string().max(500), muted: z.boolean() })).output(z.void()),
  /** Does what a check's `fix` says, and tells what was done. Throws `not-found`. */
  fix: call.input(z.object({ id: z.string() })).output(sentenceSchema),
};
