// How a project wants its images tagged. What runs is named by digest; tags matter to custom builds, to pushes and to eyes.
import { z } from 'zod';

const single = [
  /** skaffold's own: `Tags` (the default), `CommitSha`, `AbbrevCommitSha`, `TreeSha`, `AbbrevTreeSha`. */
  z.object({
    kind: z.literal('gitCommit'),
    variant: z.enum(['Tags', 'CommitSha', 'AbbrevCommitSha', 'TreeSha', 'AbbrevTreeSha']),
    prefix: z.string(),
    ignoreChanges: z.boolean(),
  }),
  /** `latest`, or what the image's name says. */
  z.object({ kind: z.literal('sha256') }),
  z.object({ kind: z.literal('inputDigest') }),
  /** Go's text/template over the environment and `IMAGE_NAME`. */
  z.object({ kind: z.literal('envTemplate'), template: z.string() }),
  /** Go's layout of times, such as `2006-01-02_15-04-05.999_MST`; `timezone` is a name of IANA's, empty: this computer's. */
  z.object({ kind: z.literal('dateTime'), format: z.string(), timezone: z.string() }),
] as const;

/** One of skaffold's policies that stands alone. */
export const singleTagPolicySchema = z.discriminatedUnion('kind', single);
export type SingleTagPolicy = z.infer<typeof singleTagPolicySchema>;

export const tagPolicySchema = z.discriminatedUnion('kind', [
  ...single,
  /** Go's text/template over what `components` give under their names. */
  z.object({
    kind: z.literal('customTemplate'),
    template: z.string(),
    components: z.array(z.object({ name: z.string(), policy: singleTagPolicySchema })),
  }),
]);
export type TagPolicy = z.infer<typeof tagPolicySchema>;
