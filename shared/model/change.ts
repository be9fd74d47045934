// Changes to a running cluster: what can be asked for, each by itself.
import { z } from 'zod';
import { nodePoolSchema } from './template/pools';
import { portSchema } from './template/ports';
import { registrySchema } from './template/registry';

const nodeName = z
  .string()
  .regex(/^[a-z0-9][-a-z0-9.]*$/)
  .max(253);
const pool = nodePoolSchema.shape;

/** Which port of this computer is meant. */
const portKeySchema = portSchema.pick({ hostAddress: true, hostPort: true, protocol: true });
export type PortKey = z.infer<typeof portKeySchema>;

export const clusterChangeSchema = z.discriminatedUnion('kind', [
  /** Opens a port of this computer into the cluster; host port 0 takes a free one. */
  z.object({ kind: z.literal('open-port'), port: portSchema }),
  z.object({ kind: z.literal('close-port'), port: portKeySchema }),
  /** Adds nodes that are alike: with what the template says of their pool and of all nodes, and these labels, taints and limits on top. */
  z.object({
    kind: z.literal('add-nodes'),
    role: pool.role.default('worker'),
    count: pool.count,
    pool: pool.name,
    labels: pool.labels,
    taints: pool.taints,
    resources: pool.resources,
  }),
  /**
   * Cordons and drains a node, then deletes it; a control plane leaves etcd before. `force` goes past disruption budgets and pods
   * that nothing would bring back.
   */
  z.object({ kind: z.literal('remove-node'), node: nodeName, force: z.boolean().default(false) }),
  /** Drains a worker, deletes it, and makes it anew under its name, as the template that was applied last has it. */
  z.object({ kind: z.literal('replace-node'), node: nodeName, force: z.boolean().default(false) }),
  /** What a node may use at most, from now on; what is left out stays as it is. */
  z.object({ kind: z.literal('limit-node'), node: nodeName, resources: pool.resources }),
  /** `null` takes a label away. */
  z.object({ kind: z.literal('label-node'), node: nodeName, labels: z.record(z.string(), z.string().nullable()) }),
  /** These taints take the place of all that the node has from a user. */
  z.object({ kind: z.literal('taint-node'), node: nodeName, taints: pool.taints }),
  /** These mirrors take the place of all that the cluster has. */
  z.object({ kind: z.literal('set-mirrors'), mirrors: registrySchema.shape.mirrors }),
]);
export type ClusterChange = z.infer<typeof clusterChangeSchema>;

/** One way to write a port: `127.0.0.1:8080/tcp`. */
export function portText({ hostAddress, hostPort, protocol }: PortKey): string {
  const host = hostAddress.includes(':') ? `[${hostAddress}]` : hostAddress;
  return `${host}:${hostPort}/${protocol.toLowerCase()}`;
}
