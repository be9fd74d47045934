// A private registry with a certificate of its own, from `docker login` to a pod. Part of `registry.engine.test.ts`, for its cluster.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ended, refusalOf, succeeded, type TestCore } from './core';
import { docker, inNode } from './programs';
import type { RegistryCluster } from './registry-cluster';
import { identityAt, openUpstream, type Upstream } from './upstream';

export function privateRegistry({ name, registry, core: opened, runs, startOf }: RegistryCluster): void {
  let core: TestCore;
  const node = `${name}-control-plane`;

  describe('a private registry', () => {
    const secret = 'sword(fish)-91c4';
    const images = ['1', '2'].map((tag) => (host: string) => `${host}/demo/private:${tag}`);
    let corp: Upstream;
    let host: string;

    const signInAs = async (password: string) => {
      const auth = Buffer.from(`ana:${password}`).toString('base64');
      const folder = join(core.directory, '.docker');
      await mkdir(join(folder, 'certs.d', host), { recursive: true });
      await writeFile(join(folder, 'config.json'), JSON.stringify({ auths: { [host]: { auth } } }));
    };
    const signIn = (more: object = {}) => core.client.access.signIn({ cluster: name, registry: host, ...more });
    const access = () => core.client.access.of({ cluster: name });
    const image = (index: number) => images[index]?.(host) ?? '';

    beforeAll(async () => {
      core = opened();
      const gateway = await docker(core, 'inspect', registry, '-f', '{{.NetworkSettings.Networks.bridge.Gateway}}');
      const { identity, authority } = identityAt(gateway);
      corp = await openUpstream(identity);
      host = `${gateway}:${corp.port}`;
      await signInAs('wrong');
      await writeFile(join(core.directory, '.docker/certs.d', host, 'ca.crt'), authority);
      const archive = join(core.directory, 'private.tar');
      await docker(core, 'save', '-o', archive, 'testbed/busybox:1');
      for (const tag of ['1', '2']) await corp.add(archive, 'demo/private', tag);
      corp.protect('ana', secret, 'basic');
    });
    afterAll(() => corp?.goAway());

    test('a wrong password is refused by the registry itself, and reaches no node', async () => {
      expect(await ended(core.client, await signIn())).toMatchObject({
        state: 'failed',
        error: { code: 'credentials-refused', params: { account: 'ana' } },
      });
      expect(await access()).toEqual({ signIns: [], certificates: [] });
      expect(await core.client.access.known()).toEqual([host]);
      expect((await refusalOf(core.client.access.signOut({ cluster: name, registry: host }))).code).toBe('not-found');
    });

    test('with what docker trusts and keeps, kubelets pull from it, and so does a pull ahead', async () => {
      await signInAs(secret);
      const before = await startOf(node);
      await succeeded(core.client, await core.client.access.trust({ cluster: name, registry: host }));
      const [certificate] = (await access()).certificates;
      expect(certificate).toMatchObject({ subject: 'CA of the test' });
      // Long enough to be looked at.
      corp.delay(2_000);
      const pulling = await core.client.images.pull({ name, images: [image(0)] });
      const pulled = succeeded(core.client, pulling);
      const seen = await whileRunning(pulled, () => docker(core, 'top', node, '-eo', 'pid,args'));
      await pulled;
      corp.delay(0);
      expect(seen).toContain('--user ana');
      expect(seen).not.toContain(secret);
      await succeeded(core.client, await core.client.images.remove({ name, images: [image(0)] }));
      await succeeded(core.client, await signIn());
      expect((await access()).signIns).toEqual([{ registry: host, account: 'ana', way: 'kubelet', namespaces: [] }]);
      await runs(name, 'by-kubelet', image(0));
      expect(await inNode(core, node, 'stat', '-c', '%a', '/var/lib/kubelet/config.json')).toBe('600');
      expect(await startOf(node)).toBe(before);
      await succeeded(core.client, await core.client.access.signOut({ cluster: name, registry: host }));
      expect((await access()).signIns).toEqual([]);
    });

    test('or pods of one namespace by its pull secret, and the password is in no export', async () => {
      const missing = await ended(core.client, await signIn({ way: 'secret', namespaces: ['nowhere'] }));
      expect(missing.error).toMatchObject({ code: 'not-found' });
      await succeeded(core.client, await signIn({ way: 'secret' }));
      expect((await access()).signIns).toMatchObject([{ registry: host, way: 'secret', namespaces: ['default'] }]);
      await runs(name, 'by-secret', image(1));
      const chunks: Buffer[] = [];
      for await (const { base64 } of await core.client.clusters.exportLogs({ name })) {
        chunks.push(Buffer.from(base64, 'base64'));
      }
      const text = gunzipSync(Buffer.concat(chunks)).toString('latin1');
      expect(text).toContain('by-secret');
      for (const form of [secret, Buffer.from(`ana:${secret}`).toString('base64')]) expect(text).not.toContain(form);
      await succeeded(core.client, await core.client.access.signOut({ cluster: name, registry: host }));
      const [certificate] = (await access()).certificates;
      const distrust = { cluster: name, fingerprint: certificate?.fingerprint.slice(0, 12) ?? '' };
      await succeeded(core.client, await core.client.access.distrust(distrust));
      expect(await access()).toEqual({ signIns: [], certificates: [] });
      const pulled = await ended(core.client, await core.client.images.pull({ name, images: [`${image(0)}0`] }));
      expect(JSON.stringify(pulled.error)).toMatch(/unknown authority/);
    });
  });
}

/** What `look` gave again and again until something has ended. */
async function whileRunning(what: Promise<unknown>, look: () => Promise<string>): Promise<string> {
  let running = true;
  const stop = () => {
    running = false;
  };
  what.then(stop, stop);
  let seen = '';
  while (running) seen += `${await look()}\n`;
  return seen;
}
