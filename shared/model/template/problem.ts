// What is wrong, or doubtful, in the text of a template, and where.
import { z } from 'zod';
import { blanksSchema } from '../sentence';

export const templateProblemSchema = z.object({
  /** With errors there is no template; warnings are worth a word. */
  severity: z.enum(['error', 'warning']),
  /** English, such as `spec.nodes[0].count must be a number`. */
  message: z.string(),
  /** Which words say it in other languages, as of a warning of a plan; errors have none. */
  code: z.string().optional(),
  params: blanksSchema.optional(),
  /** Keys and indices that lead there, as far as they are known. */
  path: z.array(z.union([z.string(), z.number()])),
  /** Both counted from 1. */
  line: z.number(),
  column: z.number(),
  /** Characters of the text, counted from 0, end not included. */
  from: z.number(),
  to: z.number(),
});
export type TemplateProblem = z.infer<typeof templateProblemSchema>;
