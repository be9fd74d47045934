// What Boathouse and its clusters take on the engine's disk, and what of it can go.
import { z } from 'zod';

const partSchema = z.object({
  name: z.string(),
  /** Where a container has it, for a volume of a container. */
  path: z.string().optional(),
  bytes: z.number(),
});
export type DiskPart = z.infer<typeof partSchema>;

export const diskOwnerSchema = z.object({
  kind: z.enum(['cluster', 'registry', 'cache']),
  /** A cluster's name, a registry's, a cache's upstream. */
  name: z.string(),
  bytes: z.number(),
  /** Containers (what they wrote, not the images that they run from), and each of their volumes; the largest first. */
  parts: z.array(partSchema),
});
export type DiskOwner = z.infer<typeof diskOwnerSchema>;

/** What can be cleaned up, in the order in which it would go; the first three lose nothing that is not made again by itself. */
export const cleanups = ['build-cache', 'untagged-images', 'left-volumes', 'unused-node-images', 'caches'] as const;
export const cleanupSchema = z.enum(cleanups);
export type Cleanup = z.infer<typeof cleanupSchema>;

/** Those that are chosen without a word from the user. */
export const safeCleanups: readonly Cleanup[] = ['build-cache', 'untagged-images', 'left-volumes'];

export const diskSchema = z.object({
  owners: z.array(diskOwnerSchema),
  /** Bytes of all images of the engine, layers that several share once. */
  images: z.number(),
  buildCache: z.number(),
  /** Volumes that belong to none of the owners, the largest first. */
  otherVolumes: z.array(partSchema),
  /** What would go, the largest first; bytes are at most that: layers that others share stay. */
  cleanups: z.array(z.object({ id: cleanupSchema, bytes: z.number(), parts: z.array(partSchema) })),
});
export type Disk = z.infer<typeof diskSchema>;
