// Images of a stand-in core, and where they come from.

import type { StandInParts } from './parts';
import { sampleDisk } from './samples';

export function imagesCalls({ os, options, calls, begin, known }: StandInParts) {
  const onRegistry = (call: 'start' | 'stop' | 'delete' | 'collect') =>
    os.registry[call].handler(({ input }) => begin('registry', input.name ?? 'boathouse-registry', input));

  const onCache = (input: { upstream: string }) => begin('cache', `cache of ${input.upstream}`, input);

  return {
    access: {
      of: os.access.of.handler(() => ({ signIns: [], certificates: [], ...options.access })),
      known: os.access.known.handler(() => ['ghcr.io']),
      signIn: os.access.signIn.handler(({ input }) => begin('change', known(input.cluster).name, input)),
      signOut: os.access.signOut.handler(({ input }) => begin('change', known(input.cluster).name, input)),
      trust: os.access.trust.handler(({ input }) => begin('change', known(input.cluster).name, input)),
      distrust: os.access.distrust.handler(({ input }) => begin('change', known(input.cluster).name, input)),
    },
    caches: {
      list: os.caches.list.handler(() => [...(options.caches ?? [])]),
      watch: os.caches.watch.handler(async function* () {
        yield { type: 'snapshot' as const, revision: 0, items: [...(options.caches ?? [])] };
      }),
      create: os.caches.create.handler(({ input }) => onCache(input)),
      change: os.caches.change.handler(({ input }) => onCache(input)),
      start: os.caches.start.handler(({ input }) => onCache(input)),
      stop: os.caches.stop.handler(({ input }) => onCache(input)),
      delete: os.caches.delete.handler(({ input }) => onCache(input)),
      prune: os.caches.prune.handler(({ input }) => {
        calls.push(['prune', input]);
        return { freed: 12_000_000 };
      }),
      connect: os.caches.connect.handler(({ input }) => begin('change', known(input.cluster).name, input)),
      disconnect: os.caches.disconnect.handler(({ input }) => begin('change', known(input.cluster).name, input)),
      usage: os.caches.usage.handler(() => ({ bytes: 241_000_000, asksUpstream: false })),
    },
    disk: {
      usage: os.disk.usage.handler(() => sampleDisk),
      clean: os.disk.clean.handler(({ input }) => begin('disk', 'disk', input)),
    },
    images: {
      engine: os.images.engine.handler(() => []),
      list: os.images.list.handler(({ input }) => {
        const nodes = known(input.name).nodes.map((node) => ({ name: node.name }));
        return { nodes, images: [], stale: [] };
      }),
      load: os.images.load.handler(({ input }) => begin('load-images', known(input.name).name, input)),
      offer: os.images.offer.handler(async function* () {
        yield { file: '0b2f6c1e-5d1c-4d4e-9f0a-3c1b7a9d2e11' };
      }),
      give: os.images.give.handler(() => {}),
      stale: os.images.stale.handler(() => []),
      pull: os.images.pull.handler(({ input }) => begin('load-images', known(input.name).name, input)),
      remove: os.images.remove.handler(({ input }) => begin('remove-images', known(input.name).name, input)),
      prunable: os.images.prunable.handler(() => []),
      restart: os.images.restart.handler(({ input }) => begin('change', known(input.name).name, input)),
    },
    registry: {
      mirrors: os.registry.mirrors.handler(() => ({ mirrors: {}, others: {} })),
      list: os.registry.list.handler(() => []),
      watch: os.registry.watch.handler(async function* () {
        yield { type: 'snapshot' as const, revision: 0, items: [] };
      }),
      create: os.registry.create.handler(({ input }) => begin('registry', 'boathouse-registry', input)),
      start: onRegistry('start'),
      stop: onRegistry('stop'),
      delete: onRegistry('delete'),
      collect: onRegistry('collect'),
      connect: os.registry.connect.handler(({ input }) => begin('change', known(input.cluster).name, input)),
      disconnect: os.registry.disconnect.handler(({ input }) => begin('change', known(input.cluster).name, input)),
      usage: os.registry.usage.handler(() => ({ bytes: 0 })),
      repositories: os.registry.repositories.handler(() => ({ items: [] })),
      tags: os.registry.tags.handler(() => ({ items: [] })),
      deleteTag: os.registry.deleteTag.handler(() => {}),
    },
  };
}
