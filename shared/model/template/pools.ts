// Node pools: nodes that are alike, in one entry of a template.
import { z } from 'zod';
import { mountSchema } from './mounts';
import { json6902Schema } from './patches';
import { dnsLabel, memoryQuantity } from './values';

/** kind 0.33 and k3d 5.9 give the nodes of a cluster these names, behind the cluster's; pools must not be called the same. */
const nodeLikeName = /^((control-plane|worker|external-load-balancer)\d*|(server|agent)-\d+|all)$/;

/** Kubernetes: a name of at most 63 characters, behind a DNS name and a slash if it is not the user's own. */
const qualifiedName = z
  .string()
  .regex(
    /^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/,
    'use a name such as tier or example.com/tier',
  );
const labelValue = z
  .string()
  .regex(
    /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/,
    'use at most 63 letters, digits, dashes, dots and underscores, beginning and ending with a letter or digit',
  );

const taintSchema = z.strictObject({
  key: qualifiedName.describe('Key of the taint, such as dedicated or example.com/gpu.'),
  value: labelValue.optional().describe('Value of the taint.'),
  effect: z
    .enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute'])
    .describe('What happens to pods that do not tolerate it.'),
});

const resourcesSchema = z.strictObject({
  cpus: z.number().positive().optional().describe('How many CPUs a node may use at most; fractions are possible.'),
  memory: memoryQuantity.optional().describe('How much memory a node may use at most, such as 2Gi.'),
});

const poolPatchesSchema = z.strictObject({
  kubeadm: z
    .array(z.string().min(1))
    .default([])
    .describe("YAML documents that are merged into the kubeadm configuration of this pool's nodes."),
  kubeadmJson6902: z
    .array(json6902Schema)
    .default([])
    .describe("JSON patches (RFC 6902) for the kubeadm configuration of this pool's nodes."),
});

export const nodePoolSchema = z.strictObject({
  name: dnsLabel
    .refine((name) => !nodeLikeName.test(name), 'a node could have this name; choose another one for the pool')
    .optional()
    .describe('A name that ports and mounts refer to the pool by.'),
  role: z.enum(['control-plane', 'worker']).describe('What the nodes of the pool do.'),
  count: z.int().min(1).max(50).default(1).describe('How many nodes the pool has.'),
  image: z.string().min(1).optional().describe("Node image of the pool, in place of the cluster's."),
  labels: z.record(qualifiedName, labelValue).default({}).describe('Kubernetes labels of the nodes.'),
  taints: z.array(taintSchema).default([]).describe('Taints of the nodes: which pods they keep away.'),
  resources: resourcesSchema.prefault({}).describe('What each node of the pool may use at most.'),
  mounts: z.array(mountSchema).max(200).default([]).describe('Folders and files of this computer that the nodes see.'),
  patches: poolPatchesSchema.prefault({}).describe('Changes to the kubeadm configuration of the nodes.'),
  k3sArgs: z
    .array(z.string().min(1))
    .default([])
    .describe('Arguments of k3s on the nodes of this pool, such as --kubelet-arg=max-pods=50.'),
});
export type NodePool = z.infer<typeof nodePoolSchema>;

/** How many nodes the pools ask for, of one role or of all. */
export function nodeCount(pools: readonly NodePool[], role?: NodePool['role']): number {
  return pools.reduce((sum, pool) => (role && pool.role !== role ? sum : sum + pool.count), 0);
}
