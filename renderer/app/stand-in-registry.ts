// The registry's part of the stand-in of the core, and samples of what it knows.
import type { Client } from '../../shared/contract';
import type { Feed } from '../../shared/model/feed';
import type { LocalRegistry, Tag } from '../../shared/model/registry';
import type { Topic } from './stand-in-topic';

const hash = (start: string) => `sha256:${start.padEnd(64, '0')}`;

export const sampleRegistries: LocalRegistry[] = [
  {
    name: 'boathouse-registry',
    containerId: 'c0ffee0001',
    madeBy: 'boathouse',
    state: 'running',
    image: 'registry:3',
    address: 'localhost:5001',
    inNetwork: 'boathouse-registry:5000',
    clusters: ['shop'],
  },
  {
    name: 'kind-registry',
    containerId: 'c0ffee0002',
    madeBy: 'kind',
    state: 'exited',
    image: 'registry:2',
    inNetwork: 'kind-registry:5000',
    clusters: [],
  },
];

/** Tags by repository. */
export const sampleRepositories: Record<string, Tag[]> = {
  'shop/checkout': [
    { tag: '1.4.0', digest: hash('9f2c'), size: 48_300_000, platforms: ['linux/amd64', 'linux/arm64/v8'] },
    { tag: 'dev', digest: hash('77ab'), size: 47_900_000, platforms: ['linux/amd64'] },
  ],
  'shop/web': [{ tag: 'dev', digest: hash('1be5'), size: 182_000_000, platforms: ['linux/amd64'] }],
};

export const sampleMirrors: RegistryWorld['mirrors'] = {
  shop: { mirrors: { 'docker.io': ['https://mirror.example.com'] }, others: {} },
  'old-kind': { mirrors: {}, others: { 'localhost:5002': ['http://kind-registry:5000'] } },
};

export interface RegistryWorld {
  registries: LocalRegistry[];
  repositories: Record<string, Tag[]>;
  /** By cluster. */
  mirrors: Record<string, Awaited<ReturnType<Client['registry']['mirrors']>>>;
}

/** The calls; `enter` fails those that are to fail and notes what changes something. */
export function registryStandIn(
  world: RegistryWorld,
  topic: Pick<Topic<Feed<LocalRegistry>>, 'open'>,
  enter: (call: string, input?: unknown) => void,
  started: (call: string, input: unknown) => { operationId: string },
): Client['registry'] {
  return {
    mirrors: async ({ cluster }) => world.mirrors[cluster] ?? { mirrors: {}, others: {} },
    list: async () => world.registries,
    watch: async (_input, call) => topic.open(call?.signal),
    create: async (input) => started('registry.create', input),
    start: async (input) => started('registry.start', input),
    stop: async (input) => started('registry.stop', input),
    delete: async (input) => started('registry.delete', input),
    collect: async (input) => started('registry.collect', input),
    connect: async (input) => started('registry.connect', input),
    disconnect: async (input) => started('registry.disconnect', input),
    usage: async () => {
      enter('registry.usage');
      return { bytes: 241_000_000 };
    },
    repositories: async () => {
      enter('registry.repositories');
      const items = Object.entries(world.repositories).map(([name, tags]) => ({ name, tags: tags.length }));
      return { items };
    },
    tags: async ({ repository }) => {
      enter('registry.tags');
      return { items: world.repositories[repository] ?? [] };
    },
    deleteTag: async (input) => {
      enter('registry.deleteTag', input);
      const tags = world.repositories[input.repository] ?? [];
      world.repositories[input.repository] = tags.filter(({ tag }) => tag !== input.tag);
    },
  };
}
