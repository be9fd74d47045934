// Registries in containers of the engine: the local one that clusters share, and those that other programs made.
import { z } from 'zod';
import { nodeStateSchema } from './cluster';

export const localRegistrySchema = z.object({
  /** The container's, by which nodes and other containers know it. */
  name: z.string(),
  containerId: z.string(),
  /** Whose program made it, by its labels or its name; only ours is ours to clean and to delete. */
  madeBy: z.enum(['boathouse', 'kind', 'k3d', 'ctlptl']),
  state: nodeStateSchema,
  image: z.string(),
  /** What references of its images begin with on this computer and in connected clusters: `localhost:5001`. */
  address: z.string().optional(),
  /** The same for containers in its networks: `boathouse-registry:5000`. */
  inNetwork: z.string(),
  /** Clusters whose nodes fetch its images. */
  clusters: z.array(z.string()),
});
export type LocalRegistry = z.infer<typeof localRegistrySchema>;

export const repositorySchema = z.object({ name: z.string(), tags: z.number() });
export type Repository = z.infer<typeof repositorySchema>;

export const tagSchema = z.object({
  tag: z.string(),
  digest: z.string(),
  /** Bytes of all that it consists of, compressed. */
  size: z.number(),
  /** `linux/amd64`, `linux/arm64/v8` ... */
  platforms: z.array(z.string()),
});
export type Tag = z.infer<typeof tagSchema>;

/** One page of a long list; `next` asks for the one after it. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next: z.string().optional() });
}
