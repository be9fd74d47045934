// The spec of a template: everything that a cluster is made of.
import { z } from 'zod';
import { clusterNameSchema } from '../cluster';
import { manifestSchema, sampleSchema } from './manifests';
import { sharedMountSchema } from './mounts';
import { networkingSchema } from './networking';
import { parameterSchema } from './parameters';
import { k3sSchema, patchesSchema } from './patches';
import { nodePoolSchema } from './pools';
import { portSchema } from './ports';
import { registrySchema } from './registry';
import { certificateSchema, environmentSchema, proxiesSchema } from './surroundings';

const kubernetesSchema = z.strictObject({
  version: z.string().min(1).optional().describe('A version of the catalogue, such as 1.36 or v1.36.1.'),
  image: z.string().min(1).optional().describe('A node image by reference, in place of a version.'),
});

export const specSchema = z.strictObject({
  parameters: z.array(parameterSchema).max(100).default([]).describe('Blanks that the users of the template fill.'),
  clusterName: clusterNameSchema
    .optional()
    .describe('What a cluster of this template is called unless told otherwise.'),
  provider: z
    .enum(['kubeadm', 'k3s'])
    .default('kubeadm')
    .describe("What makes Kubernetes: kubeadm with kind's node images, or k3s."),
  kubernetes: kubernetesSchema
    .prefault({})
    .describe('A version of the catalogue, or a node image; the newest of the catalogue when neither is given.'),
  nodes: z.array(nodePoolSchema).min(1).max(100).describe('The nodes, in pools that are alike.'),
  ports: z.array(portSchema).max(200).default([]).describe('What of the cluster is reached from this computer.'),
  mounts: z
    .array(sharedMountSchema)
    .max(200)
    .default([])
    .describe('Folders and files of this computer that nodes see.'),
  networking: networkingSchema.prefault({}).describe('Addresses, the network of pods, and the API server.'),
  registry: registrySchema.prefault({}).describe('The local registry, and mirrors of others.'),
  images: z
    .array(z.string().min(1))
    .max(1000)
    .default([])
    .describe('Images of the engine that are loaded onto the nodes.'),
  manifests: z
    .array(manifestSchema)
    .default([])
    .describe('Kubernetes objects that the new cluster is given, in order.'),
  sample: sampleSchema.optional().describe('A workload that comes with Boathouse.'),
  environment: environmentSchema.default({}).describe('Environment variables of the nodes.'),
  proxies: proxiesSchema.optional().describe("Proxies of the nodes, in place of the engine's and this computer's."),
  certificates: z
    .array(certificateSchema)
    .max(200)
    .default([])
    .describe('Certificate authorities that the nodes trust.'),
  featureGates: z.record(z.string(), z.boolean()).default({}).describe('Feature gates of all components.'),
  runtimeConfig: z
    .record(z.string(), z.string())
    .default({})
    .describe('API versions to turn on or off, as text: "api/alpha": "true".'),
  patches: patchesSchema.prefault({}).describe('Changes to the configuration of kubeadm and containerd.'),
  k3s: k3sSchema.prefault({}).describe('Arguments of k3s, with the provider k3s.'),
});
export type TemplateSpec = z.infer<typeof specSchema>;
