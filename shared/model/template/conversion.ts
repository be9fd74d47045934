// Templates from and to other programs' configurations: what came of it, and what could not be carried over.
import { z } from 'zod';
import { sentenceSchema } from '../sentence';
import { templateSchema } from '../template';
import { templateProblemSchema } from './problem';

/** Something that the other side cannot say, and why. */
export const notCarriedSchema = sentenceSchema.extend({
  /** Where it stands in what was converted, such as `options.k3d.timeout`. */
  field: z.string(),
});
export type NotCarried = z.infer<typeof notCarriedSchema>;

export const importedSchema = z.object({
  /** What the text is. */
  format: z.enum(['template', 'kind', 'k3d']),
  /** The template's text; absent when any problem is an error. */
  yaml: z.string().optional(),
  template: templateSchema.optional(),
  /** Places are those of the text that was given. */
  problems: z.array(templateProblemSchema),
  notCarried: z.array(notCarriedSchema),
});
export type Imported = z.infer<typeof importedSchema>;
