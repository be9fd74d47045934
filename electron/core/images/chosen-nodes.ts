// Which nodes of a cluster are meant.
import type { Cluster } from '../../../shared/model/cluster';
import { AppError } from '../../../shared/model/errors';
import { nearest } from '../../../shared/model/nearest';

/**
 * Names of the chosen nodes, also without the cluster's name before them (`worker2`); without a choice, of all that run.
 * Throws `not-found` for a node that is none, `not-ready` when one that was chosen, or none at all, runs.
 */
export function chosenNodes(cluster: Pick<Cluster, 'name' | 'nodes'>, wanted?: readonly string[]): string[] {
  const nodes = cluster.nodes.filter(({ role }) => role !== 'external-load-balancer');
  const names = nodes.map(({ name }) => name);
  const running = nodes.filter(({ state }) => state === 'running').map(({ name }) => name);
  const chosen = wanted?.map((word) => {
    const name = names.find((one) => one === word || one === `${cluster.name}-${word}`);
    if (!name) throw noSuchNode(cluster.name, word, names);
    if (!running.includes(name)) throw notRunning(cluster.name, name);
    return name;
  });
  const result = [...new Set(chosen ?? running)];
  if (result.length === 0) throw notRunning(cluster.name, cluster.name);
  return result;
}

function noSuchNode(cluster: string, node: string, names: readonly string[]): AppError {
  const near = nearest(node, names);
  return new AppError('not-found', `${cluster} has no node ${node}`, {
    params: { what: node },
    hints: [{ text: near ? `Did you mean ${near}?` : `Its nodes: ${names.join(', ')}` }],
  });
}

function notRunning(cluster: string, what: string): AppError {
  return new AppError('not-ready', `${what} does not run`, {
    params: { what, seconds: 0 },
    hints: [
      {
        text: `Start it with: boathouse start ${cluster}`,
        action: { call: 'clusters.start', input: { name: cluster } },
      },
    ],
  });
}
