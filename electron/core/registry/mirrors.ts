// Which mirrors a cluster has: read back from its first control plane, running or not.
import { refuseUnable } from '../clusters/able';
import type { ClusterDependencies } from '../clusters/dependencies';
import { noApi } from '../clusters/failures';
import { findCluster } from '../clusters/find';
import { addressesOf, readHosts } from './hosts';
import { readCerts } from './node-hosts';

/** Throws `not-found`, `not-possible`, `not-ready` (a cluster without a control plane). */
export async function mirrorsOf(dependencies: ClusterDependencies, name: string, signal: AbortSignal) {
  const { engine, cluster } = await findCluster(dependencies, name);
  refuseUnable(cluster, 'images');
  const first = cluster.nodes.find(({ role }) => role === 'control-plane');
  if (!first) throw noApi(name);
  const hosts = readHosts(await readCerts(engine, first.name, signal));
  return {
    mirrors: Object.fromEntries(addressesOf(hosts, 'mirror')),
    others: Object.fromEntries(addressesOf(hosts, 'other')),
  };
}
