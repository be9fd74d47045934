// Images: those that the engine has, those that nodes have, and what can be asked of them.
import { z } from 'zod';

export const engineImageSchema = z.object({
  /** The engine's id for it. */
  id: z.string(),
  /** `name:tag`, as one writes it; none for an image that lost its name to a newer one. */
  names: z.array(z.string()),
  /** Bytes. */
  size: z.number(),
  /** Seconds since the epoch. */
  created: z.number(),
});
export type EngineImage = z.infer<typeof engineImageSchema>;

const podSchema = z.object({ namespace: z.string(), name: z.string() });

export const clusterImageSchema = z.object({
  /** Digest of its configuration, the same on every node: `sha256:...`. */
  id: z.string(),
  /** Full names, tags first. */
  names: z.array(z.string()),
  /** Bytes of its layers as they came. */
  size: z.number(),
  /** When it was built, RFC 3339. */
  created: z.string().optional(),
  /** Names of the nodes that have it. */
  nodes: z.array(z.string()),
  /** Pods that run it or want to. */
  pods: z.array(podSchema),
  /** The node image brought it, Kubernetes cannot do without. */
  system: z.boolean(),
});
export type ClusterImage = z.infer<typeof clusterImageSchema>;

/** A workload whose pods run another image than the one that has their tag now. */
export const staleWorkloadSchema = z.object({
  kind: z.enum(['Deployment', 'StatefulSet', 'DaemonSet', 'Pod']),
  namespace: z.string(),
  name: z.string(),
  /** Images, as the pods name them, of which a newer one is on the nodes. */
  images: z.array(z.string()),
  /** Pods that run the old one. */
  pods: z.array(z.string()),
});
export type StaleWorkload = z.infer<typeof staleWorkloadSchema>;

export const clusterImagesSchema = z.object({
  nodes: z.array(z.object({ name: z.string(), /** Why it could not be asked. */ problem: z.string().optional() })),
  images: z.array(clusterImageSchema),
  stale: z.array(staleWorkloadSchema),
});
export type ClusterImages = z.infer<typeof clusterImagesSchema>;

const reference = z.string().min(1, 'an image needs a name').max(1000);

export const loadRequestSchema = z
  .object({
    /** The cluster. */
    name: z.string(),
    /** Images of the engine, by name or id; with an archive: the name that its image is to have. */
    images: z.array(reference).max(100).default([]),
    /** Absolute path of an archive (docker-archive or OCI, plain, gzip or zstd) or of an OCI layout folder on the core's computer. */
    archive: z.string().max(4096).optional(),
    /** An archive that a window offers, by its id (`images.offer`), instead of one with a path. */
    offered: z.uuid().optional(),
    /** Nodes by name; all that run by default. */
    nodes: z.array(z.string()).min(1).max(500).optional(),
    /** Pull images to the engine first. */
    pull: z.boolean().default(false),
    /** Restart workloads that run an older image under the same name. */
    restart: z.boolean().default(false),
  })
  .refine(({ images, archive, offered }) => images.length > 0 || archive || offered, 'name an image or an archive');
export type LoadRequest = z.infer<typeof loadRequestSchema>;

/** What a window hears that offers a file: first its id, then what is wanted of it, in bytes. */
export const offerSchema = z.union([
  z.object({ file: z.uuid() }),
  z.object({ wanted: z.object({ from: z.number(), length: z.number() }) }),
]);
export type Offer = z.infer<typeof offerSchema>;

/** A piece of an offered file, exactly as it was wanted. */
export const offeredPieceSchema = z.object({
  file: z.uuid(),
  from: z.number().int().nonnegative(),
  base64: z.string().max(2_000_000),
});
export type OfferedPiece = z.infer<typeof offeredPieceSchema>;
