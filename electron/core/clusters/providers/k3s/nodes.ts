// Which nodes a template's pools ask for, and what else belongs to a k3s cluster, under the names k3d gives them.
import type { NodePool } from '../../../../../shared/model/template';
import { templateNodes } from '../../../../../shared/model/template/node-names';
import type { TemplateSpec } from '../../../../../shared/model/template/spec';
import type { NodeMount } from '../kubeadm/container';
import { mountsOn } from '../kubeadm/nodes';
import type { K3sRole } from './ready';

export interface PlannedK3sNode {
  /** Container, host and Kubernetes node in one. */
  readonly name: string;
  readonly role: NodePool['role'];
  readonly k3sRole: K3sRole;
  readonly pool: NodePool;
  /** Those of its pool, and shared ones that mean it. */
  readonly mounts: readonly NodeMount[];
  /** Static address in the cluster's network; by default the one of its place among the nodes. */
  readonly address?: string;
}

/** k3d 5.9: `k3d-c-server-0`, `k3d-c-agent-0`, `k3d-c-agent-1`, counted from 0; the first of several servers begins their etcd. */
export function plannedK3sNodes(
  cluster: string,
  spec: Pick<TemplateSpec, 'nodes' | 'mounts' | 'provider'>,
): PlannedK3sNode[] {
  const nodes = templateNodes(spec);
  const servers = nodes.filter(({ pool }) => pool.role === 'control-plane').length;
  return nodes.map(({ name, pool }, index) => ({
    name: `k3d-${cluster}-${name}`,
    role: pool.role,
    k3sRole: pool.role === 'worker' ? 'agent' : servers > 1 && index === 0 ? 'init-server' : 'server',
    pool,
    mounts: mountsOn(spec, { name, pool }),
  }));
}

/** k3d 5.9: a cluster's name has at most so many characters. */
export const longestName = 32;

/** k3d 5.9: what there is of a cluster beside its nodes. */
export function k3dNames(cluster: string) {
  return {
    network: `k3d-${cluster}`,
    imageVolume: `k3d-${cluster}-images`,
    loadBalancer: `k3d-${cluster}-serverlb`,
    firstServer: `k3d-${cluster}-server-0`,
  };
}
