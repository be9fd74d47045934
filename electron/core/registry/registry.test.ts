// The pure parts of the registry: who is one, what it runs, what nodes are told, what its store and its API say.
import { expect, it } from 'vitest';
import type { ListedContainer } from '../clusters/listed';
import { announcedHost, announcement } from './announce';
import type { RegistryApi } from './api';
import { digestsInUse, repositoriesIn, tagsIn } from './browse';
import { revisionsIn } from './collect';
import { withoutRegistry, withRegistry } from './connect';
import { registryContainer } from './container';
import { addressesOf, mirrorHosts } from './hosts';
import { catalogueImage, decideImage } from './image';
import { fetchesFrom } from './read';
import { recogniseRegistries } from './recognise';

const container = (name: string, more: Partial<ListedContainer> = {}): ListedContainer => ({
  Id: name,
  Names: [`/${name}`],
  Image: 'registry:3',
  State: 'running',
  Created: 0,
  Labels: {},
  Ports: [{ IP: '127.0.0.1', PrivatePort: 5000, PublicPort: 5001 }],
  ...more,
});

it('recognises our registry and those of kind’s documentation, k3d and ctlptl, ours first', () => {
  const found = recogniseRegistries([
    container('kind-registry'),
    container('k3d-reg', {
      Labels: { 'k3d.role': 'registry', 'k3s.registry.port.external': '5100' },
      State: 'exited',
      Ports: [],
    }),
    container('ctlptl-registry', { Labels: { 'dev.tilt.ctlptl.role': 'registry' } }),
    container('somebody', { Image: 'registry:2' }),
    container('boathouse-registry', { Labels: { 'dev.boathouse.role': 'registry' } }),
  ]);
  expect(found.map(({ name, madeBy, address }) => [name, madeBy, address])).toEqual([
    ['boathouse-registry', 'boathouse', 'localhost:5001'],
    ['ctlptl-registry', 'ctlptl', 'localhost:5001'],
    ['k3d-reg', 'k3d', 'localhost:5100'],
    ['kind-registry', 'kind', 'localhost:5001'],
  ]);
});

it('runs the catalogue’s image, or one that is here already rather than pulling', () => {
  expect(decideImage(undefined, new Set())).toEqual({ reference: catalogueImage, pull: true });
  const digest = catalogueImage.split('@')[1];
  const here = decideImage(undefined, new Set([`registry@${digest}`, 'registry:2']));
  expect(here).toEqual({ reference: catalogueImage, pull: false });
  expect(decideImage(undefined, new Set(['testbed/registry:2', 'registry:2'])).reference).toBe('registry:2');
  expect(decideImage('mine:1', new Set(['registry:2']))).toEqual({ reference: 'mine:1', pull: true });
});

it('listens on this computer alone and keeps images in a volume', () => {
  const { HostConfig, Labels } = registryContainer({ image: 'registry:3', port: 5001, version: '1' });
  expect(HostConfig?.PortBindings).toEqual({ '5000/tcp': [{ HostIp: '127.0.0.1', HostPort: '5001' }] });
  expect(HostConfig?.Mounts).toMatchObject([{ Source: 'boathouse-registry', Target: '/var/lib/registry' }]);
  expect(Labels).toMatchObject({ 'dev.boathouse.role': 'registry', 'dev.boathouse.registry-port': '5001' });
});

it('is told to nodes by its port and its name, beside mirrors and other registries', () => {
  const ours = { address: 'localhost:5001', inNetwork: 'boathouse-registry:5000' };
  const kinds = { address: 'localhost:5002', inNetwork: 'kind-registry:5000' };
  const mirrors = mirrorHosts({ 'docker.io': ['https://a'] });
  const both = withRegistry(withRegistry(mirrors, kinds), ours);
  expect([...addressesOf(both, 'registry').keys()].sort()).toEqual([
    '127.0.0.1:5001',
    '127.0.0.1:5002',
    'boathouse-registry:5000',
    'kind-registry:5000',
    'localhost:5001',
    'localhost:5002',
  ]);
  expect(fetchesFrom(both, ours)).toBe(true);
  expect(fetchesFrom(both, { ...ours, address: 'localhost:5009' })).toBe(false);
  expect(withoutRegistry(both, ours)).toEqual(withRegistry(mirrors, kinds));
  expect(withoutRegistry(withRegistry(mirrors, ours), ours)).toEqual(mirrors);
});

