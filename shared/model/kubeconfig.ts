// The kubeconfig as people see it: every context of every file, which cluster it leads to, and what is known to be wrong with it.
import { z } from 'zod';
import { fileDiffSchema } from './diff';
import { errorDataSchema } from './errors';
import { sentenceSchema } from './sentence';

/**
 * What a context leads to: a cluster that Boathouse, kind, k3d or minikube made, another one whose address is this computer,
 * one elsewhere, or nothing that can be told (`unknown`: its cluster is not in the files).
 */
export const contextOrigins = ['boathouse', 'kind', 'k3d', 'minikube', 'local', 'remote', 'unknown'] as const;
export type ContextOrigin = (typeof contextOrigins)[number];

export const kubeContextSchema = z.object({
  name: z.string(),
  /** The file whose context of that name kubectl uses: the first that has one. */
  file: z.string(),
  /** Further files that have a context of that name, which kubectl ignores. */
  hiddenIn: z.array(z.string()),
  cluster: z.string(),
  user: z.string(),
  /** Without user and password. */
  server: z.string().optional(),
  namespace: z.string().optional(),
  current: z.boolean(),
  origin: z.enum(contextOrigins),
  /** What its own program calls the local cluster. */
  clusterName: z.string().optional(),
  /** How it signs in; `program`: an exec plugin. */
  signsIn: z.enum(['certificate', 'token', 'password', 'program', 'provider', 'nothing']),
  /** The exec plugin. */
  program: z.string().optional(),
  /** When the client certificate or token stops to be valid, as far as that can be read without asking anyone. */
  expiresAt: z.iso.datetime().optional(),
  /** What is wrong with it that the files alone tell. */
  faults: z.array(sentenceSchema),
});
export type KubeContext = z.infer<typeof kubeContextSchema>;

export const kubeconfigViewSchema = z.object({
  files: z.array(
    z.object({
      path: z.string(),
      exists: z.boolean(),
      /** Why it cannot be used; its contexts are not in the list then. */
      error: errorDataSchema.optional(),
      /** Somebody holds its lock, for so many seconds. */
      locked: z.object({ lock: z.string(), seconds: z.number() }).optional(),
    }),
  ),
  contexts: z.array(kubeContextSchema),
  /** The current context, also when no file has a context of that name. */
  current: z.string().optional(),
});
export type KubeconfigView = z.infer<typeof kubeconfigViewSchema>;

export const probeOutcomes = [
  'answers',
  'unauthorized',
  'forbidden',
  'unreachable',
  'slow',
  'untrusted',
  'not-kubernetes',
  'program-failed',
  'program-slow',
  'unusable',
] as const;

/** What came of asking a context's cluster who it is. */
export const probeSchema = z.object({
  context: z.string(),
  at: z.iso.datetime(),
  outcome: z.enum(probeOutcomes),
  said: sentenceSchema,
  /** What was answered or said by a program, without secrets. */
  detail: z.string().optional(),
  version: z.string().optional(),
  /** From the request to its answer, the connection included. */
  milliseconds: z.number().optional(),
  who: z
    .object({ name: z.string(), groups: z.array(z.string()), from: z.enum(['kubernetes', 'certificate']) })
    .optional(),
  /** When the certificate that the API server shows stops to be valid. */
  serverCertificateUntil: z.iso.datetime().optional(),
});
export type Probe = z.infer<typeof probeSchema>;

/** Whether `moment` (RFC 3339) is over at `now` (milliseconds). */
export function isExpired(moment: string | undefined, now: number): boolean {
  return moment !== undefined && Date.parse(moment) <= now;
}

const contextName = z
  .string()
  .min(1)
  .max(253)
  .regex(/^[^\p{Cc}]+$/u, 'a name has no line breaks');

/** What to do with an imported context whose name is taken by another one. */
export const importChoices = ['keep', 'rename', 'replace'] as const;
export type ImportChoice = (typeof importChoices)[number];

/** A wish to change the kubeconfig: first asked what it would change, then done. */
export const kubeconfigChangeSchema = z.discriminatedUnion('kind', [
  /** Makes a context the current one, and `namespace` its default one; `stay`: only the namespace. */
  z.object({
    kind: z.literal('use'),
    context: contextName,
    namespace: z
      .string()
      .max(63)
      .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, 'use lower-case letters, digits and dashes')
      .optional(),
    stay: z.boolean().default(false),
  }),
  z.object({ kind: z.literal('rename'), context: contextName, to: contextName }),
  /** With clusters and users that no other context needs. */
  z.object({ kind: z.literal('remove'), contexts: z.array(contextName).min(1).max(1000) }),
  z.object({
    kind: z.literal('import'),
    text: z.string().max(5_000_000, 'a kubeconfig has at most five million characters'),
    /** Path of the file that the text is from: paths in it are meant from there. */
    from: z.string().max(4096).optional(),
    /** By the names in the text; `rename` where nothing is said, so that nothing is lost. */
    choices: z.record(z.string(), z.enum(importChoices)).default({}),
  }),
  /** Takes back a change of the history. */
  z.object({ kind: z.literal('undo'), id: z.string().max(200) }),
]);
export type KubeconfigChange = z.infer<typeof kubeconfigChangeSchema>;

/** What a change would do. Secrets are not in it: `[hidden 1]` stands for each. */
export const kubeconfigPlanSchema = z.object({
  files: z.array(fileDiffSchema),
  /** What to know before saying yes, such as that an imported context runs a program. */
  warnings: z.array(sentenceSchema),
  /** Of an import: what becomes of each context in the text. */
  imports: z.array(
    z.object({
      name: z.string(),
      /** The name that it gets. */
      as: z.string(),
      becomes: z.enum(['same', 'new', 'kept', 'renamed', 'replaced']),
      /** Another one has its name. */
      conflict: z.boolean(),
      server: z.string().optional(),
    }),
  ),
});
export type KubeconfigPlan = z.infer<typeof kubeconfigPlanSchema>;

/** A change that was made, by any Boathouse of this user. */
export const kubeconfigHistoryEntrySchema = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  said: sentenceSchema,
  files: z.array(z.string()),
});
export type KubeconfigHistoryEntry = z.infer<typeof kubeconfigHistoryEntrySchema>;

/** Whether a context leads to something on this computer; everything else is to be handled with care. */
export function isLocalOrigin(origin: ContextOrigin): boolean {
  return origin !== 'remote' && origin !== 'unknown';
}
