// The configuration of k3d as k3d 5.9 reads it: `kind: Simple` of k3d.io/v1alpha5, the two versions before, and single nodes.
import { z } from 'zod';

const text = z.string();
const number = z.union([z.string(), z.int()]).transform(String);
const nodeFilters = z.array(text).default([]);

/** A number, or the environment variable that has it, which variables.ts has made a parameter. */
const count = (least: number) =>
  z.union([z.int().min(least).max(100), z.string().regex(/^\$\{parameters\.[\w-]+\}$/)], 'use a whole number');

const registriesSchema = z.strictObject({
  create: z
    .strictObject({
      name: text.optional(),
      host: text.optional(),
      hostPort: number.optional(),
      image: text.optional(),
      proxy: z
        .strictObject({ remoteURL: text.optional(), username: text.optional(), password: text.optional() })
        .optional(),
      volumes: z.array(text).optional(),
      enforcePortMatch: z.boolean().optional(),
    })
    .optional(),
  use: z.array(text).default([]),
  /** A registries.yaml of k3s, or the path of one. */
  config: text.optional(),
});

const k3dOptionsSchema = z.strictObject({
  wait: z.boolean().default(true),
  timeout: text.optional(),
  disableLoadbalancer: z.boolean().default(false),
  disableImageVolume: z.boolean().default(false),
  disableRollback: z.boolean().default(false),
  loadbalancer: z.strictObject({ configOverrides: z.array(text).default([]) }).prefault({}),
});

const runtimeSchema = z.strictObject({
  gpuRequest: text.optional(),
  serversMemory: text.optional(),
  agentsMemory: text.optional(),
  hostPidMode: z.boolean().default(false),
  labels: z.array(z.strictObject({ label: text, nodeFilters })).default([]),
  ulimits: z.array(z.strictObject({ name: text, soft: z.int(), hard: z.int() })).default([]),
});

const optionsSchema = z.strictObject({
  k3d: k3dOptionsSchema.prefault({}),
  k3s: z
    .strictObject({
      extraArgs: z.array(z.strictObject({ arg: text, nodeFilters })).default([]),
      nodeLabels: z.array(z.strictObject({ label: text, nodeFilters })).default([]),
    })
    .prefault({}),
  kubeconfig: z
    .strictObject({
      updateDefaultKubeconfig: z.boolean().default(true),
      switchCurrentContext: z.boolean().default(true),
    })
    .prefault({}),
  runtime: runtimeSchema.prefault({}),
});

const fields = {
  servers: count(1).default(1),
  agents: count(0).default(0),
  kubeAPI: z.strictObject({ host: text.optional(), hostIP: text.optional(), hostPort: number.optional() }).prefault({}),
  image: text.optional(),
  network: text.optional(),
  subnet: text.optional(),
  token: text.optional(),
  volumes: z.array(z.strictObject({ volume: text, nodeFilters })).default([]),
  ports: z.array(z.strictObject({ port: text, nodeFilters })).default([]),
  files: z
    .array(z.strictObject({ source: text, destination: text, description: text.optional(), nodeFilters }))
    .default([]),
  env: z.array(z.strictObject({ envVar: text, nodeFilters })).default([]),
  registries: registriesSchema.prefault({}),
  hostAliases: z.array(z.strictObject({ ip: text, hostnames: z.array(text) })).default([]),
  options: optionsSchema.prefault({}),
};

const name = z.strictObject({ name: text.optional() });
export const k3dApiVersion = 'k3d.io/v1alpha5';

/** v1alpha3 has the name at its top; nothing else that a configuration says has moved since. */
export const simpleSchemas = {
  'k3d.io/v1alpha3': z
    .strictObject({
      apiVersion: z.literal('k3d.io/v1alpha3'),
      kind: z.literal('Simple'),
      name: text.optional(),
      ...fields,
    })
    .transform(({ name, ...rest }) => ({ ...rest, metadata: { name } })),
  'k3d.io/v1alpha4': z.strictObject({
    apiVersion: z.literal('k3d.io/v1alpha4'),
    kind: z.literal('Simple'),
    metadata: name.prefault({}),
    ...fields,
  }),
  [k3dApiVersion]: z.strictObject({
    apiVersion: z.literal(k3dApiVersion),
    kind: z.literal('Simple'),
    metadata: name.prefault({}),
    ...fields,
  }),
};
export type K3dConfig = Omit<z.infer<(typeof simpleSchemas)[typeof k3dApiVersion]>, 'apiVersion'>;

/** What k3d writes for itself rather than people do: only the nodes of it mean anything to us. */
const cluster = z.looseObject({
  name: text,
  nodes: z
    .array(z.looseObject({ name: text.optional(), role: z.enum(['server', 'agent', 'loadbalancer', 'registry']) }))
    .min(1)
    .max(100),
});
export type K3dCluster = z.infer<typeof cluster>;

const versions = z.enum(['k3d.io/v1alpha3', 'k3d.io/v1alpha4', k3dApiVersion]);
export const clusterSchema = z.looseObject({ apiVersion: versions, kind: z.literal('Cluster'), ...cluster.shape });
export const clusterListSchema = z.looseObject({
  apiVersion: versions,
  kind: z.literal('ClusterList'),
  clusters: z.array(cluster).min(1).max(100),
});
