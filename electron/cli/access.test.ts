// `boathouse access`: what the core is asked for, and what a terminal shows.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { standInCore } from '../host/stand-in-core';
import { sampleCluster } from '../host/stand-in-core/samples';
import { boathouse } from './run-for-test';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'access-'));
  await writeFile(join(folder, 'ca.crt'), 'PEM');
});
afterAll(() => rm(folder, { recursive: true }));

it('lists who signs in where, and what is trusted', async () => {
  const access = {
    signIns: [{ registry: 'ghcr.io', account: 'ana', way: 'secret' as const, namespaces: ['web', 'jobs'] }],
    certificates: [{ fingerprint: 'ab'.repeat(32), subject: 'Corp CA', expires: '2030-01-02T00:00:00.000Z' }],
  };
  const { out } = await boathouse('access list shop', { core: standInCore({ access }) });
  expect(out).toMatch(/ghcr\.io +ana +secrets in web, jobs/);
  expect(out).toMatch(/abababababab +Corp CA +2030-01-02/);
  expect((await boathouse('access list shop')).out).toContain('signs in at no registry');
});

it('asks for what was said', async () => {
  const core = standInCore();
  core.clusters.upsert(sampleCluster('shop'));
  await boathouse('access sign-in shop ghcr.io', { core });
  await boathouse('access sign-in shop ghcr.io --as secret --namespace web jobs', { core });
  await boathouse('access sign-out shop ghcr.io', { core });
  await boathouse(`access trust shop ${join(folder, 'ca.crt')}`, { core });
  await boathouse('access trust shop --registry registry.corp', { core });
  await boathouse('access distrust shop abababab', { core });
  const cluster = 'shop';
  expect(core.calls.map(([, input]) => input)).toEqual([
    { cluster, registry: 'ghcr.io', way: 'kubelet', namespaces: ['default'] },
    { cluster, registry: 'ghcr.io', way: 'secret', namespaces: ['web', 'jobs'] },
    { cluster, registry: 'ghcr.io' },
    { cluster, pem: 'PEM' },
    { cluster, registry: 'registry.corp' },
    { cluster, fingerprint: 'abababab' },
  ]);
});

it('refuses what names no certificate, or two', async () => {
  const { code, err } = await boathouse('access trust shop');
  expect([code, err]).toEqual([2, expect.stringContaining('Say which certificates')]);
  expect((await boathouse('access trust shop ca.crt --registry ghcr.io')).code).toBe(2);
});
