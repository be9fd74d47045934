// Kubernetes versions that clusters can be made with: what image each is, how long it is mended, and whether the engine has it.
import { z } from 'zod';

/** `maintenance`: only what is critical is still mended; `unknown`: newer than what is known here, or the image does not say. */
export const supportSchema = z.object({
  state: z.enum(['supported', 'maintenance', 'ended', 'unknown']),
  /** `2027-06-28`: the day on which it ends or has ended. */
  until: z.string().optional(),
});
export type Support = z.infer<typeof supportSchema>;

export const nodeVersionSchema = z.object({
  provider: z.enum(['kubeadm', 'k3s']),
  /** `v1.36.1`, or with k3s `v1.36.1+k3s1`; absent where an image's name does not say. */
  version: z.string().optional(),
  /** What to ask for: with its digest where that is known. */
  image: z.string(),
  support: supportSchema,
  /** In the catalogue: it can be asked for by its version, and pulled. Others are only on the engine. */
  offered: z.boolean(),
  /** What a template gets that names no version. */
  usual: z.boolean(),
  /** On the engine: making a cluster pulls nothing. */
  here: z.boolean(),
  /** Bytes that it takes on the engine; absent while it is not there. */
  size: z.number().optional(),
});
export type NodeVersion = z.infer<typeof nodeVersionSchema>;
