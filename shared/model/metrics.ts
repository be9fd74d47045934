// What nodes, pods and containers of a cluster use right now, and where that is known from.
import { z } from 'zod';
import { errorDataSchema } from './errors';
import { usageSchema } from './node-facts';

/**
 * `metrics-server`: metrics.k8s.io; `kubelets`: their own summaries, asked through the API; `containers`: the control groups of nodes that
 * are containers of this computer's engine; `none`: none of them answers.
 */
const metricsSources = ['metrics-server', 'kubelets', 'containers', 'none'] as const;

const podUsageSchema = usageSchema.extend({ containers: z.record(z.string(), usageSchema) });
export type PodUsage = z.infer<typeof podUsageSchema>;

export const metricsSchema = z.object({
  source: z.enum(metricsSources),
  /** Milliseconds. */
  at: z.number(),
  /** By their names. */
  nodes: z.record(z.string(), usageSchema),
  /** By `namespace/name`. */
  pods: z.record(z.string(), podUsageSchema),
  /** Why none answers. */
  error: errorDataSchema.optional(),
});
export type Metrics = z.infer<typeof metricsSchema>;
