// The configuration of kind as kind 0.33 reads it: `kind: Cluster` of kind.x-k8s.io/v1alpha4.
import { z } from 'zod';
import { usualRanges } from '../../../../shared/model/template/networking';

const text = z.string();
const texts = z.array(text).default([]);

const patchSchema = z.strictObject({
  group: text.default(''),
  version: text.default(''),
  kind: text.default(''),
  patch: text.default(''),
});

const mountSchema = z.strictObject({
  containerPath: text,
  hostPath: text,
  readOnly: z.boolean().default(false),
  selinuxRelabel: z.boolean().default(false),
  propagation: z.enum(['', 'None', 'HostToContainer', 'Bidirectional']).default(''),
});

const portMappingSchema = z.strictObject({
  containerPort: z.int().min(1).max(65_535),
  /** 0: kind chooses; -1: Docker chooses, at each start. */
  hostPort: z.int().min(-1).max(65_535).default(0),
  listenAddress: text.default(''),
  protocol: z.enum(['', 'TCP', 'UDP', 'SCTP']).default(''),
});

const nodeSchema = z.strictObject({
  role: z.enum(['control-plane', 'worker']).default('control-plane'),
  image: text.default(''),
  labels: z.record(text, text).default({}),
  extraMounts: z.array(mountSchema).default([]),
  extraPortMappings: z.array(portMappingSchema).default([]),
  kubeadmConfigPatches: texts,
  kubeadmConfigPatchesJSON6902: z.array(patchSchema).default([]),
});
export type KindNode = z.infer<typeof nodeSchema>;

const networkingSchema = z.strictObject({
  ipFamily: z.enum(['', 'ipv4', 'ipv6', 'dual']).default(''),
  apiServerPort: z.int().min(-1).max(65_535).default(0),
  apiServerAddress: text.default(''),
  podSubnet: text.default(''),
  serviceSubnet: text.default(''),
  disableDefaultCNI: z.boolean().default(false),
  kubeProxyMode: z.enum(['', 'iptables', 'ipvs', 'nftables', 'none']).default(''),
  /** Left out, Docker's are used; an empty list takes them away. */
  dnsSearch: z.array(text).optional(),
});

export const kindApiVersion = 'kind.x-k8s.io/v1alpha4';

export const kindSchema = z.strictObject({
  kind: z.literal('Cluster'),
  apiVersion: z.literal(kindApiVersion),
  name: text.default(''),
  nodes: z.array(nodeSchema).max(100).default([]),
  networking: networkingSchema.prefault({}),
  featureGates: z.record(text, z.boolean()).default({}),
  runtimeConfig: z.record(text, text).default({}),
  kubeadmConfigPatches: texts,
  kubeadmConfigPatchesJSON6902: z.array(patchSchema).default([]),
  containerdConfigPatches: texts,
  containerdConfigPatchesJSON6902: texts,
});
export type KindConfig = z.infer<typeof kindSchema>;

/** kind 0.33: the ranges and addresses of each IP family where the configuration names none. */
export const kindDefaults = {
  ipv4: { ...usualRanges.ipv4, apiServer: '127.0.0.1', listen: '0.0.0.0' },
  ipv6: { ...usualRanges.ipv6, apiServer: '::1', listen: '::' },
  dual: {
    ...usualRanges.dual,
    apiServer: '127.0.0.1',
    listen: '0.0.0.0',
  },
} as const;
