// The Services of a cluster that ports of this computer can lead to.
import type { V1Service } from '@kubernetes/client-node';
import type { ClusterService } from '../../../shared/model/service';
import { connectAsAdmin } from './admin';
import type { ClusterDependencies } from './dependencies';
import { findCluster } from './find';

/** Milliseconds that the API gets to answer. */
const answerLimit = 5_000;

/** By namespace and name, those of Kubernetes itself last. Throws `not-found`, `not-ready`, `kubernetes-refused`. */
export async function listServices(
  dependencies: ClusterDependencies,
  name: string,
  signal: AbortSignal,
): Promise<ClusterService[]> {
  const { engine, cluster, provider } = await findCluster(dependencies, name);
  const kube = await connectAsAdmin(engine, cluster, signal, provider.access);
  const within = AbortSignal.any([signal, AbortSignal.timeout(answerLimit)]);
  const { items } = await kube.get<{ items: V1Service[] }>('/api/v1/services', within);
  return servicesOf(items);
}

/** A Service without an address of its own has nothing that a port could lead to. */
export function servicesOf(items: readonly V1Service[]): ClusterService[] {
  return items
    .filter(({ spec }) => spec?.clusterIP && spec.clusterIP !== 'None' && spec.type !== 'ExternalName')
    .map(({ metadata, spec }) => ({
      namespace: metadata?.namespace ?? '',
      name: metadata?.name ?? '',
      ports: (spec?.ports ?? []).map(({ name, port, protocol, nodePort }) => ({
        port,
        protocol: (protocol ?? 'TCP') as ClusterService['ports'][number]['protocol'],
        ...(name && { name }),
        ...(nodePort && { nodePort }),
      })),
    }))
    .sort((a, b) => rank(a) - rank(b) || a.namespace.localeCompare(b.namespace) || a.name.localeCompare(b.name));
}

function rank({ namespace, name }: ClusterService): number {
  if (namespace.startsWith('kube-') || (namespace === 'default' && name === 'kubernetes')) return 2;
  return namespace === 'default' ? 0 : 1;
}
