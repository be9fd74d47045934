// Where in a project's files something is said, and what of it cannot be had.
import { z } from 'zod';
import { blanksSchema } from '../sentence';

/** A place in a file that somebody wrote. */
export const filePlaceSchema = z.object({
  /** Absolute path. */
  file: z.string(),
  /** Both counted from 1. */
  line: z.int(),
  column: z.int(),
});
export type FilePlace = z.infer<typeof filePlaceSchema>;

/**
 * What a field that is not supported means for the loop:
 * `nothing`: the loop runs as skaffold's would (`verify` is no part of `skaffold dev`);
 * `differs`: it runs, in another way that is said (an image that was to be built in a cloud is built here);
 * `left-out`: an image is not built, or something is not deployed.
 */
export const effectSchema = z.enum(['nothing', 'differs', 'left-out']);
export type Effect = z.infer<typeof effectSchema>;

/** One field that is not supported, or not in the way that skaffold does. */
export const unsupportedSchema = filePlaceSchema.extend({
  /** The keys that lead there, such as `build.artifacts[0].kaniko`; the profile first where one says it: `profiles[1].build.cluster`. */
  path: z.string(),
  /** The last of them: `kaniko`. */
  field: z.string(),
  effect: effectSchema,
  /** Why not, one English sentence. */
  why: z.string(),
  /** What happens in its stead, one English sentence. */
  meaning: z.string(),
  /** Which words say both in other languages, with what fills them. */
  code: z.string(),
  params: z.record(z.string(), z.string()).optional(),
});
export type Unsupported = z.infer<typeof unsupportedSchema>;

/** Why a file cannot be used, or (a warning) what in it is probably not meant. */
export const projectProblemSchema = filePlaceSchema.extend({
  severity: z.enum(['error', 'warning']),
  /** English, such as `build.artefacts is not known here, did you mean artifacts?`. */
  message: z.string(),
  /** The keys that lead there, as far as they are known; empty for the whole file. */
  path: z.string(),
  /** Which words say it in other languages, with what fills them; absent for what others say (a parser of YAML). */
  code: z.string().optional(),
  params: blanksSchema.optional(),
});
export type ProjectProblem = z.infer<typeof projectProblemSchema>;
