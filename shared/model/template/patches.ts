// Patches: what a user changes in the generated configuration of kubeadm and containerd.
import { z } from 'zod';

export const json6902Schema = z.strictObject({
  group: z.string().describe('API group of the document, such as kubeadm.k8s.io.'),
  version: z.string().describe('API version of the document, such as v1beta4.'),
  kind: z.string().describe('Kind of the document, such as ClusterConfiguration.'),
  patch: z.string().min(1).describe('The operations as a YAML or JSON list.'),
});

export const patchesSchema = z.strictObject({
  kubeadm: z
    .array(z.string().min(1))
    .default([])
    .describe('YAML documents that are merged into the kubeadm configuration of the same kind.'),
  kubeadmJson6902: z
    .array(json6902Schema)
    .default([])
    .describe('JSON patches (RFC 6902) for documents of the kubeadm configuration.'),
  containerd: z
    .array(z.string().min(1))
    .default([])
    .describe('TOML texts that are merged into the configuration of containerd.'),
  containerdJson6902: z
    .array(z.string().min(1))
    .default([])
    .describe('JSON patches (RFC 6902), as YAML or JSON lists, for the configuration of containerd.'),
});

export const k3sSchema = z.strictObject({
  serverArgs: z
    .array(z.string().min(1))
    .default([])
    .describe('Arguments of k3s on every control plane, such as --disable=traefik.'),
  agentArgs: z.array(z.string().min(1)).default([]).describe('Arguments of k3s on every worker.'),
});
