// The dev loop: folders that people develop in, what they are read as, and the loops that run.
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { readingSchema } from '../model/devloop/project';
import { proposalSchema, rememberedProjectSchema } from '../model/devloop/proposal';
import { feedSchema } from '../model/feed';
import { call } from './base';

const dir = z.string().min(1).max(4096);
const profiles = z.array(z.string().min(1).max(253)).max(50).default([]);

export const devloop = {
  /** Projects that were opened before, the latest first, live. */
  projects: call.output(eventIterator(feedSchema(rememberedProjectSchema))),
  /**
   * What a folder (or a skaffold.yaml) is read as: every image, manifest and port, and what is not supported. Nothing is run, and
   * nothing is written. Throws `bad-input` for a path that is not absolute, `not-found` for one that is not there.
   */
  read: call
    .input(
      z.object({
        dir,
        /** Profiles to use; `-name` keeps one out that would be activated. */
        profiles,
        /** The context that profiles are activated for; absent: the current one. */
        context: z.string().min(1).max(1000).optional(),
      }),
    )
    .output(readingSchema),
  /** What a folder without a skaffold.yaml could be. Throws as `read` does. */
  propose: call.input(z.object({ dir })).output(proposalSchema),
  /**
   * Writes a proposal as the folder's skaffold.yaml. Throws `name-taken` where there is one, `bad-input` for a text that is none,
   * `not-found`.
   */
  save: call.input(z.object({ dir, yaml: z.string().max(1_000_000) })).output(z.object({ file: z.string() })),
  /** Keeps a folder in the list, with what was last chosen for it. Throws as `read` does. */
  remember: call
    .input(z.object({ dir, name: z.string().min(1).max(253), context: z.string().max(1000).optional(), profiles }))
    .output(z.void()),
  /** Takes a folder out of the list; the folder itself is left alone. */
  forget: call.input(z.object({ dir })).output(z.void()),
};
