// A template as it is listed: where it comes from, its text, and what is wrong with it if it cannot be used.
import { z } from 'zod';
import { templateSchema } from '../template';
import { templateProblemSchema } from './problem';

export const templateEntrySchema = z.object({
  /** The template's id; for a file that holds none that can be used, the file's name, which has a dot and so is no id. */
  id: z.string(),
  origin: z.enum(['built-in', 'file']),
  /** Absolute path, for the user's own. */
  file: z.string().optional(),
  yaml: z.string(),
  /** Absent when a problem is an error. */
  template: templateSchema.optional(),
  problems: z.array(templateProblemSchema),
  /** What creating cannot do yet, in the words of its fields. */
  unsupported: z.array(z.string()),
});
export type TemplateEntry = z.infer<typeof templateEntrySchema>;
