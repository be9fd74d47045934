// A running cluster that is changed: ports and workers come and go, limits, labels and taints follow, and nothing else notices.
import { writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { ClusterChange } from '../../shared/model/change';
import { applyFeed, emptyFeed } from '../../shared/model/feed';
import { type Pod, podKey } from '../../shared/model/pod';
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
import { leftoversOf, removeLeftovers } from './testing/leftovers';
import { docker, kubectl } from './testing/programs';
import { askAll, nodeOfTheOnlyPod, watchLowest, webObjects } from './testing/web-app';

const name = 'bh-core-change';
const template = (port: number) => `
apiVersion: boathouse.dev/v1
kind: ClusterTemplate
metadata: {id: changing, title: Changing, description: One control plane and a worker}
spec:
  nodes: [{role: control-plane}, {role: worker, name: pool-a, resources: {cpus: 1.5, memory: 2Gi}}]
  ports: [{hostPort: ${port}, to: {service: web, port: 80}}]
`;

describe.each(testEngines())('a running cluster on $name', ({ host, name: engine }) => {
  // What is asked of Kubernetes alone is the same on every engine.
  const isSecond = engine.includes('28');
  const base = isSecond ? 29_700 : 29_600;
  let core: TestCore;
  const cluster = () => core.client.clusters.get({ name });
  const change = async (...changes: ClusterChange[]) =>
    succeeded(core.client, await core.client.clusters.change({ name, changes }));
  const isServed = (port: number) =>
    vi.waitFor(
      async () =>
        expect(await (await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(2000) })).text()).toBe(
          'hello\n',
        ),
      {
        timeout: 30_000,
        interval: 100,
      },
    );
  /** What must not change when a port does. */
  const nodesNow = () =>
    docker(
      core,
      'ps',
      '--no-trunc',
      '--filter',
      `label=io.x-k8s.kind.cluster=${name}`,
      '--format',
      '{{.ID}} {{.CreatedAt}}',
    );
  let created = 0;

  beforeAll(async () => {
    core = await openTestCore(host);
    await removeLeftovers(core, name);
    const request = { name, template: { yaml: template(base), from: 'changing.yaml' }, image: nodeImage };
    const operation = await succeeded(core.client, await core.client.clusters.create(request));
    created = (operation.endedAt ?? 0) - (operation.startedAt ?? 0);
    const file = join(core.directory, 'web.json');
    await writeFile(file, JSON.stringify({ apiVersion: 'v1', kind: 'List', items: webObjects }));
    await kubectl(core, name, 'apply', '-f', file);
    await kubectl(core, name, 'rollout', 'status', 'deployment/web', '--timeout=120s');
  });
  afterAll(async () => {
    await removeLeftovers(core, name);
    await core.close();
  });

  test('a port of its template leads to a Service', async () => {
    await isServed(base);
    const { ports } = await cluster();
    expect(ports).toMatchObject([
      {
        hostAddress: '127.0.0.1',
        hostPort: base,
        protocol: 'TCP',
        to: { service: 'web', namespace: 'default', port: 80 },
      },
    ]);
  });

  test('its pods are told live, each in one word and by its node', async () => {
    const watching = new AbortController();
    let feed = emptyFeed<Pod>();
    const web = () => [...feed.items.values()].filter(({ namespace }) => namespace === 'default');
    let scaled: Promise<unknown> | undefined;
    for await (const message of await core.client.clusters.pods({ name }, { signal: watching.signal })) {
      feed = applyFeed(feed, message, podKey);
      const running = web().filter(({ state, node }) => state === 'running' && node === `${name}-worker`);
      if (scaled && running.length === 3) break;
      if (running.length === 2) scaled ??= kubectl(core, name, 'scale', 'deployment/web', '--replicas=3');
    }
    watching.abort();
    await scaled;
    expect([...feed.items.values()].map(({ node }) => node)).toContain(`${name}-control-plane`);
    await kubectl(core, name, 'scale', 'deployment/web', '--replicas=2');
  });

  test('a pool’s limits hold, and can be changed while it runs', async () => {
    const worker = `${name}-worker`;
    const limits = () => docker(core, 'inspect', worker, '--format', '{{.HostConfig.NanoCpus}} {{.HostConfig.Memory}}');
    expect(await limits()).toBe(`1500000000 ${2 * 2 ** 30}`);
    await change({ kind: 'limit-node', node: worker, resources: { cpus: 2, memory: '3Gi' } });
    expect(await limits()).toBe(`2000000000 ${3 * 2 ** 30}`);
  });

  test('ports are opened, moved and closed: nodes stay, and another port keeps answering', async () => {
    const before = await nodesNow();
    const asking = askAll(base);
    await change({
      kind: 'open-port',
      port: { hostAddress: '127.0.0.1', hostPort: base + 1, protocol: 'TCP', to: { nodePort: 30080 } },
    });
    await isServed(base + 1);
    // Moved: the new one is there before the old one goes.
    const old = { hostAddress: '127.0.0.1', hostPort: base + 1, protocol: 'TCP' } as const;
    await change(
      { kind: 'open-port', port: { ...old, hostPort: base + 2, to: { node: 'worker', port: 30080 } } },
      { kind: 'close-port', port: old },
    );
    await isServed(base + 2);
    await expect(fetch(`http://127.0.0.1:${base + 1}/`)).rejects.toThrow();
    await change({ kind: 'close-port', port: { ...old, hostPort: base + 2 } });
    const { answered, failures } = await asking.end();
    console.log(`${answered} requests were answered meanwhile, ${failures.length} were not`);
    expect(failures.slice(1)).toEqual([]);
    expect(answered).toBeGreaterThan(20);
    expect(await nodesNow()).toBe(before);
    expect((await cluster()).ports?.map(({ hostPort }) => hostPort)).toEqual([base]);
  });

  test('a port that is taken, by it or by others, is refused with the one who has it', async () => {
    const port = { hostAddress: '127.0.0.1', hostPort: base, protocol: 'TCP' as const, to: { nodePort: 30080 } };
    const open = (hostPort: number) =>
      core.client.clusters.change({ name, changes: [{ kind: 'open-port', port: { ...port, hostPort } }] });
    expect(await refusalOf(open(base))).toMatchObject({ code: 'port-taken' });
    const api = Number(new URL((await cluster()).apiServer ?? '').port);
    const { code, message } = await refusalOf(open(api));
    expect([code, message]).toEqual(['port-taken', expect.stringContaining(`the cluster ${name}`)]);
    // Who is no container shows only when the port is opened.
    const stranger = createServer();
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
    const operation = await ended(core.client, await open((stranger.address() as AddressInfo).port));
    stranger.close();
    expect(operation).toMatchObject({ state: 'failed', error: { code: 'port-taken' } });
    expect((await cluster()).ports).toHaveLength(1);
  });

  test('two workers join, and take pods; the time beside that of a create is printed', async () => {
    const add = { labels: { tier: 'b' }, taints: [], resources: {} };
    const operation = await change({ kind: 'add-nodes', role: 'worker', ...add, count: 2, pool: 'pool-b' });
    const took = (operation.endedAt ?? 0) - (operation.startedAt ?? 0);
    console.log(
      `two workers: ${(took / 1000).toFixed(1)} s; the cluster of two itself: ${(created / 1000).toFixed(1)} s`,
    );
    const { nodes, state } = await cluster();
    expect([state, nodes.map((node) => [node.name, node.pool, node.ready])]).toEqual([
      'running',
      [
        [`${name}-control-plane`, undefined, true],
        [`${name}-worker`, 'pool-a', true],
        [`${name}-worker2`, 'pool-b', true],
        [`${name}-worker3`, 'pool-b', true],
      ],
    ]);
    expect(new Set(nodes.map(({ address }) => address)).size).toBe(4);
    const labelled = await kubectl(
      core,
      name,
      'get',
      'nodes',
      '-l',
      'tier=b',
      '-o',
      'jsonpath={.items[*].spec.podCIDR}',
    );
    expect(new Set(labelled.split(' ')).size).toBe(2);
    await kubectl(core, name, 'scale', 'deployment/web', '--replicas=6');
    await kubectl(core, name, 'rollout', 'status', 'deployment/web', '--timeout=60s');
    const where = await kubectl(core, name, 'get', 'pods', '-l', 'app=web', '-o', 'jsonpath={.items[*].spec.nodeName}');
    expect(new Set(where.split(' '))).toEqual(new Set(['worker', 'worker2', 'worker3'].map((one) => `${name}-${one}`)));
    // A pod on a new node reaches others by name: its network and DNS work.
    const pod = await kubectl(
      core,
      name,
      'get',
      'pods',
      '-l',
      'app=web',
      '--field-selector',
      `spec.nodeName=${name}-worker3`,
      '-o',
      'name',
    );
    const [first = ''] = pod.split('\n');
    expect(await kubectl(core, name, 'exec', first, '--', 'busybox', 'wget', '-qO-', 'http://web.default/')).toBe(
      'hello',
    );
  });

  test.runIf(isSecond)('labels and taints follow', async () => {
    const node = `${name}-worker3`;
    await change(
      { kind: 'label-node', node, labels: { tier: 'c', extra: 'yes' } },
      { kind: 'taint-node', node, taints: [{ key: 'dedicated', value: 'x', effect: 'NoSchedule' }] },
    );
    const read = (path: string) => kubectl(core, name, 'get', 'node', node, '-o', `jsonpath=${path}`);
    expect(await read('{.metadata.labels.tier},{.metadata.labels.extra}')).toBe('c,yes');
    // A node that has just come may still have a taint of Kubernetes' own.
    expect((await read('{.spec.taints[*].key}')).split(' ')).toContain('dedicated');
    await change({ kind: 'label-node', node, labels: { extra: null } }, { kind: 'taint-node', node, taints: [] });
    expect(await read('{.metadata.labels.extra},{.spec.taints[*].key}')).not.toMatch(/yes|dedicated/);
  });

  test('a worker is removed: its pods move as their budget allows, requests go on', async () => {
    const lowest = watchLowest(core, name);
    const asking = askAll(base);
    const operation = await change({ kind: 'remove-node', node: `${name}-worker2`, force: false });
    console.log(
      `a worker removed: ${secondsOf(operation)}; ${operation.steps.map((step) => `${step.kind} ${secondsOf(step)}`).join(', ')}`,
    );
    const { answered, failures } = await asking.end();
    expect(await lowest.end()).toBeGreaterThanOrEqual(1);
    // No promise: on a busy computer kube-proxy may still lead to a pod for seconds after it has gone.
    console.log(`${answered} requests were answered meanwhile, ${failures.length} were not\n${failures.join('\n')}`);
    expect(answered).toBeGreaterThan(20);
    expect((await cluster()).nodes.map((node) => node.name)).not.toContain(`${name}-worker2`);
    expect(await kubectl(core, name, 'get', 'nodes', '-o', 'name')).not.toContain('worker2');
  });

  test.runIf(isSecond)(
    'a drain that cannot end says what keeps it; cancelled, the node takes pods again; forced, it ends',
    async () => {
      await kubectl(core, name, 'scale', 'deployment/web', '--replicas=1');
      await kubectl(core, name, 'rollout', 'status', 'deployment/web', '--timeout=60s');
      const node = await nodeOfTheOnlyPod(core, name);
      const changes: ClusterChange[] = [{ kind: 'remove-node', node, force: false }];
      const started = await core.client.clusters.change({ name, changes });
      const { steps } = await watchOperation(core.client, started.operationId, (operation) =>
        operation.steps.some(({ note = '' }) => note.includes('disruption budget')),
      );
      expect(steps.find(({ kind }) => kind === 'node-drain')?.note).toMatch(
        /^default\/web-\S+ may not go yet: its disruption budget web needs 1 healthy pods and has 1$/,
      );
      const unschedulable = () => kubectl(core, name, 'get', 'node', node, '-o', 'jsonpath={.spec.unschedulable}');
      expect(await unschedulable()).toBe('true');
      await core.client.operations.cancel({ id: started.operationId });
      expect(await ended(core.client, started)).toMatchObject({ state: 'cancelled' });
      expect(await unschedulable()).toBe('');
      expect((await cluster()).state).toBe('running');
      await isServed(base);
      // Past the budget, when that is said.
      await change({ kind: 'remove-node', node, force: true });
      expect((await cluster()).nodes.map((one) => one.name)).not.toContain(node);
      await isServed(base);
    },
  );

  // Once is enough: starting is tried on all engines elsewhere.
  test.runIf(host === testEngine('20.10')?.host)('stopped and started, ports are open again', async () => {
    await succeeded(core.client, await core.client.clusters.stop({ name }));
    await expect(fetch(`http://127.0.0.1:${base}/`)).rejects.toThrow();
    await succeeded(core.client, await core.client.clusters.start({ name }));
    await isServed(base);
  });

  test('deleted, nothing is left', async () => {
    await succeeded(core.client, await core.client.clusters.delete({ name }));
    expect(await leftoversOf(core, name, [])).toEqual([]);
    expect(await docker(core, 'ps', '-aq', '--filter', `label=dev.boathouse.cluster=${name}`)).toBe('');
  });
});

function secondsOf({
  startedAt = 0,
  endedAt = 0,
}: {
  startedAt?: number | undefined;
  endedAt?: number | undefined;
}): string {
  return `${((endedAt - startedAt) / 1000).toFixed(1)} s`;
}
