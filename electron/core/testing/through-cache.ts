// A cache with a real registry behind it, whose certificate docker trusts alone, and a real kubelet before it. Part of `registry.engine.test.ts`, for its cluster.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ended, refusalOf, succeeded, type TestCore } from './core';
import { docker, inNode } from './programs';
import type { RegistryCluster } from './registry-cluster';
import { identityAt, openUpstream, type Upstream } from './upstream';

export function throughCache({ name, registry, core: opened, runs }: RegistryCluster): void {
  let core: TestCore;
  const node = `${name}-control-plane`;

  describe('through a cache', () => {
    const upstream = 'upstream.test';
    const cache = 'boathouse-cache-upstream-test';
    const secret = 'swordfish-7f3a';
    let elsewhere: Upstream;
    let url: string;

    async function offer(tag: string): Promise<string> {
      const file = join(core.directory, 'Dockerfile');
      await writeFile(file, `FROM testbed/busybox:1\nRUN dd if=/dev/urandom of=/${tag} bs=1M count=4\n`);
      await docker(core, 'build', '-q', '-t', `bh-upstream/${tag}:1`, '-f', file, core.directory);
      const archive = join(core.directory, `${tag}.tar`);
      await docker(core, 'save', '-o', archive, `bh-upstream/${tag}:1`);
      await docker(core, 'rmi', `bh-upstream/${tag}:1`);
      await elsewhere.add(archive, `demo/${tag}`, '1');
      return `${upstream}/demo/${tag}:1`;
    }
    const signInAs = async (password: string) => {
      const auth = Buffer.from(`ana:${password}`).toString('base64');
      await mkdir(join(core.directory, '.docker'), { recursive: true });
      await writeFile(join(core.directory, '.docker/config.json'), JSON.stringify({ auths: { [upstream]: { auth } } }));
    };
    const fetch = async (image: string) =>
      succeeded(core.client, await core.client.images.pull({ name, images: [image] }));
    /** The node has nothing of it any more: containers that ended would keep layers for a while, so none was made of it. */
    const forget = async (image: string) =>
      succeeded(core.client, await core.client.images.remove({ name, images: [image] }));
    const blobsAsked = () => elsewhere.asked.filter((line) => line.startsWith('GET') && line.includes('/blobs/'));

    beforeAll(async () => {
      core = opened();
      const path = '{{.NetworkSettings.Networks.bridge.Gateway}}';
      const gateway = await docker(core, 'inspect', registry, '-f', path);
      const { identity, authority } = identityAt(gateway);
      elsewhere = await openUpstream(identity);
      url = `https://${gateway}:${elsewhere.port}`;
      // Docker's own place for what a registry is to be trusted by.
      const trusted = join(core.directory, '.docker/certs.d', upstream);
      await mkdir(trusted, { recursive: true });
      await writeFile(join(trusted, 'ca.crt'), authority);
    });
    afterAll(async () => {
      await docker(core, 'rm', '-fv', cache).catch(() => {});
      await docker(core, 'volume', 'rm', '-f', cache);
      await elsewhere.goAway().catch(() => {});
    });

    test('a wrong password is told and leaves nothing; the right one is in no place where others look', async () => {
      elsewhere.protect('ana', secret);
      await signInAs('wrong');
      const refused = await ended(core.client, await core.client.caches.create({ upstream, url }));
      expect(refused).toMatchObject({
        state: 'failed',
        error: { code: 'credentials-refused', params: { account: 'ana' } },
      });
      expect(await core.client.caches.list()).toEqual([]);
      expect(await docker(core, 'volume', 'ls', '-q', '--filter', `name=${cache}`)).toBe('');
      await signInAs(secret);
      await succeeded(core.client, await core.client.caches.create({ upstream, url }));
      expect(await core.client.caches.list()).toMatchObject([
        { upstream, account: 'ana', clusters: expect.arrayContaining([name]) },
      ]);
      expect(await docker(core, 'inspect', cache)).not.toContain(secret);
      expect(await docker(core, 'logs', cache)).not.toContain(secret);
      expect(await refusalOf(core.client.caches.create({ upstream }))).toMatchObject({ code: 'name-taken' });
    });

    test('an image comes once, and is there when its registry is not, also after the cache was restarted', async () => {
      await runs(name, 'through-cache', await offer('pod'));
      const image = await offer('once');
      const missing = await ended(core.client, await core.client.images.pull({ name, images: [`${image}0`] }));
      expect(missing).toMatchObject({ state: 'failed', error: { code: 'image-pull-failed' } });
      await fetch(image);
      expect((await core.client.images.list({ name })).images.flatMap(({ names }) => names)).toContain(image);
      expect(await core.client.caches.usage({ upstream })).toMatchObject({ asksUpstream: true });
      const before = blobsAsked().length;
      expect(before).toBeGreaterThan(0);
      await forget(image);
      await fetch(image);
      expect(blobsAsked()).toHaveLength(before);
      await elsewhere.goAway();
      await forget(image);
      await fetch(image);
      await succeeded(core.client, await core.client.caches.stop({ upstream }));
      await succeeded(core.client, await core.client.caches.start({ upstream }));
      await forget(image);
      await fetch(image);
      expect((await core.client.caches.usage({ upstream })).bytes).toBeGreaterThan(8_000_000);
      await elsewhere.comeBack();
    });

    test('what was used least recently goes first, and comes again when it is wanted', async () => {
      const [old, used] = [await offer('old'), await offer('used')];
      const asksAgain = async () =>
        expect(await core.client.caches.usage({ upstream })).toMatchObject({ asksUpstream: true });
      await vi.waitFor(asksAgain, { timeout: 60_000, interval: 500 });
      await fetch(used);
      await fetch(old);
      // As the cache does by itself every minute: from now on the next use is noticed.
      expect((await core.client.caches.prune({ upstream, keep: 1_000_000_000 })).freed).toBeLessThan(1_000_000);
      await forget(used);
      await fetch(used);
      const { bytes } = await core.client.caches.usage({ upstream });
      // All that is older than the last use of this one.
      const { freed } = await core.client.caches.prune({ upstream, keep: bytes - 12_000_000 });
      expect(freed).toBeGreaterThan(11_000_000);
      const before = blobsAsked().length;
      await forget(used);
      await fetch(used);
      expect(blobsAsked()).toHaveLength(before);
      await forget(old);
      await fetch(old);
      expect(blobsAsked().length).toBeGreaterThan(before);
    });

    test('its choices change and what it keeps stays; deleted, nodes ask the upstream itself again', async () => {
      await succeeded(core.client, await core.client.caches.change({ upstream, budget: 500_000_000 }));
      const [changed] = await core.client.caches.list();
      expect(changed).toMatchObject({ budget: 500_000_000, account: 'ana', clusters: expect.arrayContaining([name]) });
      expect((await core.client.caches.usage({ upstream })).bytes).toBeGreaterThan(4_000_000);
      await succeeded(core.client, await core.client.caches.disconnect({ upstream, cluster: name }));
      expect(await core.client.caches.list()).toMatchObject([{ clusters: expect.not.arrayContaining([name]) }]);
      await succeeded(core.client, await core.client.caches.connect({ upstream, cluster: name }));
      await succeeded(core.client, await core.client.caches.delete({ upstream }));
      expect(await core.client.caches.list()).toEqual([]);
      expect(await docker(core, 'volume', 'ls', '-q', '--filter', `name=${cache}`)).toBe('');
      expect((await inNode(core, node, 'ls', '/etc/containerd/certs.d')).split('\n')).not.toContain(upstream);
    });
  });
}