it('announces itself as KEP-1755 says', () => {
  const map = announcement({ address: 'localhost:5001', inNetwork: 'boathouse-registry:5000' });
  expect(map.metadata).toEqual({ name: 'local-registry-hosting', namespace: 'kube-public' });
  expect(map.data?.['localRegistryHosting.v1']).toContain('host: localhost:5001\n');
  expect(announcedHost(map)).toBe('localhost:5001');
  expect(announcedHost({ data: { 'localRegistryHosting.v1': ': :' } })).toBeUndefined();
});

it('finds what a store has', () => {
  const hash = 'a'.repeat(64);
  const folder = '/var/lib/registry/docker/registry/v2/repositories';
  const paths = `${folder}/team/web/_manifests/revisions/sha256/${hash}/link\n${folder}/team/web/_layers/sha256/${hash}/link\n`;
  expect(revisionsIn(paths)).toEqual(new Map([['team/web', [`sha256:${hash}`]]]));
});

/** A registry whose answers are given, by path. */
function fakeApi(answers: Record<string, { body: unknown; headers?: Record<string, string> }>): RegistryApi {
  return {
    ask: () => Promise.reject(new Error('not asked')),
    async json<Body>(path: string) {
      const answer = answers[path];
      return answer && { body: answer.body as Body, headers: new Headers(answer.headers) };
    },
  };
}

const digest = (name: string) => ({ 'docker-content-digest': `sha256:${name}` });
const api = fakeApi({
  '/v2/_catalog?n=50': {
    body: { repositories: ['empty', 'web'] },
    headers: { link: '</v2/_catalog?last=web>; rel="next"' },
  },
  '/v2/empty/tags/list': { body: { tags: null } },
  '/v2/web/tags/list': { body: { tags: ['10'] }, headers: { link: '</v2/web/tags/list?last=10>; rel="next"' } },
  '/v2/web/tags/list?last=10': { body: { tags: ['9'] } },
  '/v2/web/manifests/9': {
    body: { config: { digest: 'c', size: 1 }, layers: [{ digest: 'l', size: 10 }] },
    headers: digest('nine'),
  },
  '/v2/web/blobs/c': { body: { os: 'linux', architecture: 'arm64', variant: 'v8' } },
  '/v2/web/manifests/10': {
    body: {
      manifests: [
        { digest: 'x', size: 1, platform: { os: 'linux', architecture: 'amd64' } },
        { digest: 'y', size: 1, platform: { os: 'unknown', architecture: 'unknown' } },
      ],
    },
    headers: digest('ten'),
  },
  '/v2/web/manifests/x': { body: { config: { digest: 'c', size: 1 }, layers: [{ digest: 'l', size: 10 }] } },
  '/v2/web/manifests/y': { body: { config: { digest: 'd', size: 2 }, layers: [{ digest: 'l', size: 10 }] } },
});

it('tells repositories with tags, and where the next page begins', async () => {
  expect(await repositoriesIn(api, undefined)).toEqual({ items: [{ name: 'web', tags: 2 }], next: 'web' });
});

it('tells tags with their sizes, each blob once, and platforms without attestations', async () => {
  expect(await tagsIn(api, 'web', undefined)).toEqual({
    items: [
      { tag: '9', digest: 'sha256:nine', size: 11, platforms: ['linux/arm64/v8'] },
      { tag: '10', digest: 'sha256:ten', size: 13, platforms: ['linux/amd64'] },
    ],
  });
  expect((await tagsIn(api, 'web', '9')).items.map(({ tag }) => tag)).toEqual(['10']);
  expect(await tagsIn(api, 'none', undefined)).toEqual({ items: [] });
});

it('knows what tags need: the platforms of an index too', async () => {
  expect(await digestsInUse(api, 'web')).toEqual(new Set(['sha256:nine', 'sha256:ten', 'x', 'y']));
});
