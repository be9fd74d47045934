// What a cluster looks like from outside: its name, nodes, state and where its API answers.
import { z } from 'zod';
import { kubernetesFactsSchema, limitsSchema, publishedPortSchema } from './node-facts';
import { parameterValuesSchema } from './template/parameters';
import { portSchema } from './template/ports';

/**
 * A cluster's name: a DNS label, short enough that `<name>-control-plane` stays a host name.
 * kind 0.33 accepts `^[a-z0-9.-]+$` and warns above 50 characters; node names must be DNS labels, so we are stricter.
 */
export const clusterNameSchema = z
  .string()
  .min(1, 'a cluster needs a name')
  .max(48, 'use at most 48 characters')
  .regex(
    /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
    'use lower-case letters, digits and dashes, beginning and ending with a letter or digit',
  );

export const nodeRoles = ['control-plane', 'worker', 'external-load-balancer'] as const;
export const nodeRoleSchema = z.enum(nodeRoles);
export type NodeRole = z.infer<typeof nodeRoleSchema>;

/** The engine's word for a node's container. */
export const nodeStateSchema = z.enum(['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead']);

export const nodeSchema = z.object({
  name: z.string(),
  containerId: z.string(),
  role: nodeRoleSchema,
  state: nodeStateSchema,
  /** Address in the cluster's network; absent while the engine has none assigned. */
  address: z.string().optional(),
  image: z.string(),
  /** Name of the template's pool that it belongs to. */
  pool: z.string().optional(),
  /** Kubernetes' own word, where it could be asked. */
  ready: z.boolean().optional(),
  /** These three only where one cluster was asked for, not in the list. */
  kubernetes: kubernetesFactsSchema.optional(),
  limits: limitsSchema.optional(),
  published: z.array(publishedPortSchema).optional(),
});
export type ClusterNode = z.infer<typeof nodeSchema>;

/**
 * `incomplete`: a create was interrupted and left parts behind; `degraded`: some nodes run and some do not, or not all are Ready.
 */
export const clusterStateSchema = z.enum([
  'creating',
  'running',
  'degraded',
  'paused',
  'stopped',
  'deleting',
  'incomplete',
]);
export type ClusterState = z.infer<typeof clusterStateSchema>;

/** What a cluster's nodes run: kind's images with kubeadm, k3s as k3d runs it, or minikube's machine in a container. */
export const providerSchema = z.enum(['kubeadm', 'k3s', 'minikube']);
export type Provider = z.infer<typeof providerSchema>;

/** Whose program made it: that program's labels are on it; ours on top where it is ours. */
const makerSchema = z.enum(['boathouse', 'kind', 'k3d', 'minikube']);

/**
 * What there is to do with clusters beyond seeing them in the list. `nodes`: asking Kubernetes about them; `images`: bringing images
 * onto them; `change`: adding and taking away nodes and ports.
 */
export const abilitySchema = z.enum(['nodes', 'kubeconfig', 'images', 'start', 'stop', 'pause', 'change', 'delete']);
export type Ability = z.infer<typeof abilitySchema>;

/**
 * Why something cannot be done. `needs-minikube`: only minikube's own program can, and it is not installed; `made-elsewhere`: it
 * could break the cluster for the program that made it.
 */
const hindranceSchema = z.enum(['needs-minikube', 'made-elsewhere']);
export type Hindrance = z.infer<typeof hindranceSchema>;

const abilitiesSchema = z.record(abilitySchema, z.union([z.literal('yes'), hindranceSchema]));
export type Abilities = z.infer<typeof abilitiesSchema>;

/** A port that is open, and the container that has it. */
const openPortSchema = portSchema.extend({
  name: z.string(),
  containerId: z.string(),
  state: nodeStateSchema,
  image: z.string(),
});
export type OpenPort = z.infer<typeof openPortSchema>;

