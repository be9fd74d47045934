// Which cluster a context leads to, as far as the files tell: whose it is, and what its own program calls it.
import type { ContextOrigin } from '../../../shared/model/kubeconfig';
import { markOf } from './entry';
import { isLocal, isMinikubes } from './ownership';
import type { ResolvedContext } from './resolve';

/** What contexts of local clusters begin with: kind 0.33's, and k3d 5.9's. */
const prefixes = { kind: 'kind-', k3d: 'k3d-' } as const;

/** Nobody is asked, so that a tunnel to somewhere else looks local. */
export function originOf(resolved: Pick<ResolvedContext, 'name' | 'context' | 'cluster'>): {
  origin: ContextOrigin;
  clusterName?: string;
} {
  const { name, context, cluster } = resolved;
  if (!cluster) return { origin: 'unknown' };
  const mark = markOf(cluster.fields) ?? markOf(context);
  if (mark) return { origin: 'boathouse', ...(typeof mark.cluster === 'string' && { clusterName: mark.cluster }) };
  if (isMinikubes(cluster.fields)) return { origin: 'minikube', clusterName: name };
  if (!isLocal(cluster.fields.server) && !isDockerDesktops(cluster.fields.server)) return { origin: 'remote' };
  for (const program of ['kind', 'k3d'] as const) {
    const prefix = prefixes[program];
    if (name.startsWith(prefix)) return { origin: program, clusterName: name.slice(prefix.length) };
  }
  return { origin: 'local' };
}

/** Docker Desktop 4 leads this name to the computer itself. */
function isDockerDesktops(server: unknown): boolean {
  return /^https:\/\/kubernetes\.docker\.internal(:\d+)?\/?$/.test(String(server));
}
