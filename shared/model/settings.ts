// What the user can set, with its defaults; stored as one JSON document.
import { z } from 'zod';

const fields = {
  /** Docker endpoint that overrules the environment and docker's contexts; empty: find it. */
  engineHost: z.string(),
  language: z.enum(['system', 'en', 'zh-CN']),
  theme: z.enum(['system', 'light', 'dark']),
  /** Ids of findings that the user has seen and does not want to be told of any more. */
  mutedChecks: z.array(z.string().max(500)).max(500),
};

export const settingsSchema = z.object({
  engineHost: fields.engineHost.default(''),
  language: fields.language.default('system'),
  theme: fields.theme.default('system'),
  mutedChecks: fields.mutedChecks.default([]),
});
export type Settings = z.infer<typeof settingsSchema>;

/** Some of the settings: what is left out stays as it is, so no field has a default here. */
export const settingsChangesSchema = z.object(fields).partial();
