// Pull-through caches: each keeps what clusters fetch from one registry elsewhere, on the engine's disk.
import { z } from 'zod';
import { nodeStateSchema } from './cluster';

/** A registry as references name it: `docker.io`, `registry.example.com:5000`. */
export const upstreamSchema = z
  .string()
  .max(253)
  .regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/, 'use the name of a registry such as docker.io or ghcr.io');

export const cacheSchema = z.object({
  upstream: upstreamSchema,
  /** Where it fetches from. */
  url: z.string(),
  /** The container's, by which nodes know it; also its volume's. */
  name: z.string(),
  containerId: z.string(),
  state: nodeStateSchema,
  image: z.string(),
  /** Bytes that it may take; beyond, what was used least recently goes. */
  budget: z.number(),
  /** Whom it signs in as; nobody without it. */
  account: z.string().optional(),
  /** Clusters whose nodes ask it first. */
  clusters: z.array(z.string()),
});
export type Cache = z.infer<typeof cacheSchema>;

/** Upstreams that most clusters fetch from. */
export const usualUpstreams = ['docker.io', 'registry.k8s.io', 'ghcr.io', 'quay.io'] as const;

/** Bytes: the least that holds a few images, and what one gets without asking for another. */
export const leastBudget = 100_000_000;
export const usualBudget = 20_000_000_000;
