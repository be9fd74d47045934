// Which nodes a template's pools ask for, under the names kind gives them.
import type { NodePool } from '../../../../../shared/model/template';
import { templateNodes } from '../../../../../shared/model/template/node-names';
import type { TemplateSpec } from '../../../../../shared/model/template/spec';
import type { NodeMount } from './container';
import type { KubeadmPatches } from './kubeadm-patches';

export interface PlannedNode {
  /** Container, host and Kubernetes node in one. */
  readonly name: string;
  readonly role: NodePool['role'];
  readonly labels: NodePool['labels'];
  readonly taints: NodePool['taints'];
  /** Name of its pool in the template. */
  readonly pool?: string | undefined;
  /** Static address in the cluster's network; by default the one of its place among the nodes. */
  readonly address?: string;
  /** What it may use at most; all there is when left out. */
  readonly resources?: NodePool['resources'];
  /** Its node image, where it is not the cluster's. */
  readonly image?: string;
  /** Its own and the shared ones; host paths as the template says them. */
  readonly mounts?: readonly NodeMount[];
  /** Those of its pool. */
  readonly patches?: KubeadmPatches;
}

/** kind 0.33: `c-worker`, `c-worker2`, `c-worker3` ... by role, counted from 1. */
export function nodeName(cluster: string, role: NodePool['role'] | 'external-load-balancer', ordinal: number): string {
  return `${cluster}-${role}${ordinal === 1 ? '' : ordinal}`;
}

/** The nodes in the order of the pools, control planes first. */
export function plannedNodes(
  cluster: string,
  spec: Pick<TemplateSpec, 'nodes' | 'mounts' | 'provider'>,
): PlannedNode[] {
  return templateNodes(spec).map(({ name, pool }) => ({
    name: `${cluster}-${name}`,
    role: pool.role,
    ...settingsOf(spec, { name, pool }),
  }));
}

/** A node's name without the cluster's in front, and its pool; absent for a node of a pool that the template does not know. */
interface NodeInPool {
  readonly name: string;
  readonly pool?: NodePool | undefined;
}

/** What a template says of a node: by its pool, and of all nodes. */
export function settingsOf(
  spec: Pick<TemplateSpec, 'nodes' | 'mounts'>,
  { name, pool }: NodeInPool,
): Omit<PlannedNode, 'name' | 'role' | 'address'> {
  const mounts = mountsOn(spec, { name, pool });
  if (!pool) return { labels: {}, taints: [], ...(mounts.length > 0 && { mounts }) };
  const { labels, taints, resources, image, patches } = pool;
  const patched = patches.kubeadm.length + patches.kubeadmJson6902.length > 0;
  return {
    labels,
    taints,
    ...(Object.keys(resources).length > 0 && { resources }),
    ...(pool.name && { pool: pool.name }),
    ...(image && { image }),
    ...(mounts.length > 0 && { mounts }),
    ...(patched && { patches: { at: `nodes[${spec.nodes.indexOf(pool)}].patches`, ...patches } }),
  };
}

/** The mounts of a node: those of its pool, and shared ones that mean it. */
export function mountsOn({ mounts }: Pick<TemplateSpec, 'mounts'>, { name, pool }: NodeInPool): NodeMount[] {
  const called = new Set(['all', name, pool?.name]);
  const shared = mounts.flatMap(({ nodes = ['all'], ...mount }) =>
    nodes.some((one) => called.has(one)) ? [mount] : [],
  );
  return [...(pool?.mounts ?? []), ...shared];
}
