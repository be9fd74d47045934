// A pod as the map of its cluster shows it: where it runs, and in one word how it is.
import { z } from 'zod';

/**
 * `running`: all its containers are ready; `starting`: not yet, and nothing is wrong; `broken`: something keeps it from it; `done`: it
 * has ended well; `ending`: it was told to go.
 */
export const podStateSchema = z.enum(['running', 'starting', 'broken', 'done', 'ending']);
export type PodState = z.infer<typeof podStateSchema>;

export const podSchema = z.object({
  namespace: z.string(),
  name: z.string(),
  /** Absent while it has no place. */
  node: z.string().optional(),
  state: podStateSchema,
  /** Kubernetes' own word for what keeps it: `ImagePullBackOff`, `Unschedulable`. */
  reason: z.string().optional(),
});
export type Pod = z.infer<typeof podSchema>;

export function podKey({ namespace, name }: Pick<Pod, 'namespace' | 'name'>): string {
  return `${namespace}/${name}`;
}
