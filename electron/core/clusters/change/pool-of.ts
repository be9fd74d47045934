// Which pool of a template a node of a running cluster belongs to: pure.
import type { NodePool } from '../../../../shared/model/template';

export interface Pooled {
  readonly name: string;
  readonly role: string;
  /** Name of its pool, where that has one. */
  readonly pool?: string | undefined;
}

/**
 * Pools are known by their names. Those without share the nodes of their role that have no pool: the first made belong to the first of
 * them, and what is left to the last. Undefined for a node that was added by hand to a pool that the template does not know.
 *
 * @param nodes all nodes of the cluster, this one too
 */
export function poolOf(pools: readonly NodePool[], nodes: readonly Pooled[], node: Pooled): NodePool | undefined {
  const { role, pool } = node;
  const fitting = pools.filter((one) => one.role === role && one.name === pool);
  if (pool !== undefined || fitting.length < 2) return fitting[0];
  const sharing = byOrdinal(nodes.filter((one) => one.role === role && one.pool === undefined));
  let left = sharing.findIndex(({ name }) => name === node.name);
  return fitting.find(({ count }, index) => {
    left -= count;
    return left < 0 || index === fitting.length - 1;
  });
}

/** `worker`, `worker2`, `worker10`: in the order in which they were made. */
export function byOrdinal<Node extends { readonly name: string }>(nodes: readonly Node[]): Node[] {
  return nodes.toSorted((one, other) => one.name.localeCompare(other.name, 'en', { numeric: true }));
}
