// Deleting a cache with all that it keeps, after the clusters that ask it were told that it goes.
import type { ClusterDependencies } from '../clusters/dependencies';
import { removeContainer, unlessGone } from '../clusters/remove';
import { hostsByCluster } from '../registry/read';
import { beginOn, step } from '../registry/run';
import { withoutCache } from './hosts';
import { tellClusters } from './make';
import { asks, findCache } from './read';

/** Throws `not-found`. */
export async function deleteCache(dependencies: ClusterDependencies, upstream: string) {
  const engine = await dependencies.engine();
  const cache = await findCache(engine, upstream);
  const { name, containerId } = cache;
  return beginOn(dependencies, engine, { kind: 'cache', subject: name }, [
    [
      step('caches-connect', 'Telling the clusters that use it'),
      async (context) => {
        const clusters = await dependencies.read(engine, context.signal);
        const hosts = await hostsByCluster(engine, clusters, context.signal);
        const users = clusters.filter((cluster) => asks(hosts.get(cluster.name) ?? new Map(), cache));
        await tellClusters(engine, users, undefined, (own) => withoutCache(own, cache), context);
      },
    ],
    [
      step('cache-delete', 'Deleting the cache', `docker rm -f ${name}`, ['caches-connect']),
      ({ signal }) => removeContainer(engine, containerId, signal),
    ],
    [
      step('volume-delete', 'Deleting what it keeps', `docker volume rm ${name}`, ['cache-delete']),
      ({ signal }) => unlessGone(() => engine.docker.getVolume(name).remove({ abortSignal: signal })),
    ],
  ]);
}
