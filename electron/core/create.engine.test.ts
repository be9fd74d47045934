// A cluster from nothing to gone, on each real engine, through the calls that every front makes.
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Cluster } from '../../shared/model/cluster';
import { applyFeed, emptyFeed } from '../../shared/model/feed';
import type { Operation } from '../../shared/model/operation';
import {
  ended,
  nodeImage,
  openTestCore,
  refusalOf,
  succeeded,
  type TestCore,
  testEngine,
  testEngines,
  watchOperation,
} from './testing/core';
import { leftoversOf, removeLeftovers, volumesOf } from './testing/leftovers';
import { inNode, kubectl, kubectlJson } from './testing/programs';

const theirs = `# mine, by hand
apiVersion: v1
kind: Config
clusters: []   # none yet
contexts: []
users: []
current-context: ""
`;

/** Every state that the live list shows of a cluster, in order, until the last one expected. */
async function statesUntil(core: TestCore, name: string, last: string): Promise<string[]> {
  const states: string[] = [];
  const stop = new AbortController();
  let feed = emptyFeed<Cluster>();
  for await (const message of await core.client.clusters.watch(undefined, { signal: stop.signal })) {
    feed = applyFeed(feed, message, (cluster) => cluster.name);
    const state = feed.items.get(name)?.state ?? 'gone';
    if (state !== states.at(-1)) states.push(state);
    if (state === last) stop.abort();
  }
  return states;
}

