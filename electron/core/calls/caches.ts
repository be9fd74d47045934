// The calls about pull-through caches.
import { connectCache, disconnectCache } from '../caches/connect';
import { changeCache, createCache } from '../caches/create';
import { deleteCache } from '../caches/delete';
import { readCaches } from '../caches/read';
import { startCache, stopCache } from '../caches/run';
import { cacheUsage, pruneCache } from '../caches/usage';
import type { Wiring } from './wiring';

export function cachesCalls({ api: { caches: api }, explained, lasting, parts }: Wiring) {
  const { clusters, connection } = parts;

  return api.router({
    list: api.list.handler(async ({ signal }) => {
      const engine = await connection.engine(signal);
      return readCaches(engine, await clusters.read(engine, signal), lasting(signal));
    }),
    watch: api.watch.handler(({ signal }) => explained(parts.watchCaches(lasting(signal)))),
    create: api.create.handler(({ input }) => createCache(clusters, input)),
    change: api.change.handler(({ input }) => changeCache(clusters, input)),
    start: api.start.handler(({ input }) => startCache(clusters, input.upstream)),
    stop: api.stop.handler(({ input }) => stopCache(clusters, input.upstream)),
    delete: api.delete.handler(({ input }) => deleteCache(clusters, input.upstream)),
    prune: api.prune.handler(({ input, signal }) => pruneCache(clusters, input, lasting(signal))),
    connect: api.connect.handler(({ input }) => connectCache(clusters, input.upstream, input.cluster)),
    disconnect: api.disconnect.handler(({ input }) => disconnectCache(clusters, input.upstream, input.cluster)),
    usage: api.usage.handler(({ input, signal }) => cacheUsage(clusters, input.upstream, lasting(signal))),
  });
}
