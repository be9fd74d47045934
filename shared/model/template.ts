// The cluster template: the versioned YAML document that says what cluster a user wants.
import { z } from 'zod';
import { brokenRules } from './template/rules';
import { specSchema } from './template/spec';
import { dnsLabel } from './template/values';
import { wordsSchema } from './template/words';

export type { NodePool } from './template/pools';
export { nodeCount } from './template/pools';
export { wordsIn } from './template/words';

export const templateApiVersion = 'boathouse.dev/v1';

const metadataSchema = z.strictObject({
  id: dnsLabel.describe('What the template is called in commands and addresses.'),
  title: wordsSchema.describe('What the template is called on the screen.'),
  description: wordsSchema.describe('Whom it is for, in a sentence or two.'),
  icon: z.string().min(1).optional().describe('Name of a picture, such as sailboat, fleet or compass.'),
  documentation: wordsSchema.optional().describe('More about it, as Markdown.'),
});

export const templateSchema = z.strictObject({
  apiVersion: z.literal(templateApiVersion).describe('Version of this format.'),
  kind: z.literal('ClusterTemplate').describe('Kind of this document.'),
  metadata: metadataSchema.describe('What the template is called and what it is for.'),
  spec: specSchema
    .superRefine((spec, context) => {
      for (const { path, message } of brokenRules(spec)) context.addIssue({ code: 'custom', path, message });
    })
    .describe('What cluster it makes.'),
});
export type ClusterTemplate = z.infer<typeof templateSchema>;

/** A template that can be used, and where it comes from. */
export const templateSummarySchema = z.object({
  template: templateSchema,
  origin: z.enum(['built-in', 'file']),
  /** Absolute path, for the user's own. */
  file: z.string().optional(),
  yaml: z.string(),
});
export type TemplateSummary = z.infer<typeof templateSummarySchema>;
