// Letting the nodes of one running cluster ask a cache, whoever made the cluster, and back.
import type { ClusterDependencies } from '../clusters/dependencies';
import { findCluster } from '../clusters/find';
import { jobOf, leaveUnlessShared, refuseUntellable, tellNodes } from '../registry/connect';
import { joinNetwork, leaveNetwork } from '../registry/networks';
import { withCaches, withoutCache } from './hosts';
import { findCache } from './read';

/** Throws `not-found`, `not-possible` (k3s, minikube), `not-ready` (a cluster that does not run). */
export async function connectCache(dependencies: ClusterDependencies, upstream: string, of: string) {
  const { engine, cluster } = await findCluster(dependencies, of);
  refuseUntellable(cluster);
  const cache = await findCache(engine, upstream);
  const network = cluster.network ?? '';
  const job = jobOf({ cluster }, [
    [
      'caches-connect',
      `Connecting the cache of ${upstream}`,
      async ({ signal, undo }) => {
        const joined = await joinNetwork(engine, network, cache.containerId, signal);
        if (joined)
          undo(`${cache.name} in ${network}`, (within) => leaveNetwork(engine, network, cache.containerId, within));
      },
    ],
    [
      'mirrors',
      'Telling the nodes',
      (context) => tellNodes(engine, cluster, (own) => withCaches(own, [cache]), context),
    ],
  ]);
  return dependencies.operations.start(job, engine.endpoint.host);
}

/** Throws what {@link connectCache} does. */
export async function disconnectCache(dependencies: ClusterDependencies, upstream: string, of: string) {
  const { engine, cluster } = await findCluster(dependencies, of);
  refuseUntellable(cluster);
  const cache = await findCache(engine, upstream);
  const job = jobOf({ cluster }, [
    [
      'mirrors',
      'Telling the nodes',
      (context) => tellNodes(engine, cluster, (own) => withoutCache(own, cache), context),
    ],
    [
      'registry-disconnect',
      `Disconnecting the cache of ${upstream}`,
      ({ signal }) => leaveUnlessShared(dependencies, { engine, cluster }, cache.containerId, signal),
    ],
  ]);
  return dependencies.operations.start(job, engine.endpoint.host);
}
