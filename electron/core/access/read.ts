// `access.of`: what the nodes of a cluster sign in with and trust, read back from them and from its API.
import type { Access, SignIn } from '../../../shared/model/access';
import type { Cluster } from '../../../shared/model/cluster';
import { connectAsAdmin } from '../clusters/admin';
import type { ClusterDependencies } from '../clusters/dependencies';
import { noApi } from '../clusters/failures';
import { findCluster } from '../clusters/find';

import type { Kube } from '../kube/connect';
import { accountsIn } from './accounts';
import { readTrusted } from './certificates';
import { kubeletText } from './kubelet';
import { readPullSecrets } from './pull-secrets';

/** Throws `not-found`, `not-ready` (a cluster that does not run), `kubernetes-refused`. */
export async function accessOf(dependencies: ClusterDependencies, name: string, signal: AbortSignal): Promise<Access> {
  const { engine, cluster, provider } = await findCluster(dependencies, name);
  const lead = leadOf(cluster);
  const kube = await connectAsAdmin(engine, cluster, signal, provider.access);
  if (cluster.provider !== 'kubeadm') return { signIns: await signInsOf(kube, '', signal), certificates: [] };
  const [text, certificates] = await Promise.all([
    kubeletText(engine, lead, signal),
    readTrusted(engine, lead, signal),
  ]);
  return {
    signIns: await signInsOf(kube, text, signal),
    certificates: certificates.map(({ fingerprint, subject, expires }) => ({ fingerprint, subject, expires })),
  };
}

/** The control plane that is asked for all nodes. Throws `not-ready`. */
export function leadOf({ name, nodes }: Cluster): string {
  const lead = nodes.find(({ role, state }) => role === 'control-plane' && state === 'running');
  if (!lead) throw noApi(name);
  return lead.name;
}

/** @param kubelet what the lead's kubelet signs in with */
export async function signInsOf(kube: Kube, kubelet: string, signal: AbortSignal): Promise<SignIn[]> {
  const byKubelet = [...(accountsIn(kubelet) ?? [])].map(
    ([registry, account]): SignIn => ({ registry, account, way: 'kubelet', namespaces: [] }),
  );
  const secrets = new Map<string, SignIn>();
  for (const { registry, account, namespace } of await readPullSecrets(kube, signal)) {
    const known = secrets.get(registry)?.namespaces ?? [];
    secrets.set(registry, { registry, account, way: 'secret', namespaces: [...known, namespace].sort() });
  }
  return [...byKubelet, ...secrets.values()].sort((one, other) => one.registry.localeCompare(other.registry));
}