describe.each(testEngines())('three nodes on $name', ({ host }) => {
  const name = 'bh-core-three';
  const nodes = [`${name}-control-plane`, `${name}-worker`, `${name}-worker2`];
  const request = { name, template: { id: 'quickstart' }, image: nodeImage, sampleImage: 'testbed/busybox:1' };
  let core: TestCore;
  let created: Operation;
  let states: Promise<string[]>;

  beforeAll(async () => {
    core = await openTestCore(host);
    await removeLeftovers(core, name);
    await mkdir(dirname(core.kubeconfig), { recursive: true });
    await writeFile(core.kubeconfig, theirs, { mode: 0o640 });
    states = statesUntil(core, name, 'running');
    const { plan } = await core.client.clusters.plan(request);
    created = await succeeded(core.client, await core.client.clusters.create(request));
    expect(created.steps.map(({ id }) => id)).toEqual(plan.steps.map(({ id }) => id));
  });
  afterAll(async () => {
    await removeLeftovers(core, name);
    await core.close();
  });

  test('every step ran in its order, and has its times', () => {
    const endedAt = new Map(created.steps.map(({ id, endedAt: at }) => [id, at ?? Number.NaN]));
    for (const { id, state, startedAt, after } of created.steps) {
      expect([id, state]).toEqual([id, 'done']);
      for (const before of after) expect(endedAt.get(before)).toBeLessThanOrEqual(startedAt ?? Number.NaN);
    }
  });

  test('the list tells what it is, and the watch how it became so', async () => {
    const cluster = (await core.client.clusters.list()).find((one) => one.name === name);
    expect(cluster).toMatchObject({
      madeBy: 'boathouse',
      state: 'running',
      kubernetesVersion: 'v1.20.2',
      template: 'quickstart',
      network: `boathouse-${name}`,
      context: `kind-${name}`,
      current: true,
    });
    expect(cluster?.nodes.map((node) => [node.name, node.state])).toEqual(nodes.map((node) => [node, 'running']));
    expect(await states).toEqual(['gone', 'creating', 'running']);
  });

  test('every node is Ready, by Kubernetes and by us', async () => {
    expect((await core.client.clusters.get({ name })).nodes.map(({ ready }) => ready)).toEqual([true, true, true]);
    const answer = await kubectl(core, name, 'get', 'nodes', '--no-headers');
    expect(answer.split('\n').map((line) => line.split(/ +/).slice(0, 2))).toEqual(
      nodes.map((node) => [node, 'Ready']),
    );
  });

  test('a closer look follows what kubectl changes on a node, and what its container uses', async () => {
    const stop = new AbortController();
    const [, worker = ''] = nodes;
    const seen = await core.client.clusters.watchOne({ name }, { signal: stop.signal });
    await kubectl(core, name, 'label', 'node', worker, 'tier=web');
    for await (const cluster of seen) {
      const node = cluster.nodes.find((one) => one.name === worker);
      if (node?.kubernetes?.labels.tier !== 'web') continue;
      expect(node).toMatchObject({ ready: true, limits: {}, published: [], kubernetes: { unschedulable: false } });
      expect(cluster.state).toBe('running');
      break;
    }
    for await (const usage of await core.client.clusters.usage({ name }, { signal: stop.signal })) {
      if (!nodes.every((node) => usage[node])) continue;
      for (const node of nodes) expect(usage[node]?.memory).toBeGreaterThan(2 ** 20);
      break;
    }
    stop.abort();
  });

  test('pods run on both workers, and DNS answers in them', async () => {
    type Pods = { items: { metadata: { name: string }; spec: { nodeName: string } }[] };
    const { items } = await kubectlJson<Pods>(core, name, '-n', 'hello', 'get', 'pods');
    expect(items.map(({ spec }) => spec.nodeName).sort()).toEqual(nodes.slice(1));
    for (const pod of items) {
      const ask = ['nslookup', 'kubernetes.default.svc.cluster.local'];
      expect(await kubectl(core, name, '-n', 'hello', 'exec', pod.metadata.name, '--', ...ask)).toMatch(
        /10\.96\.0\.1\b/,
      );
      const fetch = ['wget', '-qO-', 'http://hello.hello.svc.cluster.local'];
      expect(await kubectl(core, name, '-n', 'hello', 'exec', pod.metadata.name, '--', ...fetch)).toContain('Hello');
    }
  });

  test('the kubeconfig has one entry more, keeps every line and its mode; the one that stands alone works, too', async () => {
    const text = await readFile(core.kubeconfig, 'utf8');
    expect(text).toContain('# mine, by hand');
    expect(text).toContain('# none yet');
    expect((await stat(core.kubeconfig)).mode & 0o777).toBe(0o640);
    expect(await kubectl(core, name, 'config', 'current-context')).toBe(`kind-${name}`);
    const { yaml } = await core.client.clusters.kubeconfig({ name });
    const file = join(core.directory, 'alone');
    await writeFile(file, yaml);
    expect(await kubectl(core, name, '--kubeconfig', file, 'get', '--raw', '/readyz')).toBe('ok');
  });

  // What runs inside the nodes is the same on every engine.
  const isFirst = host === testEngine('20.10')?.host;
  if (isFirst)
    test('what kubeadm leaves in a cluster is there and works', async () => {
      const [first = ''] = nodes;
      const maps = await kubectl(core, name, '-n', 'kube-system', 'get', 'configmaps', '-o', 'name');
      expect(maps.split('\n')).toEqual(
        expect.arrayContaining(['configmap/kubeadm-config', 'configmap/kubelet-config-1.20']),
      );
      const programs = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler'];
      const select = ['get', 'pods', '-l', 'tier=control-plane', '-o', 'name'];
      // At once by us; where the API server would not have it yet, by the kubelet within a minute and a half.
      await vi.waitFor(
        async () => {
          const pods = await kubectl(core, name, '-n', 'kube-system', ...select);
          expect(pods.trim().split('\n').sort()).toEqual(programs.map((program) => `pod/${program}-${first}`));
        },
        { timeout: 100_000, interval: 1_000 },
      );
      const join = await inNode(core, first, 'kubeadm', 'token', 'create', '--print-join-command');
      expect(join).toMatch(
        new RegExp(
          `^kubeadm join ${first}:6443 --token [a-z0-9]{6}\\.[a-z0-9]{16} +--discovery-token-ca-cert-hash sha256:[0-9a-f]{64}`,
        ),
      );
      const expiring = await inNode(core, first, 'kubeadm', 'certs', 'check-expiration');
      for (const what of [
        'admin.conf',
        'apiserver',
        'apiserver-etcd-client',
        'etcd-peer',
        'front-proxy-client',
        'scheduler.conf',
      ]) {
        expect(expiring).toMatch(new RegExp(`^${what} .* (364|365)d `, 'm'));
      }
      expect(expiring).not.toMatch(/MISSING|invalid/);
      expect(await inNode(core, first, 'kubeadm', 'certs', 'renew', 'all')).toContain('Done renewing certificates');
      expect(await kubectl(core, name, 'get', '--raw', '/readyz')).toBe('ok');
    });

  test('its name is taken now, for us and for a start that is not needed', async () => {
    expect(await refusalOf(core.client.clusters.create(request))).toMatchObject({
      code: 'name-taken',
      params: { name },
    });
  });

  test('stopped and started it is the same cluster; what it is doing shows meanwhile', async () => {
    const before = await core.client.clusters.get({ name });
    await succeeded(core.client, await core.client.clusters.stop({ name }));
    const stopped = (await core.client.clusters.list()).find((one) => one.name === name);
    expect(stopped).toMatchObject({ state: 'stopped', apiServer: before.apiServer });
    expect(stopped?.nodes.map(({ address }) => address)).toEqual(before.nodes.map(({ address }) => address));
    expect((await core.client.clusters.get({ name })).nodes.map(({ ready }) => ready)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    await succeeded(core.client, await core.client.clusters.start({ name }));
    expect(await core.client.clusters.get({ name })).toEqual(before);
    await kubectl(core, name, '-n', 'hello', 'rollout', 'status', 'deployment/hello', '--timeout=120s');
  });

  test('deleted, nothing is left of it, and the kubeconfig is as it was', async () => {
    const volumes = await volumesOf(core, name);
    expect(volumes.length).toBe(3);
    await succeeded(core.client, await core.client.clusters.delete({ name }));
    expect(await leftoversOf(core, name, volumes)).toEqual([]);
    expect(await readFile(core.kubeconfig, 'utf8')).toBe(theirs);
    expect((await core.client.clusters.list()).map((one) => one.name)).not.toContain(name);
  });
});

describe.each(testEngines())('cancelled on $name', ({ host }) => {
  const name = 'bh-core-cancelled';
  const request = { name, template: { id: 'three-node' }, image: nodeImage };
  let core: TestCore;
  beforeAll(async () => {
    core = await openTestCore(host);
    await removeLeftovers(core, name);
  });
  afterAll(async () => {
    await removeLeftovers(core, name);
    await core.close();
  });

  test('half-way, nothing is left behind', async () => {
    const { operationId } = await core.client.clusters.create(request);
    const booting = ({ steps }: Operation) =>
      steps.filter(({ kind, state }) => kind === 'node-boot' && state !== 'waiting').length === 3;
    await watchOperation(core.client, operationId, booting);
    const volumes = await volumesOf(core, name);
    expect(volumes.length).toBe(3);
    await core.client.operations.cancel({ id: operationId });
    const operation = await ended(core.client, { operationId });
    expect(operation).toMatchObject({ state: 'cancelled', error: { code: 'cancelled' }, leftovers: [] });
    expect(operation.steps.filter(({ state }) => state === 'running' || state === 'waiting')).toEqual([]);
    expect(await leftoversOf(core, name, volumes)).toEqual([]);
    expect((await core.client.diagnostics.checks()).filter(({ id }) => id.includes(name))).toEqual([]);
  });
});
