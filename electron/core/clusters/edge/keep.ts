// Entrances that were killed under a running cluster are started again: without one, nobody reaches its API.
import type { Cluster } from '../../../../shared/model/cluster';
import type { Engine } from '../../engine/engine';
import { startEdge } from './entrance';

/** Whether the cluster's nodes all run while its entrance, ours, does not, and nobody is at work on it. */
export function isShutOut({ madeBy, nodes, entrance, operationId }: Cluster): boolean {
  if (madeBy !== 'boathouse' || operationId !== undefined || entrance === undefined) return false;
  const ended = entrance.state === 'exited' || entrance.state === 'dead';
  return ended && nodes.every((node) => node.state === 'running');
}

/**
 * Starts the entrances of clusters that are shut out. The engine itself brings back those that crash; one that was killed by
 * hand it leaves as it is.
 */
export async function keepEntrances(
  engine: Engine,
  clusters: readonly Cluster[],
  signal: AbortSignal,
  log: (line: string) => void,
): Promise<void> {
  for (const { name, entrance } of clusters.filter(isShutOut)) {
    if (!entrance) continue;
    log(`the entrance of ${name} had ended and is started again`);
    try {
      await startEdge(engine, entrance.containerId, signal);
    } catch (error) {
      if (!signal.aborted) log(`the entrance of ${name} could not be started: ${String(error)}`);
    }
  }
}
