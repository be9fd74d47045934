// The calls about registries.
import { repositoriesIn, tagsIn } from '../registry/browse';
import { collectGarbage, registryUsage } from '../registry/collect';
import { connectRegistry, disconnectRegistry } from '../registry/connect';
import { createRegistry } from '../registry/create';
import { deleteRegistry } from '../registry/delete';
import { deleteTag } from '../registry/delete-tag';
import { mirrorsOf } from '../registry/mirrors';
import { openRegistry } from '../registry/open';
import { readRegistries } from '../registry/read';
import { startRegistry, stopRegistry } from '../registry/run';
import type { Wiring } from './wiring';

export function registryCalls({ api: { registry: api }, explained, lasting, parts }: Wiring) {
  const { clusters, connection } = parts;

  return api.router({
    mirrors: api.mirrors.handler(({ input, signal }) => mirrorsOf(clusters, input.cluster, lasting(signal))),
    list: api.list.handler(async ({ signal }) => {
      const engine = await connection.engine();
      return readRegistries(engine, await clusters.read(engine, signal), lasting(signal));
    }),
    watch: api.watch.handler(({ signal }) => explained(parts.watchRegistries(lasting(signal)))),
    create: api.create.handler(({ input }) => createRegistry(clusters, input)),
    start: api.start.handler(({ input }) => startRegistry(clusters, input.name)),
    stop: api.stop.handler(({ input }) => stopRegistry(clusters, input.name)),
    delete: api.delete.handler(({ input }) => deleteRegistry(clusters, input.name)),
    collect: api.collect.handler(({ input }) => collectGarbage(clusters, input.name)),
    connect: api.connect.handler(({ input }) => connectRegistry(clusters, input.name, input.cluster)),
    disconnect: api.disconnect.handler(({ input }) => disconnectRegistry(clusters, input.name, input.cluster)),
    usage: api.usage.handler(({ input, signal }) => registryUsage(clusters, input.name, lasting(signal))),
    repositories: api.repositories.handler(async ({ input, signal }) =>
      repositoriesIn(await openRegistry(clusters, input.name, lasting(signal)), input.after),
    ),
    tags: api.tags.handler(async ({ input, signal }) =>
      tagsIn(await openRegistry(clusters, input.name, lasting(signal)), input.repository, input.after),
    ),
    deleteTag: api.deleteTag.handler(async ({ input, signal }) =>
      deleteTag(await openRegistry(clusters, input.name, lasting(signal)), input.repository, input.tag),
    ),
  });
}
