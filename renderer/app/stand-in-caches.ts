// The caches' part of the stand-in of the core, and samples of what it knows.
import type { Client } from '../../shared/contract';
import type { Cache } from '../../shared/model/caches';
import type { Feed } from '../../shared/model/feed';
import type { Topic } from './stand-in-topic';

export const sampleCaches: Cache[] = [
  {
    upstream: 'docker.io',
    url: 'https://registry-1.docker.io',
    name: 'boathouse-cache-docker-io',
    containerId: 'c0ffee0003',
    state: 'running',
    image: 'registry:3',
    budget: 20_000_000_000,
    account: 'ana',
    clusters: ['shop'],
  },
  {
    upstream: 'ghcr.io',
    url: 'https://ghcr.io',
    name: 'boathouse-cache-ghcr-io',
    containerId: 'c0ffee0004',
    state: 'running',
    image: 'registry:3',
    budget: 5_000_000_000,
    clusters: [],
  },
];

/** The calls. One upstream in the samples is away. */
export function cachesStandIn(
  world: { caches: Cache[] },
  topic: Pick<Topic<Feed<Cache>>, 'open'>,
  enter: (call: string, input?: unknown) => void,
  started: (call: string, input: unknown) => { operationId: string },
): Client['caches'] {
  return {
    list: async () => world.caches,
    watch: async (_input, call) => topic.open(call?.signal),
    create: async (input) => started('caches.create', input),
    change: async (input) => started('caches.change', input),
    start: async (input) => started('caches.start', input),
    stop: async (input) => started('caches.stop', input),
    delete: async (input) => started('caches.delete', input),
    connect: async (input) => started('caches.connect', input),
    disconnect: async (input) => started('caches.disconnect', input),
    prune: async (input) => {
      enter('caches.prune', input);
      return { freed: 0 };
    },
    usage: async ({ upstream }) => {
      enter('caches.usage');
      return { bytes: 3_400_000_000, asksUpstream: upstream === 'docker.io' };
    },
  };
}
