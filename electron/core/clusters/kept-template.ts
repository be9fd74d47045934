// The template that a cluster keeps, as text: what it was made of, or what was applied last.
import { writeTemplate } from '../templates/write';
import type { ClusterDependencies } from './dependencies';
import { findCluster } from './find';
import { readRecorded } from './recorded';

/**
 * Of clusters that rest, too. Without a text where another program or an earlier version made the cluster.
 * Throws `not-found`, `engine-unreachable`.
 */
export async function keptTemplate(
  dependencies: ClusterDependencies,
  name: string,
  signal: AbortSignal,
): Promise<{ yaml?: string }> {
  const { engine, cluster } = await findCluster(dependencies, name);
  const first = cluster.nodes.find(({ role }) => role === 'control-plane');
  const template = first && cluster.madeBy === 'boathouse' ? await readRecorded(engine, first.name, signal) : undefined;
  return template ? { yaml: writeTemplate(template) } : {};
}