export const clusterSchema = z.object({
  /** Its own name where no other cluster has it; else one that its maker's comes before (`k3d-shop`). */
  name: z.string(),
  provider: providerSchema,
  madeBy: makerSchema,
  state: clusterStateSchema,
  nodes: z.array(nodeSchema),
  /** The container through which this computer reaches the API; kind's own clusters have one behind several control planes. */
  entrance: nodeSchema.optional(),
  /** Ports of this computer that lead into it. */
  ports: z.array(openPortSchema).optional(),
  kubernetesVersion: z.string().optional(),
  /** Address of the API server on this computer, e.g. `https://127.0.0.1:41234`. */
  apiServer: z.string().optional(),
  context: z.string(),
  abilities: abilitiesSchema,
  /** True when the kubeconfig's current context is this cluster's. */
  current: z.boolean(),
  template: z.string().optional(),
  network: z.string().optional(),
  /** RFC 3339. */
  createdAt: z.string().optional(),
  /** Of a paused cluster: the first request to one of its ports resumes it. */
  wakes: z.boolean().optional(),
  /** The running operation on it, if one of this process runs. */
  operationId: z.string().optional(),
});
export type Cluster = z.infer<typeof clusterSchema>;

/** All containers of a cluster: its nodes, its entrance, and those that have its ports. */
export function containersOf({ nodes, entrance, ports }: Pick<Cluster, 'nodes' | 'entrance' | 'ports'>): ClusterNode[] {
  const doors = (ports ?? []).map(({ name, containerId, state, image }): ClusterNode => {
    return { name, containerId, state, image, role: 'external-load-balancer' };
  });
  return [...nodes, ...(entrance ? [entrance] : []), ...doors];
}

/**
 * Whether those who ask a cluster's API while it is paused are told so, and can wake it: only at an entrance of ours that has a
 * certificate of the cluster's authority, which k3s makes for itself and keeps.
 */
export function canWake({ madeBy, provider, entrance }: Pick<Cluster, 'madeBy' | 'provider' | 'entrance'>): boolean {
  return madeBy === 'boathouse' && provider === 'kubeadm' && entrance !== undefined;
}

/**
 * The kubeconfig context of a cluster by the name its program knows.
 * kind 0.33: `kind-<name>`; k3d 5.9: `k3d-<name>`; minikube 1.38: the profile's name.
 */
export function contextOf(clusterName: string, provider: Provider = 'kubeadm'): string {
  const prefix = { kubeadm: 'kind-', k3s: 'k3d-', minikube: '' }[provider];
  return prefix + clusterName;
}

/** What can be done with a cluster, on a computer that has minikube's program or has not. */
export function abilitiesOf(
  cluster: Pick<Cluster, 'provider' | 'madeBy'>,
  computer: { minikube: boolean } = { minikube: false },
): Abilities {
  return {
    nodes: 'yes',
    kubeconfig: 'yes',
    images: 'yes',
    // minikube 1.38 enables no kubelet on its first node, and certificates and host names must be made anew.
    start: cluster.provider === 'minikube' && !computer.minikube ? 'needs-minikube' : 'yes',
    stop: 'yes',
    pause: 'yes',
    change: cluster.madeBy === 'boathouse' ? 'yes' : 'made-elsewhere',
    delete: 'yes',
  };
}

/** What a user asks for when creating a cluster. */
export const createRequestSchema = z.object({
  name: clusterNameSchema,
  template: z.union([
    /** Id of a known template. */
    z.object({ id: z.string() }),
    z.object({
      /** A template's text. */
      yaml: z.string().max(1_000_000, 'a template has at most a million characters'),
      /** What to call it in errors: the name of its file. */
      from: z.string(),
      /** Absolute path of the folder that its relative paths mean; without it they are refused. */
      folder: z.string().optional(),
    }),
  ]),
  /** Values for the template's parameters, by name. */
  parameters: parameterValuesSchema.optional(),
  /** Node image that takes the place of the template's. */
  image: z.string().min(1).optional(),
  /** Image that takes the place of the sample's. */
  sampleImage: z.string().min(1).optional(),
  keepOnFailure: z.boolean().default(false),
  /** Make the new cluster the kubeconfig's current context. */
  switchContext: z.boolean().default(true),
});
export type CreateRequest = z.infer<typeof createRequestSchema>;
