// Names of nodes and pools that a template's ports and mounts may refer to.
import type { NodePool } from './pools';
import type { TemplateSpec } from './spec';

export interface TemplateNode {
  /** Without the cluster's name in front: `worker2`, or with k3s `agent-1`. */
  readonly name: string;
  readonly pool: NodePool;
}

/**
 * The nodes of a template in the order of its pools, control planes first.
 * kind 0.33 counts by role from 1 and leaves the 1 out: `control-plane`, `worker`, `worker2`; k3d 5.9 counts from 0:
 * `server-0`, `agent-0`, `agent-1`.
 */
export function templateNodes(spec: Pick<TemplateSpec, 'nodes' | 'provider'>): TemplateNode[] {
  return (['control-plane', 'worker'] as const).flatMap((role) =>
    spec.nodes
      .filter((pool) => pool.role === role)
      .flatMap((pool) => Array.from({ length: pool.count }, () => pool))
      .map((pool, index) => ({ name: nameOf(spec.provider, role, index), pool })),
  );
}

function nameOf(provider: TemplateSpec['provider'], role: NodePool['role'], index: number): string {
  if (provider === 'k3s') return `${role === 'worker' ? 'agent' : 'server'}-${index}`;
  return index === 0 ? role : `${role}${index + 1}`;
}

/** The nodes that a port or mount means by `all`, a pool's name or a node's; none for a name that nothing has. */
export function nodesCalled(spec: Pick<TemplateSpec, 'nodes' | 'provider'>, name: string): TemplateNode[] {
  return templateNodes(spec).filter((node) => name === 'all' || node.name === name || node.pool.name === name);
}

/** Every name that `nodesCalled` answers. */
export function knownNodeNames(spec: Pick<TemplateSpec, 'nodes' | 'provider'>): string[] {
  const pools = spec.nodes.flatMap((pool) => pool.name ?? []);
  return ['all', ...new Set(pools), ...templateNodes(spec).map((node) => node.name)];
}
