// A Service of a cluster, as far as a port can lead to it.
import { z } from 'zod';

export const clusterServiceSchema = z.object({
  namespace: z.string(),
  name: z.string(),
  ports: z.array(
    z.object({
      name: z.string().optional(),
      port: z.number(),
      protocol: z.enum(['TCP', 'UDP', 'SCTP']),
      nodePort: z.number().optional(),
    }),
  ),
});
export type ClusterService = z.infer<typeof clusterServiceSchema>;
