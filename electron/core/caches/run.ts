// Starting and stopping a cache; a start brings it the credentials as they are now.
import type { ClusterDependencies } from '../clusters/dependencies';
import { putFiles } from '../engine/archive';
import { startContainer } from '../registry/create';
import { beginOn, step, stopContainer } from '../registry/run';
import { checkedPassword, filesOf } from './make';
import { findCache } from './read';
import { waitForCache } from './usage';

/** Throws `not-found`; the operation fails with `credentials-refused` when the upstream no longer takes them. */
export async function startCache(dependencies: ClusterDependencies, upstream: string) {
  const engine = await dependencies.engine();
  const cache = await findCache(engine, upstream);
  const { name } = cache;
  return beginOn(dependencies, engine, { kind: 'cache', subject: name }, [
    [
      step('cache-start', `Starting the cache of ${upstream}`, `docker start ${name}`),
      async (context) => {
        const { signal } = context;
        if (cache.state !== 'running') {
          const password = cache.account ? await checkedPassword(engine, cache, context) : undefined;
          await putFiles(engine, name, await filesOf(dependencies.options, engine, cache, password), signal);
        }
        await startContainer(engine, signal, name);
        await waitForCache(engine, name, signal);
      },
    ],
  ]);
}

/** Throws `not-found`. Nodes ask its upstream itself meanwhile. */
export async function stopCache(dependencies: ClusterDependencies, upstream: string) {
  const engine = await dependencies.engine();
  const { name } = await findCache(engine, upstream);
  return beginOn(dependencies, engine, { kind: 'cache', subject: name }, [
    [
      step('cache-stop', `Stopping the cache of ${upstream}`, `docker stop ${name}`),
      ({ signal }) => stopContainer(engine, name, signal),
    ],
  ]);
}
