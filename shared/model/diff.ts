// What changes in a text, line by line, as data.
import { z } from 'zod';

export const diffHunkSchema = z.object({
  /** Number of its first line in the text as it is now. */
  line: z.number(),
  lines: z.array(z.object({ kind: z.enum(['same', 'gone', 'new']), text: z.string() })),
});
export type DiffHunk = z.infer<typeof diffHunkSchema>;

/** `file`: its path, or what else the text is. */
export const fileDiffSchema = z.object({ file: z.string(), hunks: z.array(diffHunkSchema) });
export type FileDiff = z.infer<typeof fileDiffSchema>;
