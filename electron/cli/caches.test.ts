// `boathouse caches`: what the core is asked for, and what a terminal shows.
import { expect, it } from 'vitest';
import type { Cache } from '../../shared/model/caches';
import { standInCore } from '../host/stand-in-core';
import { sampleCluster } from '../host/stand-in-core/samples';
import { boathouse } from './run-for-test';

const cache: Cache = {
  upstream: 'docker.io',
  url: 'https://registry-1.docker.io',
  name: 'boathouse-cache-docker-io',
  containerId: 'c',
  state: 'running',
  image: 'registry:3',
  budget: 20_000_000_000,
  clusters: ['shop'],
};

it('lists what each takes, and whose upstream is away', async () => {
  const { code, out } = await boathouse('caches list', { core: standInCore({ caches: [cache] }) });
  expect(code).toBe(0);
  expect(out.split('\n')[1]).toMatch(/^docker\.io\s+running\s+241 MB\s+20 GB\s+shop\s+-$/);
  expect(out).toContain('docker.io cannot be reached');
  expect((await boathouse('caches list')).out).toContain('boathouse caches create docker.io');
  const { json } = await boathouse('caches list --json', { core: standInCore({ caches: [cache] }) });
  expect(json).toMatchObject([{ caches: [{ upstream: 'docker.io', bytes: 241_000_000 }] }]);
});

it('hands on what was chosen', async () => {
  const core = standInCore({ clusters: [sampleCluster('shop')] });
  await boathouse('caches create ghcr.io --budget 30GB --anonymous', { core });
  await boathouse('caches change ghcr.io --sign-in', { core });
  await boathouse('caches connect ghcr.io shop', { core });
  await boathouse('caches delete ghcr.io --yes', { core });
  expect(core.calls).toEqual([
    ['cache', { upstream: 'ghcr.io', budget: 30_000_000_000, signIn: false }],
    ['cache', { upstream: 'ghcr.io', signIn: true }],
    ['change', { upstream: 'ghcr.io', cluster: 'shop' }],
    ['cache', { upstream: 'ghcr.io' }],
  ]);
  const pruned = await boathouse('caches prune ghcr.io --keep 1GB', { core });
  expect(pruned.out).toBe('Freed 12 MB.');
});

it('explains a size that is none', async () => {
  const { code, err } = await boathouse('caches create ghcr.io --budget lots');
  expect(code).toBe(2);
  expect(err).toContain('"lots" is not a size');
});
