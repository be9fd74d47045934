// Templates: what kinds of clusters can be made, and the user's own as files in the config folder.
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { feedSchema } from '../model/feed';
import { templateSchema, templateSummarySchema } from '../model/template';
import { importedSchema, notCarriedSchema } from '../model/template/conversion';
import { templateEntrySchema } from '../model/template/entry';
import { parameterValuesSchema } from '../model/template/parameters';
import { templateProblemSchema } from '../model/template/problem';
import { dnsLabel } from '../model/template/values';
import { call } from './base';

const text = z.string().max(1_000_000, 'a template has at most a million characters');
const one = z.object({ id: z.string() });

export const templates = {
  /** Those that can be used: built in first, the smallest first. */
  list: call.output(z.array(templateSummarySchema)),
  /** All of them, also files with mistakes, live. The key is `id`. */
  watch: call.output(eventIterator(feedSchema(templateEntrySchema))),
  /** Throws `template-unknown`. */
  get: call.input(one).output(templateSummarySchema),
  /** What is wrong with a text, without doing anything with it. */
  validate: call.input(z.object({ yaml: text, parameters: parameterValuesSchema.optional() })).output(
    z.object({
      /** Parameters filled with the values given, else with their defaults; absent when a problem is an error. */
      template: templateSchema.optional(),
      problems: z.array(templateProblemSchema),
      /** What is wrong with the values given, or which are missing. */
      parameters: z.array(z.object({ name: z.string(), message: z.string() })),
      /** What creating cannot do yet, in the words of its fields. */
      unsupported: z.array(z.string()),
    }),
  ),
  /**
   * What a text, a file of this computer (its whole path), or what an https address gives, is as a template; saves nothing.
   * Throws `address-refused` (no https, not public), `download-failed`, `bad-input` for a file that is none of a template or cannot be read.
   */
  import: call
    .input(
      z.union([
        z.object({ text, from: z.string().max(1000) }),
        z.object({ file: z.string().max(4096) }),
        z.object({ url: z.string().max(2000) }),
      ]),
    )
    .output(importedSchema.extend({ /** As it was given or fetched. */ text: z.string(), from: z.string() })),
  /**
   * Keeps a template as a file. Throws `template-invalid`, `name-taken` (another has its id), `template-unwritable`, and
   * `template-changed` when the one that it replaces is no longer as the caller knows it.
   */
  save: call
    .input(
      z.object({
        yaml: text,
        /** The template of the user's that it takes the place of, and its text as the caller read it. */
        replacing: z.object({ id: z.string(), yaml: z.string() }).optional(),
      }),
    )
    .output(templateEntrySchema),
  /** Removes one of the user's own; the text can be saved again. Throws `template-unknown`, `bad-input` for built-in ones. */
  delete: call.input(one).output(z.object({ yaml: z.string() })),
  /** Keeps a copy under another id. Throws `template-unknown`, `name-taken`, `template-unwritable`. */
  duplicate: call.input(one.extend({ as: dnsLabel })).output(templateEntrySchema),
  /**
   * A template as a configuration of kind v1alpha4 or k3d v1alpha5, and what it does not say.
   * Throws `template-unknown`, `bad-input` for values of parameters.
   */
  export: call
    .input(one.extend({ as: z.enum(['kind', 'k3d']), parameters: parameterValuesSchema.optional() }))
    .output(z.object({ yaml: z.string(), notCarried: z.array(notCarriedSchema) })),
};
