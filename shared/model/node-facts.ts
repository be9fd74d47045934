// What only a closer look tells of a node: Kubernetes' own word on it, what the engine lets it use, which ports it publishes.
import { z } from 'zod';

/** A taint as Kubernetes has it: also one of its own, which a user would not set. */
const nodeTaintSchema = z.object({ key: z.string(), value: z.string().optional(), effect: z.string() });
export type NodeTaint = z.infer<typeof nodeTaintSchema>;

export const kubernetesFactsSchema = z.object({
  /** Of its kubelet, e.g. `v1.34.0`. */
  version: z.string(),
  labels: z.record(z.string(), z.string()),
  taints: z.array(nodeTaintSchema),
  /** Cordoned: it takes no more pods. */
  unschedulable: z.boolean(),
  /** Conditions that are not as they should be: not Ready, short of memory, disk or process ids. */
  troubles: z.array(z.object({ type: z.string(), message: z.string() })),
});
export type KubernetesFacts = z.infer<typeof kubernetesFactsSchema>;

/** What the engine lets a container use at most; what is absent has no limit. `memory` in bytes. */
export const limitsSchema = z.object({ cpus: z.number().optional(), memory: z.number().optional() });
export type Limits = z.infer<typeof limitsSchema>;

/** A port of this computer that the engine leads to one of a container. */
export const publishedPortSchema = z.object({
  hostAddress: z.string(),
  hostPort: z.number(),
  protocol: z.enum(['TCP', 'UDP', 'SCTP']),
  port: z.number(),
});
export type PublishedPort = z.infer<typeof publishedPortSchema>;

/** What a container uses right now: processors (1.5 is one and a half of them), and bytes of memory that cannot simply be given back. */
export const usageSchema = z.object({ cpus: z.number(), memory: z.number() });
export type Usage = z.infer<typeof usageSchema>;
