// Private registries: what nodes sign in with, and which certificates they trust beyond the usual.
import { z } from 'zod';
import { accessSchema, registryHostSchema, signInWaySchema } from '../model/access';
import { call } from './base';

const cluster = z.string().max(253);
const started = z.object({ operationId: z.string() });
const namespace = z
  .string()
  .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, 'use the name of a namespace')
  .max(63);

export const access = {
  /** What the nodes of a running cluster have. Throws `not-found`, `not-possible`, `not-ready`. */
  of: call.input(z.object({ cluster })).output(accessSchema),
  /** Hosts of the registries for which docker keeps credentials on this computer, sorted. */
  known: call.output(z.array(z.string())),
  /**
   * Gives a cluster what `docker login` keeps for a registry. Throws `not-found` (the cluster, or docker keeps nothing), `not-possible`,
   * `not-ready`; the operation fails with `credentials-refused` when the registry does not take it.
   */
  signIn: call
    .input(
      z.object({
        cluster,
        registry: registryHostSchema,
        way: signInWaySchema.default('kubelet'),
        /** With `secret`: where pods shall pull with it. */
        namespaces: z.array(namespace).min(1).max(100).default(['default']),
      }),
    )
    .output(started),
  /** Takes it from the cluster, whichever way it came there. Throws `not-found`. */
  signOut: call.input(z.object({ cluster, registry: registryHostSchema })).output(started),
  /**
   * Lets the nodes trust certificates: those of a PEM text, or those that docker trusts for a registry.
   * Throws `bad-input` for a text without certificates, `not-found` when docker has none.
   */
  trust: call
    .input(
      z
        .object({ cluster, pem: z.string().max(1_000_000).optional(), registry: registryHostSchema.optional() })
        .refine(
          ({ pem, registry }) => (pem === undefined) !== (registry === undefined),
          'give a PEM text or a registry',
        ),
    )
    .output(started),
  /** Takes a certificate away, by the beginning of its fingerprint. Throws `not-found`. */
  distrust: call.input(z.object({ cluster, fingerprint: z.string().regex(/^[0-9a-fA-F:]{6,95}$/) })).output(started),
};
