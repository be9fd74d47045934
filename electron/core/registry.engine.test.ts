// Where images come from, with real registries and real kubelets: mirrors, the local registry and a cache, from their making to their end.
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { createAuthority, issue } from './clusters/providers/kubeadm/certificate';
import { ended, nodeImage, openTestCore, refusalOf, succeeded, type TestCore, testEngines } from './testing/core';
import { removeLeftovers } from './testing/leftovers';
import { docker, inNode, kind, kindIsMissing, kubectl } from './testing/programs';
import { openUpstream, type Upstream } from './testing/upstream';

const name = 'bh-core-registry';
const kinds = 'bh-core-registry-kind';
const registry = 'boathouse-registry';
const mirrored = [`http://${registry}:5000`];
const template = `
apiVersion: boathouse.dev/v1
kind: ClusterTemplate
metadata: {id: registry, title: Registry, description: One node with the local registry}
spec:
  nodes: [{role: control-plane}]
  registry: {enabled: true, mirrors: {images.test: ["${mirrored[0]}"]}}
`;

describe.each(testEngines())('images on $name', ({ host, name: engine }) => {
  const first = !engine.includes('28');
  let core: TestCore;
  const node = `${name}-control-plane`;
  const own = async () => (await core.client.registry.list()).find((one) => one.name === registry);
  const address = async () => (await own())?.address ?? '';
  const startOf = (container: string) => docker(core, 'inspect', '-f', '{{.Id}} {{.State.StartedAt}}', container);
  const told = (of: string) => inNode(core, of, 'ls', '/etc/containerd/certs.d');

  /** Runs a pod of an image until it has ended well: its kubelet has fetched the image. */
  async function runs(cluster: string, pod: string, image: string): Promise<void> {
    await kubectl(core, cluster, 'run', pod, `--image=${image}`, '--restart=Never', '--', 'true');
    const phase = () => kubectl(core, cluster, 'get', `pod/${pod}`, '-o', 'jsonpath={.status.phase}');
    await vi.waitFor(async () => expect(await phase()).toBe('Succeeded'), { timeout: 60_000, interval: 200 });
  }

  async function push(path: string): Promise<string> {
    const image = `${await address()}/${path}`;
    await docker(core, 'tag', 'testbed/busybox:1', image);
    await docker(core, 'push', image);
    await docker(core, 'rmi', image);
    return image;
  }

  async function announced(cluster: string): Promise<string | undefined> {
    const path = 'jsonpath={.data.localRegistryHosting\\.v1}';
    const words = ['-n', 'kube-public', 'get', 'configmap/local-registry-hosting', '--ignore-not-found', '-o', path];
    return parse(await kubectl(core, cluster, ...words))?.host;
  }

  async function removeRegistry(): Promise<void> {
    await docker(core, 'rm', '-fv', registry).catch(() => {});
    await docker(core, 'volume', 'rm', '-f', registry);
  }

  beforeAll(async () => {
    core = await openTestCore(host);
    await removeLeftovers(core, name);
    await removeRegistry();
    const request = { name, template: { yaml: template, from: 'registry.yaml' }, image: nodeImage };
    await succeeded(core.client, await core.client.clusters.create(request));
  });
  afterAll(async () => {
    await removeLeftovers(core, name);
    if (first && !kindIsMissing()) await kind(core, 'delete', 'cluster', '--name', kinds);
    await removeRegistry();
    await core.close();
  });

  test('a create makes the registry; what is pushed to it runs in the cluster, by its port and through a mirror', async () => {
    expect(await own()).toMatchObject({ madeBy: 'boathouse', state: 'running', clusters: [name] });
    expect(await announced(name)).toBe(await address());
    await runs(name, 'pushed', await push('demo/hello:1'));
    await runs(name, 'mirrored', 'images.test/demo/hello:1');
    const read = await core.client.registry.mirrors({ cluster: name });
    expect(read).toEqual({ mirrors: { 'images.test': mirrored }, others: {} });
  });

  test('mirrors change while the cluster runs, at the next pull, and nothing is restarted', async () => {
    const before = await startOf(node);
    const mirrors = { 'other.test': mirrored };
    const started = await core.client.clusters.change({ name, changes: [{ kind: 'set-mirrors', mirrors }] });
    await succeeded(core.client, started);
    expect(await core.client.registry.mirrors({ cluster: name })).toEqual({ mirrors, others: {} });
    const hosts = (await told(node)).split('\n');
    expect(hosts).toContain('other.test');
    expect(hosts).not.toContain('images.test');
    await runs(name, 'changed', 'other.test/demo/hello:1');
    expect(await startOf(node)).toBe(before);
  });

  test('repositories and tags are told, a tag goes without the others, and disk space is freed', async () => {
    await push('demo/hello:2');
    await push('team/other:dev');
    expect(await core.client.registry.repositories({})).toEqual({
      items: [
        { name: 'demo/hello', tags: 2 },
        { name: 'team/other', tags: 1 },
      ],
    });
    const { items } = await core.client.registry.tags({ repository: 'demo/hello' });
    expect(items.map(({ tag }) => tag)).toEqual(['1', '2']);
    expect(items[0]).toMatchObject({ platforms: ['linux/amd64'], size: expect.any(Number) });
    expect(items[0]?.digest).toBe(items[1]?.digest);
    await core.client.registry.deleteTag({ repository: 'demo/hello', tag: '2' });
    await core.client.registry.deleteTag({ repository: 'team/other', tag: 'dev' });
    expect(await core.client.registry.tags({ repository: 'demo/hello' })).toEqual({ items: [items[0]] });
    const gone = core.client.registry.deleteTag({ repository: 'demo/hello', tag: '2' });
    expect(await refusalOf(gone)).toMatchObject({ code: 'not-found' });
    await succeeded(core.client, await core.client.registry.collect({}));
    expect(await core.client.registry.tags({ repository: 'demo/hello' })).toEqual({ items: [items[0]] });
    expect((await core.client.registry.usage({})).bytes).toBeGreaterThan(items[0]?.size ?? Number.NaN);
    await runs(name, 'kept', `${await address()}/demo/hello:1`);
  });

  test('it leaves a cluster and comes back without the node noticing', async () => {
    const before = await startOf(node);
    await succeeded(core.client, await core.client.registry.disconnect({ cluster: name }));
    expect((await own())?.clusters).toEqual([]);
    expect(await announced(name)).toBeUndefined();
    await succeeded(core.client, await core.client.registry.connect({ cluster: name }));
    expect((await own())?.clusters).toEqual([name]);
    expect(await announced(name)).toBe(await address());
    await runs(name, 'again', await push('demo/again:1'));
    expect(await startOf(node)).toBe(before);
  });

  test.runIf(first)('a cluster of the real kind is connected too', async ({ skip }) => {
    const missing = kindIsMissing();
    skip(missing !== undefined, missing);
    await kind(core, 'delete', 'cluster', '--name', kinds);
    await kind(core, 'create', 'cluster', '--name', kinds, '--image', nodeImage, '--wait', '5m');
    const before = await startOf(`${kinds}-control-plane`);
    await succeeded(core.client, await core.client.registry.connect({ cluster: kinds }));
    await runs(kinds, 'pushed', await push('demo/kind:1'));
    expect((await own())?.clusters).toEqual([name, kinds]);
    expect(await startOf(`${kinds}-control-plane`)).toBe(before);
    await succeeded(core.client, await core.client.registry.disconnect({ cluster: kinds }));
    expect(await announced(kinds)).toBeUndefined();
  });

  test.runIf(!first)('a worker that comes later knows what the others know', async () => {
    const changes = [
      { kind: 'add-nodes' as const, role: 'worker' as const, count: 1, labels: {}, taints: [], resources: {} },
    ];
    await succeeded(core.client, await core.client.clusters.change({ name, changes }));
    expect(await told(`${name}-worker`)).toBe(await told(node));
  });

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
      elsewhere = await openUpstream();
      const path = '{{.NetworkSettings.Networks.bridge.Gateway}}';
      const gateway = await docker(core, 'inspect', registry, '-f', path);
      url = `http://${gateway}:${elsewhere.port}`;
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
      expect(await core.client.caches.list()).toMatchObject([{ upstream, account: 'ana', clusters: [name] }]);
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
      expect(changed).toMatchObject({ budget: 500_000_000, account: 'ana', clusters: [name] });
      expect((await core.client.caches.usage({ upstream })).bytes).toBeGreaterThan(4_000_000);
      await succeeded(core.client, await core.client.caches.disconnect({ upstream, cluster: name }));
      expect(await core.client.caches.list()).toMatchObject([{ clusters: [] }]);
      await succeeded(core.client, await core.client.caches.connect({ upstream, cluster: name }));
      await succeeded(core.client, await core.client.caches.delete({ upstream }));
      expect(await core.client.caches.list()).toEqual([]);
      expect(await docker(core, 'volume', 'ls', '-q', '--filter', `name=${cache}`)).toBe('');
      expect((await told(node)).split('\n')).not.toContain(upstream);
    });
  });

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
      if (!first) return;
      const gateway = await docker(core, 'inspect', registry, '-f', '{{.NetworkSettings.Networks.bridge.Gateway}}');
      const [from, until] = [new Date(Date.now() - 86_400_000), new Date(Date.now() + 86_400_000)];
      const authority = createAuthority('CA of the test', from, until);
      const subject = { commonName: 'registry of the test' };
      corp = await openUpstream(
        issue(authority, { subject, usages: ['server'], alternativeNames: [gateway], notAfter: until }),
      );
      host = `${gateway}:${corp.port}`;
      await signInAs('wrong');
      await writeFile(join(core.directory, '.docker/certs.d', host, 'ca.crt'), authority.certificate);
      const archive = join(core.directory, 'private.tar');
      await docker(core, 'save', '-o', archive, 'testbed/busybox:1');
      for (const tag of ['1', '2']) await corp.add(archive, 'demo/private', tag);
      corp.protect('ana', secret, 'basic');
    });
    afterAll(() => corp?.goAway());

    test.runIf(first)('a wrong password is refused by the registry itself, and reaches no node', async () => {
      expect(await ended(core.client, await signIn())).toMatchObject({
        state: 'failed',
        error: { code: 'credentials-refused', params: { account: 'ana' } },
      });
      expect(await access()).toEqual({ signIns: [], certificates: [] });
      expect(await core.client.access.known()).toEqual([host]);
      expect((await refusalOf(core.client.access.signOut({ cluster: name, registry: host }))).code).toBe('not-found');
    });

    test.runIf(first)(
      'with what docker trusts and keeps, kubelets pull from it, and so does a pull ahead',
      async () => {
        await signInAs(secret);
        const before = await startOf(node);
        await succeeded(core.client, await core.client.access.trust({ cluster: name, registry: host }));
        const [certificate] = (await access()).certificates;
        expect(certificate).toMatchObject({ subject: 'CA of the test' });
        await succeeded(core.client, await core.client.images.pull({ name, images: [image(0)] }));
        await succeeded(core.client, await core.client.images.remove({ name, images: [image(0)] }));
        await succeeded(core.client, await signIn());
        expect((await access()).signIns).toEqual([{ registry: host, account: 'ana', way: 'kubelet', namespaces: [] }]);
        await runs(name, 'by-kubelet', image(0));
        expect(await inNode(core, node, 'stat', '-c', '%a', '/var/lib/kubelet/config.json')).toBe('600');
        expect(await startOf(node)).toBe(before);
        await succeeded(core.client, await core.client.access.signOut({ cluster: name, registry: host }));
        expect((await access()).signIns).toEqual([]);
      },
    );

    test.runIf(first)('or pods of one namespace by its pull secret, and the password is in no export', async () => {
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

  test('removed by somebody else, it is made again with its images, at its port, for the clusters that know it', async () => {
    const before = await address();
    await docker(core, 'rm', '-f', registry);
    expect(await own()).toBeUndefined();
    expect(await refusalOf(core.client.registry.repositories({}))).toMatchObject({ code: 'not-found' });
    await succeeded(core.client, await core.client.registry.create({}));
    expect(await own()).toMatchObject({ address: before, clusters: [name] });
    expect(await refusalOf(core.client.registry.create({}))).toMatchObject({ code: 'name-taken' });
    await runs(name, 'later', `${before}/demo/again:1`);
  });

  test('stopped, it says so; a start whose port is taken is explained', async () => {
    const port = Number((await address()).split(':')[1]);
    await succeeded(core.client, await core.client.registry.stop({}));
    expect(await own()).toMatchObject({ state: 'exited', address: `localhost:${port}` });
    expect(await refusalOf(core.client.registry.repositories({}))).toMatchObject({ code: 'registry-unreachable' });
    const squatter = createServer().listen(port, '127.0.0.1');
    const failed = await ended(core.client, await core.client.registry.start({}));
    await new Promise((resolve) => squatter.close(resolve));
    expect(failed.error).toMatchObject({ code: 'port-taken', params: { port } });
    await succeeded(core.client, await core.client.registry.start({}));
  });

  test('deleted, it leaves nothing behind, in the engine and in the cluster', async () => {
    await succeeded(core.client, await core.client.registry.delete({}));
    expect(await own()).toBeUndefined();
    expect(await docker(core, 'volume', 'ls', '-q', '--filter', `name=${registry}`)).toBe('');
    expect(await announced(name)).toBeUndefined();
    const hosts = await inNode(core, node, 'find', '/etc/containerd/certs.d', '-type', 'f');
    expect(hosts.split('\n')).toEqual(['/etc/containerd/certs.d/other.test/hosts.toml']);
  });
});
