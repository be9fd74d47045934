// Which nodes of a cluster belong to which pool of a template, and how the two differ.
import type { Difference } from '../../../../shared/model/apply';
import type { NodePool } from '../../../../shared/model/template';
import { bytesOf } from '../../../../shared/model/template/values';
import type { Observed, ObservedNode } from './observed';
import { difference, same } from './words';

export interface MatchedPool {
  readonly pool: NodePool;
  /** What the template that was applied before says of it. */
  readonly before?: NodePool | undefined;
  readonly nodes: readonly ObservedNode[];
  /** `nodes[web]`, `nodes[worker]`, `nodes[worker#2]` for the second without a name. */
  readonly field: string;
}

export interface Matching {
  readonly pools: readonly MatchedPool[];
  /** Nodes of pools that the template before had and this one has not. */
  readonly dropped: readonly ObservedNode[];
}

/**
 * Pools are known by their names; those without share the nodes of their role that have no pool, in order. Nodes that neither template
 * knows of were added by hand, and stay.
 */
export function matchPools({ nodes, template }: Observed, wanted: readonly NodePool[]): Matching {
  const before = template?.spec.nodes ?? [];
  const unnamed = (role: NodePool['role']) => nodes.filter((node) => node.role === role && node.pool === undefined);
  const left = { 'control-plane': unnamed('control-plane'), worker: unnamed('worker') };
  const seen = { 'control-plane': 0, worker: 0 };
  const last = (role: NodePool['role']) => wanted.filter((pool) => pool.role === role && !pool.name).length;
  const pools = wanted.map((pool): MatchedPool => {
    const { role, name } = pool;
    if (name !== undefined) {
      const own = nodes.filter((node) => node.pool === name && node.role === role);
      const former = before.find((one) => one.name === name && one.role === role);
      return { pool, before: former, nodes: own, field: `nodes[${name}]` };
    }
    seen[role] += 1;
    const rest = left[role];
    const own = seen[role] === last(role) ? rest : rest.slice(0, pool.count);
    left[role] = rest.slice(own.length);
    const former = before.filter((one) => one.role === role && !one.name)[seen[role] - 1];
    return { pool, before: former, nodes: own, field: `nodes[${role}${seen[role] > 1 ? `#${seen[role]}` : ''}]` };
  });
  const matched = new Set(pools.flatMap((one) => one.nodes));
  const known = (node: ObservedNode) =>
    before.some((pool) => pool.role === node.role && pool.name === node.pool) ||
    (node.role === 'control-plane' && before.length === 0);
  return { pools, dropped: nodes.filter((node) => !matched.has(node) && known(node)) };
}

/** How many nodes a pool has, and what its nodes are like. */
export function poolDifferences({ pool, before, nodes, field }: MatchedPool): Difference[] {
  const staying = nodes.slice(0, pool.count);
  return [
    ...countDifferences(pool, nodes, field),
    ...labelDifferences(pool, before, staying, field),
    ...taintDifferences(pool, before, staying, field),
    ...limitDifferences(pool, staying, field),
  ];
}

function countDifferences(pool: NodePool, nodes: readonly ObservedNode[], field: string): Difference[] {
  const { role, name, count, labels, taints, resources } = pool;
  const about = { field: `${field}.count`, from: String(nodes.length), to: String(count) };
  if (nodes.length < count) {
    const missing = count - nodes.length;
    const add = {
      kind: 'add-nodes' as const,
      role,
      count: missing,
      labels,
      taints,
      resources,
      ...(name && { pool: name }),
    };
    return [
      difference('in-place', 'nodes-added', { ...about, changes: [add] }, { count: missing, pool: name ?? role }),
    ];
  }
  return nodes.length === count ? [] : [removal(about, nodes.slice(count))];
}

/** The nodes are removed, the last made first. */
export function removal(
  about: { field: string; from?: string; to?: string },
  nodes: readonly ObservedNode[],
): Difference {
  const names = nodes.map((node) => node.name).reverse();
  const changes = names.map((node) => ({ kind: 'remove-node' as const, node, force: false }));
  return difference('in-place', 'nodes-removed', { ...about, nodes: names, changes });
}

/** Labels that the template gives, and those that the one before gave and this one does not; what users gave stays. */
function labelDifferences(
  pool: NodePool,
  before: NodePool | undefined,
  nodes: readonly ObservedNode[],
  field: string,
): Difference[] {
  const gone = Object.keys(before?.labels ?? {}).filter((key) => !(key in pool.labels));
  const changes = nodes.flatMap((node) => {
    const set = Object.entries(pool.labels).filter(([key, value]) => node.labels[key] !== value);
    const dropped = gone.filter((key) => key in node.labels).map((key): [string, null] => [key, null]);
    const labels = Object.fromEntries<string | null>([...set, ...dropped]);
    return Object.keys(labels).length > 0 ? [{ kind: 'label-node' as const, node: node.name, labels }] : [];
  });
  if (changes.length === 0) return [];
  const words = changes.flatMap(({ labels }) =>
    Object.entries(labels).map(([key, value]) => (value === null ? `${key}-` : `${key}=${value}`)),
  );
  const about = { field: `${field}.labels`, nodes: changes.map(({ node }) => node), changes };
  return [difference('in-place', 'labels-set', about, { labels: [...new Set(words)] })];
}

function taintDifferences(
  pool: NodePool,
  before: NodePool | undefined,
  nodes: readonly ObservedNode[],
  field: string,
): Difference[] {
  const changes = nodes.flatMap((node) => {
    const others = node.taints.filter(
      (taint) =>
        ![...pool.taints, ...(before?.taints ?? [])].some(
          ({ key, effect }) => key === taint.key && effect === taint.effect,
        ),
    );
    const taints = [...others, ...pool.taints];
    const sorted = (some: NodePool['taints']) =>
      some.map(({ key, value = '', effect }) => `${key}=${value}:${effect}`).sort();
    return same(sorted(node.taints), sorted(taints)) ? [] : [{ kind: 'taint-node' as const, node: node.name, taints }];
  });
  if (changes.length === 0) return [];
  const about = { field: `${field}.taints`, nodes: changes.map(({ node }) => node), changes };
  return [difference('in-place', 'taints-set', about)];
}

/** The engine changes a limit of a running container, but takes none away. */
function limitDifferences({ resources }: NodePool, nodes: readonly ObservedNode[], field: string): Difference[] {
  const memory = resources.memory === undefined ? undefined : bytesOf(resources.memory);
  const differing = nodes.filter((node) => node.resources.cpus !== resources.cpus || node.resources.memory !== memory);
  const lifts = (node: ObservedNode) =>
    (node.resources.cpus !== undefined && resources.cpus === undefined) ||
    (node.resources.memory !== undefined && memory === undefined);
  const [lifted, set] = [differing.filter(lifts), differing.filter((node) => !lifts(node))];
  const about = { field: `${field}.resources` };
  return [
    ...(set.length > 0
      ? [
          difference('in-place', 'limits-set', {
            ...about,
            nodes: set.map(({ name }) => name),
            changes: set.map(({ name }) => ({ kind: 'limit-node' as const, node: name, resources })),
          }),
        ]
      : []),
    ...(lifted.length > 0 ? [replacement(about, lifted, 'limits-lifted')] : []),
  ];
}

/** Nodes are made anew: workers one after another. A control plane is not: its place in etcd would have to be given up and taken anew. */
export function replacement(
  about: { field: string; from?: string | undefined; to?: string | undefined },
  nodes: readonly ObservedNode[],
  code: 'nodes-replaced' | 'limits-lifted' = 'nodes-replaced',
): Difference {
  const leads = nodes.filter(({ role }) => role === 'control-plane');
  if (leads.length > 0) {
    return difference('new-cluster', 'control-planes-stay', { ...about, nodes: leads.map(({ name }) => name) });
  }
  const names = nodes.map(({ name }) => name);
  const changes = names.map((node) => ({ kind: 'replace-node' as const, node, force: false }));
  return difference('rolling', code, { ...about, nodes: names, changes });
}
