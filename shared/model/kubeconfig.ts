// The kubeconfig as people see it: every context of every file, which cluster it leads to, and what is known to be wrong with it.
import { z } from 'zod';
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
