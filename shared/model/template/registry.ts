// Registries: whether the cluster uses the local one, and where images of other registries are really fetched from.
import { z } from 'zod';

export const registrySchema = z.strictObject({
  enabled: z.boolean().default(false).describe('Connects the cluster to the local registry.'),
  mirrors: z
    .record(
      z
        .string()
        .regex(/^(\*|[A-Za-z0-9.-]+(:\d+)?)$/, 'use the name of a registry such as docker.io or localhost:5000'),
      z.array(z.url({ protocol: /^https?$/, error: 'use an address such as https://mirror.example.com' })).min(1),
    )
    .default({})
    .describe('Registries by name, each with the addresses to fetch its images from, tried in order.'),
});
