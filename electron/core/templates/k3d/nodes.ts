// The nodes that a configuration of k3d describes: each with the labels, arguments and mounts that filters give it.
import { isDeepStrictEqual } from 'node:util';
import type { NotCarried } from '../../../../shared/model/template/conversion';
import { notCarried } from '../conversion';
import { pooled } from '../node-groups';
import type { Path } from '../places';
import { readTaint, type Taint } from './arguments';
import { filtered, type NodeNames } from './filters';
import type { K3dConfig } from './schema';
import { type DockerMount, readMemory, readVolume } from './volumes';

/** Something that k3d would refuse, too. */
export interface Mistake {
  path: Path;
  message: string;
}

export interface Notes {
  left: NotCarried[];
  mistakes: Mistake[];
}

interface K3sNode {
  role: 'control-plane' | 'worker';
  labels: Record<string, string>;
  taints: Taint[];
  resources: { memory?: string };
  mounts: DockerMount[];
  k3sArgs: string[];
}

export interface ReadNodes {
  pools: (K3sNode & { count: number; name?: string; nodes: string[] })[];
  /** Mounts of every node. */
  mounts: DockerMount[];
  serverArgs: string[];
  agentArgs: string[];
}

/** @param names which nodes there are; of a number that is in a parameter, one */
export function readNodes(config: K3dConfig, names: NodeNames, notes: Notes): ReadNodes {
  const everything = [...names.servers, ...names.agents];
  const nodes = new Map<string, K3sNode>(everything.map((name) => [name, bareNode(name, config)]));
  const each = (
    entries: readonly { nodeFilters: string[] }[],
    field: string,
    give: (index: number, to: string[]) => void,
  ) =>
    entries.forEach(({ nodeFilters }, index) => {
      const to = targets(nodeFilters, names, `${field}[${index}]`, pathOf(field, index), notes);
      if (to) give(index, to);
    });
  const mounts: DockerMount[] = [];
  each(config.volumes, 'volumes', (index, to) => {
    const read = readVolume(config.volumes[index]?.volume ?? '');
    const field = `volumes[${index}].volume`;
    if (!read)
      return void notes.left.push(notCarried(field, 'k3d-volume', { volume: config.volumes[index]?.volume ?? '' }));
    for (const option of read.unknown) notes.left.push(notCarried(field, 'k3d-volume-option', { option }));
    if (to.length === everything.length) mounts.push(read.mount);
    else for (const name of to) nodes.get(name)?.mounts.push(read.mount);
  });
  const { extraArgs, nodeLabels } = config.options.k3s;
  const serverArgs: string[] = [];
  const agentArgs: string[] = [];
  each(extraArgs, 'options.k3s.extraArgs', (index, to) => {
    const { arg = '' } = extraArgs[index] ?? {};
    const taint = readTaint(arg);
    for (const [role, shared] of [
      ['servers', serverArgs],
      ['agents', agentArgs],
    ] as const) {
      const chosen = names[role].filter((name) => to.includes(name));
      if (taint) for (const name of chosen) nodes.get(name)?.taints.push(taint);
      else if (chosen.length > 0 && chosen.length === names[role].length) shared.push(arg);
      else for (const name of chosen) nodes.get(name)?.k3sArgs.push(arg);
    }
  });
  each(nodeLabels, 'options.k3s.nodeLabels', (index, to) => {
    const [key = '', ...value] = (nodeLabels[index]?.label ?? '').split('=');
    for (const name of to) Object.assign(nodes.get(name)?.labels ?? {}, { [key]: value.join('=') });
  });
  return { pools: poolsOf(nodes), mounts, serverArgs, agentArgs };
}

function bareNode(name: string, { options }: K3dConfig): K3sNode {
  const server = name.startsWith('server');
  const limit = server ? options.runtime.serversMemory : options.runtime.agentsMemory;
  const memory = limit && (readMemory(limit) ?? limit);
  return {
    role: server ? 'control-plane' : 'worker',
    labels: {},
    taints: [],
    resources: memory ? { memory } : {},
    mounts: [],
    k3sArgs: [],
  };
}

/** The nodes of filters; the load balancer is told of, a filter that means nothing is a mistake. */
export function targets(filters: readonly string[], names: NodeNames, field: string, path: Path, notes: Notes) {
  const found = filtered(filters, names);
  if (!found) {
    const message = `no node is meant by ${filters.join(', ')}`;
    notes.mistakes.push({ path: [...path, 'nodeFilters'], message });
    return undefined;
  }
  if (found.loadBalancer) notes.left.push(notCarried(field, 'k3d-load-balancer'));
  return found.nodes;
}

export function pathOf(field: string, index: number): Path {
  return [...field.split('.'), index];
}

function poolsOf(nodes: ReadonlyMap<string, K3sNode>): ReadNodes['pools'] {
  const all = [...nodes];
  let taken = 0;
  return pooled(all.map(([, node]) => node)).map((pool) => {
    const names = all.slice(taken, taken + pool.count).map(([name]) => name);
    taken += pool.count;
    return { ...pool, nodes: names };
  });
}

/**
 * What a port leads to that is meant for some nodes: `all`, one node, or a pool, which gets a name for that; undefined
 * where they are no pool of their own.
 */
export function portTarget(meant: readonly string[], pools: ReadNodes['pools']): string | undefined {
  const everything = pools.flatMap((pool) => pool.nodes);
  if (meant.length === everything.length) return 'all';
  if (meant.length === 1) return meant[0];
  const pool = pools.find((candidate) => isDeepStrictEqual([...candidate.nodes], [...meant]));
  if (!pool) return undefined;
  const alike = pools.filter(({ role }) => role === pool.role);
  const plural = pool.role === 'worker' ? 'agents' : 'servers';
  pool.name ??= alike.length === 1 ? plural : `${plural}-${alike.indexOf(pool) + 1}`;
  return pool.name;
}
