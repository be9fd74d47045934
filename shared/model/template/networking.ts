// Networking: the ranges of pods and services, who connects the pods, and where the API server is reached.
import { z } from 'zod';
import { hostPortNumber, ipAddress } from './values';

const cidr = z.union([z.cidrv4(), z.cidrv6()]);

/** One range, or for dual stack one of each family with a comma between them. */
function subnet(example: string) {
  return z.string().refine((text) => {
    const parts = text.split(',');
    return parts.length <= 2 && parts.every((part) => cidr.safeParse(part).success);
  }, `use a range such as ${example}`);
}

const apiServerSchema = z.strictObject({
  address: ipAddress.default('127.0.0.1').describe('Address of this computer that the API server is reached at.'),
  port: hostPortNumber
    .default(0)
    .describe('Port of this computer that the API server is reached at; 0 takes a free one and keeps it.'),
});

/** Ranges of pods and Services where a template names none, by IP family. (kind 0.33: the same) */
export const usualRanges = {
  ipv4: { podSubnet: '10.244.0.0/16', serviceSubnet: '10.96.0.0/16' },
  ipv6: { podSubnet: 'fd00:10:244::/56', serviceSubnet: 'fd00:10:96::/112' },
  dual: { podSubnet: '10.244.0.0/16,fd00:10:244::/56', serviceSubnet: '10.96.0.0/16,fd00:10:96::/112' },
} as const;

const writtenSchema = z.strictObject({
  ipFamily: z
    .enum(['ipv4', 'ipv6', 'dual'])
    .default('ipv4')
    .describe('IP family of the cluster; ranges that are named have to be of the same family.'),
  podSubnet: subnet('10.244.0.0/16')
    .optional()
    .describe(
      `Addresses of pods; for dual stack an IPv4 and an IPv6 range with a comma between them. Left out: ${usualRanges.ipv4.podSubnet}, ${usualRanges.ipv6.podSubnet}, or both.`,
    ),
  serviceSubnet: subnet('10.96.0.0/16')
    .optional()
    .describe(
      `Addresses of Services; for dual stack an IPv4 and an IPv6 range with a comma between them. Left out: ${usualRanges.ipv4.serviceSubnet}, ${usualRanges.ipv6.serviceSubnet}, or both.`,
    ),
  cni: z
    .enum(['default', 'none'])
    .default('default')
    .describe('Who connects the pods: the network of the node image, or none, to bring your own.'),
  kubeProxy: z
    .enum(['iptables', 'ipvs', 'nftables', 'none'])
    .default('iptables')
    .describe('How kube-proxy leads connections to Services; none leaves it out.'),
  apiServer: apiServerSchema.prefault({}).describe('Where the API server is reached from this computer.'),
  dnsSearch: z
    .array(z.string().min(1))
    .optional()
    .describe("Search domains of the nodes, in place of the engine's; an empty list takes them away."),
});

/** As written, with the ranges that follow from the family. */
export const networkingSchema = writtenSchema.transform((networking) => {
  const { podSubnet, serviceSubnet } = usualRanges[networking.ipFamily];
  return {
    ...networking,
    podSubnet: networking.podSubnet ?? podSubnet,
    serviceSubnet: networking.serviceSubnet ?? serviceSubnet,
  };
});
