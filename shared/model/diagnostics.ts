// What the doctor looks at: one check, its verdict, the evidence, and the call that mends it.
import { z } from 'zod';
import { errorDataSchema } from './errors';
import { blanksSchema } from './sentence';

export const checkSchema = z.object({
  /** Stays the same as long as it is about the same thing, whatever the verdict: `disk`, `half-made:shop`. */
  id: z.string(),
  /** Which words it has in other languages; its English comes with it. */
  code: z.string(),
  /** What fills the blanks of its words. */
  params: blanksSchema.optional(),
  group: z.enum(['engine', 'computer', 'network', 'clusters', 'kubeconfig']),
  verdict: z.enum(['ok', 'warning', 'problem', 'unknown']),
  title: z.string(),
  /** What was seen. */
  evidence: z.string(),
  /** Why it matters. */
  why: z.string(),
  /** What would be done about it, in words, when `diagnostics.fix` can do it. */
  fix: z.string().optional(),
  /** What the fix runs, as one would type it. */
  commands: z.array(z.string()).optional(),
  /** What the user can do by hand. */
  advice: z.string().optional(),
  /** The user does not want to be told of it any more; it does not count as long as it is not well. */
  muted: z.boolean().optional(),
  /** The error that says what was seen, where one does. */
  error: errorDataSchema.optional(),
});
export type Check = z.infer<typeof checkSchema>;

/** Whether it is to be told: neither well nor muted. */
export function isTold({ verdict, muted }: Pick<Check, 'verdict' | 'muted'>): boolean {
  return verdict !== 'ok' && !muted;
}
