// k3d's node filters: which nodes `server:0`, `agents:*`, `all` or `loadbalancer` mean.

export interface NodeNames {
  servers: readonly string[];
  agents: readonly string[];
}

export interface Filtered {
  /** In the order of the nodes. */
  nodes: string[];
  /** Whether the load balancer was named by itself. */
  loadBalancer: boolean;
}

const filterShape =
  /^(server|servers|agent|agents|loadbalancer|all)(?::(\d+(?:,\d+)*|\d*-\d*|\*))?(?::(direct|proxy))?$/;

/** Names of nodes as k3d 5.9 gives them, without the cluster's in front. */
export function nodeNames(servers: number, agents: number): NodeNames {
  const names = (role: string, count: number) => Array.from({ length: count }, (_, index) => `${role}-${index}`);
  return { servers: names('server', servers), agents: names('agent', agents) };
}

/** The nodes that filters mean, none of them being all nodes; undefined when one of them means nothing. */
export function filtered(filters: readonly string[], names: NodeNames): Filtered | undefined {
  const everything = [...names.servers, ...names.agents];
  if (filters.length === 0) return { nodes: everything, loadBalancer: false };
  const meant = new Set<string>();
  let loadBalancer = false;
  for (const filter of filters) {
    const [, group, subset] = filterShape.exec(filter) ?? [];
    if (group === undefined) return undefined;
    if (group === 'loadbalancer') {
      loadBalancer = true;
      continue;
    }
    const candidates = group === 'all' ? everything : group.startsWith('server') ? names.servers : names.agents;
    const chosen = group === 'all' ? candidates : members(candidates, subset ?? '*');
    if (!chosen || chosen.length === 0) return undefined;
    for (const name of chosen) meant.add(name);
  }
  return { nodes: everything.filter((name) => meant.has(name)), loadBalancer };
}

/** `0,2`, `1-3`, `-2`, `1-` or `*` of a list; undefined for a number that is not in it. */
function members(candidates: readonly string[], subset: string): string[] | undefined {
  if (subset === '*') return [...candidates];
  if (subset.includes('-')) {
    const [first = '', last = ''] = subset.split('-');
    return candidates.slice(Number(first || 0), last === '' ? undefined : Number(last) + 1);
  }
  const chosen = subset.split(',').map((index) => candidates[Number(index)]);
  return chosen.every((name) => name !== undefined) ? chosen : undefined;
}

/** The filters that mean exactly these nodes, in as few words as there are. */
export function filtersFor(nodes: readonly string[], names: NodeNames): string[] {
  const everything = [...names.servers, ...names.agents];
  if (everything.every((name) => nodes.includes(name))) return ['all'];
  return (['servers', 'agents'] as const).flatMap((role) => {
    const indices = names[role].flatMap((name, index) => (nodes.includes(name) ? [index] : []));
    if (indices.length === 0) return [];
    const group = role.replace(/s$/, '');
    return [indices.length === names[role].length ? `${group}:*` : `${group}:${indices.join()}`];
  });
}
