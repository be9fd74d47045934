// What the user can set, with its defaults; stored as one JSON document, and handed on as one.
import { z } from 'zod';

/** The form of the document: what an older one says is made of this form (`core/settings/migrate.ts`), a newer one is not read. */
export const settingsVersion = 2;

/** Things that may still change or go; all are off until somebody switches them on. */
export const experiments = ['searchElsewhere'] as const;

const proxy = z
  .string()
  .trim()
  .max(2000)
  .refine((text) => text === '' || /^(https?|socks5h?):\/\/[^\s/]+/.test(text), 'begin with http:// or https://');

const fields = {
  /** Docker endpoint that overrules the environment and docker's contexts; empty: find it. */
  engineHost: z.string(),
  /** Id of the template that new clusters begin with; empty: the first one in the window, `single` in a terminal. */
  defaultTemplate: z.string().max(63),
  language: z.enum(['system', 'en', 'zh-CN']),
  theme: z.enum(['system', 'light', 'dark']),
  /** How close things stand together. */
  density: z.enum(['comfortable', 'compact']),
  /** Keys without a modifier do something: `?`, `n`, `g c`. Whoever dictates, or presses keys by mistake, switches them off. */
  singleKeys: z.boolean(),
  /** A new cluster becomes kubectl's current context, unless that is said otherwise where it is made. */
  switchContext: z.boolean(),
  /** Proxies of nodes, in place of the environment's and docker's; empty: theirs. */
  proxies: z.object({ http: proxy, https: proxy, none: z.string().trim().max(4000) }),
  /** Certificate authorities that the nodes of new clusters trust, PEM; any text beside them is left out. */
  certificates: z.string().max(500_000),
  /** Gigabytes (10^9 bytes) that clusters, registries and caches may take before the doctor warns; 0: as much as there is. */
  diskBudget: z.number().int().min(0).max(100_000),
  /** Tell by the system's notifications how long work ended while the window was not looked at. */
  notifications: z.boolean(),
  /** Begin with the session of the user; the desktop only. */
  startAtLogin: z.boolean(),
  /** Look for newer versions, and offer them; the desktop only. */
  updates: z.boolean(),
  experiments: z.array(z.enum(experiments)).max(50),
  /** Ids of findings that the user has seen and does not want to be told of any more. */
  mutedChecks: z.array(z.string().max(500)).max(500),
};

export const settingsSchema = z.object({
  engineHost: fields.engineHost.default(''),
  defaultTemplate: fields.defaultTemplate.default(''),
  language: fields.language.default('system'),
  theme: fields.theme.default('system'),
  density: fields.density.default('comfortable'),
  singleKeys: fields.singleKeys.default(true),
  switchContext: fields.switchContext.default(true),
  proxies: fields.proxies.default({ http: '', https: '', none: '' }),
  certificates: fields.certificates.default(''),
  diskBudget: fields.diskBudget.default(0),
  notifications: fields.notifications.default(true),
  startAtLogin: fields.startAtLogin.default(false),
  updates: fields.updates.default(true),
  experiments: fields.experiments.default([]),
  mutedChecks: fields.mutedChecks.default([]),
});
export type Settings = z.infer<typeof settingsSchema>;

/** Some of the settings: what is left out stays as it is, so no field has a default here. */
export const settingsChangesSchema = z.object(fields).partial();
