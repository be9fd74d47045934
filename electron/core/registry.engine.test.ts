// Where images come from, with real registries and real kubelets: mirrors, the local registry and a cache, from their making to their end.
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { ended, nodeImage, openTestCore, refusalOf, succeeded, type TestCore, testEngines } from './testing/core';
import { removeLeftovers } from './testing/leftovers';
import { privateRegistry } from './testing/private-registry';
import { docker, inNode, kubectl } from './testing/programs';
import { throughCache } from './testing/through-cache';

const name = 'bh-core-registry';
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

  test.runIf(!first)('a worker that comes later knows what the others know', async () => {
    const changes = [
      { kind: 'add-nodes' as const, role: 'worker' as const, count: 1, labels: {}, taints: [], resources: {} },
    ];
    await succeeded(core.client, await core.client.clusters.change({ name, changes }));
    expect(await told(`${name}-worker`)).toBe(await told(node));
  });

  // Both go through containers of their own, the same whatever the engine.
  if (first) {
    const surroundings = { name, registry, core: () => core, runs, startOf };
    throughCache(surroundings);
    privateRegistry(surroundings);
  }

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
