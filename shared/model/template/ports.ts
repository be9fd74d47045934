// Ports: what of a cluster is reached from the user's computer.
import { z } from 'zod';
import { dnsLabel, hostPortNumber, ipAddress, portNumber } from './values';

const targets = [
  z.strictObject({
    nodePort: portNumber.describe('NodePort of a Service: any node answers it.'),
  }),
  z.strictObject({
    node: z
      .string()
      .min(1)
      .describe(
        'Name of a pool, of a node (control-plane, worker, worker2; with k3s server-0, agent-1), or all for every node.',
      ),
    port: portNumber.describe('Port that something on the node listens on.'),
  }),
  z.strictObject({
    service: dnsLabel.describe('Name of a Service.'),
    namespace: dnsLabel.default('default').describe('Namespace of the Service.'),
    port: portNumber.describe('Port of the Service.'),
  }),
] as const;

export const portSchema = z.strictObject({
  hostAddress: ipAddress
    .default('127.0.0.1')
    .describe('Address of this computer to listen on; 0.0.0.0 lets other computers in.'),
  hostPort: hostPortNumber
    .default(0)
    .describe('Port of this computer; 0 takes a free one, which is chosen once and then stays.'),
  protocol: z.enum(['TCP', 'UDP', 'SCTP']).default('TCP').describe('Protocol of the port.'),
  to: z.union(targets).describe('Where it leads: to a NodePort, to a port of nodes, or to a Service.'),
});

export type TemplatePort = z.infer<typeof portSchema>;
