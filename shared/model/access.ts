// How the nodes of a cluster get into private registries: whom they sign in as, and which certificates they trust beyond the usual.
import { z } from 'zod';

/** Host of a registry as references name it: `ghcr.io`, `registry.corp:5000`. */
export const registryHostSchema = z
  .string()
  .regex(
    /^[a-zA-Z0-9]([a-zA-Z0-9.-]*[a-zA-Z0-9])?(:\d{1,5})?$/,
    'use the host of a registry, such as registry.example.com:5000',
  )
  .max(260);

/** `kubelet`: every pod of every namespace pulls with it; `secret`: pods of chosen namespaces do, by an imagePullSecret. */
export const signInWays = ['kubelet', 'secret'] as const;
export const signInWaySchema = z.enum(signInWays);
export type SignInWay = z.infer<typeof signInWaySchema>;

export const signInSchema = z.object({
  registry: z.string(),
  /** Who signs in; never the password. Empty when it cannot be read. */
  account: z.string(),
  way: signInWaySchema,
  /** With `secret`: where it is. */
  namespaces: z.array(z.string()),
});
export type SignIn = z.infer<typeof signInSchema>;

export const trustedCertificateSchema = z.object({
  /** SHA-256 of the certificate, 64 hexadecimal digits. */
  fingerprint: z.string(),
  /** Its common name, or all of its subject. */
  subject: z.string(),
  /** RFC 3339. */
  expires: z.string(),
});
export type TrustedCertificate = z.infer<typeof trustedCertificateSchema>;

export const accessSchema = z.object({
  signIns: z.array(signInSchema),
  certificates: z.array(trustedCertificateSchema),
});
export type Access = z.infer<typeof accessSchema>;
