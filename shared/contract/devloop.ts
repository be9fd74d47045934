// The dev loop: folders that people develop in, what they are read as, and the loops that run.
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { readingSchema } from '../model/devloop/project';
import { folderChoiceSchema, proposalSchema, rememberedProjectSchema } from '../model/devloop/proposal';
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
  /**
   * Folders that a path which is being written may become: those in its folder that begin as it does, at most 100. Nothing written:
   * what is in the user's home. Never fails for what is not there.
   */
  folders: call.input(z.object({ path: z.string().max(4096) })).output(z.array(folderChoiceSchema)),
  /** The system's own dialog, where there is one (`settings.about`: a desktop). Throws `not-possible` elsewhere. */
  chooseFolder: call.output(z.object({ dir: z.string().optional() })),
  /** Names of the samples that come with the product. */
  samples: call.output(z.array(z.string())),
  /**
   * Copies a sample into a folder that is not there yet, or empty; `~` stands for the user's home. Throws `not-found`, `name-taken` for
   * a folder that holds something, `bad-input` for one that cannot be written.
   */
  startSample: call.input(z.object({ name: z.string().min(1).max(100), dir })).output(z.object({ dir: z.string() })),
  /** Keeps a folder in the list, with what was last chosen for it. Throws as `read` does. */
  remember: call
    .input(z.object({ dir, name: z.string().min(1).max(253), context: z.string().max(1000).optional(), profiles }))
    .output(z.void()),
  /** Takes a folder out of the list; the folder itself is left alone. */
  forget: call.input(z.object({ dir })).output(z.void()),
};
