// Clusters outlive what happens to computers: stops and starts in a row, pauses, killed nodes, an engine that is restarted.
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { connectKube } from './kube/connect';
import { contentFaults } from './testing/content-store';
import {
  ended,
  nodeImage,
  openTestCore,
  roundsOf,
  stepBegun,
  succeeded,
  type TestCore,
  testEngine,
} from './testing/core';
import { removeLeftovers } from './testing/leftovers';
import { docker, inNode, kubectl } from './testing/programs';
import { answeredSince, deployVisitedApp, uptime } from './testing/visited-app';

/** An image that every node of the testbed has, with busybox in it. */
const image = 'k8s.gcr.io/kube-proxy:v1.20.2';
const rounds = roundsOf(2);

/** Each start of its container adds a line to a file below /var, which is the node's volume. */
const diary = (nodeName: string) =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'diary' },
    spec: {
      nodeName,
      terminationGracePeriodSeconds: 1,
      volumes: [{ name: 'data', hostPath: { path: '/var/diary', type: 'DirectoryOrCreate' } }],
      containers: [
        {
          name: 'diary',
          image,
          imagePullPolicy: 'Never',
          command: ['busybox', 'sh', '-c', 'echo started >>/data/lines; exec busybox sleep 100000'],
          volumeMounts: [{ name: 'data', mountPath: '/data' }],
        },
      ],
    },
  });

async function openCluster(host: string, name: string, template = 'single'): Promise<TestCore> {
  const core = await openTestCore(host);
  await removeLeftovers(core, name);
  await succeeded(
    core.client,
    await core.client.clusters.create({ name, template: { id: template }, image: nodeImage }),
  );
  const node = `${name}-control-plane`;
  await inNode(core, node, 'bash', '-c', `kubectl create -f - <<<'${diary(node)}'`);
  await kubectl(core, name, 'wait', '--for=condition=Ready', 'pod/diary', '--timeout=120s');
  return core;
}

async function closeCluster(core: TestCore | undefined, name: string): Promise<void> {
  if (!core) return;
  await removeLeftovers(core, name);
  await core.close();
}

/** What must hold after every start: Ready, the pod runs again, and its data has grown by one line. */
async function expectAlive(core: TestCore, name: string, lines: number): Promise<void> {
  const { state, nodes } = await core.client.clusters.get({ name });
  expect({ state, ready: nodes.every((node) => node.ready) }).toEqual({ state: 'running', ready: true });
  const grown = `until [ "$(wc -l </var/diary/lines)" = ${lines} ]; do sleep 0.2; done`;
  await inNode(core, `${name}-control-plane`, 'timeout', '120', 'bash', '-c', grown);
  await kubectl(core, name, 'wait', '--for=condition=Ready', 'pod/diary', '--timeout=120s');
}

const [first, modern] = [testEngine('20.10'), testEngine('28.5')];

describe.skipIf(!first)(`stopped and started ${rounds} times in a row`, () => {
  const name = 'bh-core-again';
  let core: TestCore;

  beforeAll(async () => {
    core = await openCluster(first?.host ?? '', name);
  });
  afterAll(() => closeCluster(core, name));

  test('it comes back Ready each time, with its pod and its data', async () => {
    for (let round = 1; round <= rounds; round += 1) {
      await succeeded(core.client, await core.client.clusters.stop({ name }));
      await succeeded(core.client, await core.client.clusters.start({ name }));
      await expectAlive(core, name, round + 1);
    }
  });
});

/** Milliseconds of a pause: longer than the 40 s of silence after which a node counts as gone. */
const pauseLength = 45_000;

// The second engine of the testbed serves tests alone: restarting it takes nothing from anybody.
describe.skipIf(!modern)('three nodes paused, stopped, killed, and the engine restarted', () => {
  const name = 'bh-core-killed';
  let core: TestCore;

  beforeAll(async () => {
    core = await openCluster(modern?.host ?? '', name, 'three-node');
    await deployVisitedApp(core, name, `${name}-worker`);
    const to = { service: 'web', namespace: 'default', port: 80 };
    const port = { hostPort: 0, hostAddress: '127.0.0.1', protocol: 'TCP' as const, to };
    const change = { name, changes: [{ kind: 'open-port' as const, port }] };
    await succeeded(core.client, await core.client.clusters.change(change));
  });
  afterAll(() => closeCluster(core, name));

  const cluster = () => core.client.clusters.get({ name });
  const states = async () => {
    const { state, nodes } = await cluster();
    return [state, ...nodes.map((node) => `${node.state} ${node.ready}`)];
  };
  const well = ['running', ...Array(3).fill('running true')];
  /** What the visitor of a port sees. */
  const visit = async () => {
    const [port] = (await cluster()).ports ?? [];
    const response = await fetch(`http://127.0.0.1:${port?.hostPort}/`, { signal: AbortSignal.timeout(5_000) });
    return `${response.status} ${await response.text()}`;
  };

  test('paused for longer than a node may be silent: said so at its ports, back at once, and nothing was moved', async () => {
    const before = await lastingFacts(core, name);
    await succeeded(core.client, await core.client.clusters.pause({ name }));
    const paused = performance.now();
    expect(await states()).toEqual(['paused', ...Array(3).fill('paused undefined')]);
    await expect(kubectl(core, name, 'get', 'pods')).rejects.toThrow(
      `The cluster ${name} is paused. Resume it with: boathouse resume ${name}`,
    );
    expect(await visit()).toContain(`503 The cluster ${name} is paused.`);
    await expect(closedAtOnce((await cluster()).ports?.[0]?.hostPort ?? 0)).resolves.toBe('');
    await pause(pauseLength - (performance.now() - paused));

    const [begun, start] = [await uptime(), performance.now()];
    const resuming = core.client.clusters.resume({ name });
    await vi.waitFor(async () => expect(await askApi(core)).toBe('ok'), { timeout: 10_000, interval: 20 });
    const api = (performance.now() - start) / 1000;
    const { startedAt = 0, endedAt = 0 } = await succeeded(core.client, await resuming);
    const app = await answeredSince(core, `${name}-worker`, begun);
    console.log(
      `resumed: API ${api.toFixed(2)} s, app by its DNS name ${app.toFixed(2)} s, all ${endedAt - startedAt} ms`,
    );
    expect(api).toBeLessThan(slack * 0.6);
    expect(app).toBeLessThan(slack * 1.5);

    // The controllers work, and have taken nothing out of service for having been silent.
    await kubectl(core, name, 'scale', 'deployment/web', '--replicas=4');
    await kubectl(core, name, 'rollout', 'status', 'deployment/web', '--timeout=60s');
    expect(await states()).toEqual(well);
    expect(await lastingFacts(core, name)).toEqual(before);
    await vi.waitFor(async () => expect(await visit()).toBe('200 hello\n'), { timeout: 30_000, interval: 100 });
  });

  test('its logs in one archive, without any of its secrets', async () => {
    const node = `${name}-control-plane`;
    const secret = 'opensesame-hidden';
    await kubectl(core, name, 'create', 'secret', 'generic', 'hidden', `--from-literal=word=${secret}`);
    const files = await exportedFiles(core, name);
    const all = [...files.values()].join('\n');
    for (const file of ['kubelet.log', 'containerd.log', 'kubeadm.conf', 'inspect.json', 'serial.log']) {
      expect(files.get(`${name}-logs/${node}/${file}`)).not.toHaveLength(0);
    }
    expect([...files.keys()].some((path) => /kube-apiserver\/\d+\.log$/.test(path))).toBe(true);
    expect(files.get(`${name}-logs/kubernetes/pods.yaml`)).toContain('name: visitor');
    expect(files.get(`${name}-logs/missing.txt`)).toBe('');
    const token = await inNode(core, node, 'grep', '-om1', '[a-z0-9]\\{6\\}\\.[a-z0-9]\\{16\\}', '/kind/kubeadm.conf');
    const [, key = ''] = (await inNode(core, node, 'cat', '/etc/kubernetes/pki/ca.key')).split('\n');
    for (const hidden of [token, key, secret, Buffer.from(secret).toString('base64')]) {
      expect(hidden.length).toBeGreaterThan(8);
      expect(all).not.toContain(hidden);
    }
  });

  test('the first request resumes it, if it is asked for', async () => {
    await succeeded(core.client, await core.client.clusters.pause({ name, wake: true }));
    expect(await cluster()).toMatchObject({ state: 'paused', wakes: true });
    const watching = new AbortController();
    const watch = (async () => {
      for await (const _ of await core.client.clusters.watch(undefined, { signal: watching.signal }));
    })().catch(() => {});
    expect(await kubectl(core, name, 'get', 'nodes', '-o', 'name')).toContain(`node/${name}-worker2`);
    watching.abort();
    await watch;
    await vi.waitFor(async () => expect(await states()).toEqual(well), { timeout: 20_000 });
    expect(core.log).toContain(`${name} is asked for and resumed`);
  });

  test('paused, then stopped; started, the app answers by its DNS name again', async () => {
    await succeeded(core.client, await core.client.clusters.pause({ name }));
    await succeeded(core.client, await core.client.clusters.stop({ name }));
    const begun = await uptime();
    const starting = await core.client.clusters.start({ name });
    const started = succeeded(core.client, starting);
    await stepBegun(core.client, starting.operationId, 'api-server');
    const [app, { startedAt = 0, endedAt = 0 }] = await Promise.all([
      answeredSince(core, `${name}-worker`, begun),
      started,
    ]);
    console.log(`started: app by its DNS name ${app.toFixed(1)} s, all ${((endedAt - startedAt) / 1000).toFixed(1)} s`);
    expect(app).toBeLessThan(slack * 20);
    expect(await states()).toEqual(well);
    await expectAlive(core, name, 2);
  });

  test('it is started again, Ready, with its pod and its data; a load that was broken off left nothing in between', async () => {
    const large = 'bh-core-killed/web:1';
    const file = join(core.directory, 'Dockerfile');
    await writeFile(file, 'FROM testbed/busybox:1\nRUN dd if=/dev/urandom of=/large bs=1M count=60\n');
    await docker(core, 'build', '-q', '-t', large, '-f', file, core.directory);
    const load = () => core.client.images.load({ name, images: [large] });
    const loading = await load();
    await stepBegun(core.client, loading.operationId, 'image-load');
    await docker(core, 'kill', ...['control-plane', 'worker', 'worker2'].map((role) => `${name}-${role}`));
    const script = resolve(import.meta.dirname, '../../e2e/testbed/modern-engine.sh');
    await promisify(execFile)(script, ['restart']);
    await ended(core.client, loading);
    await succeeded(core.client, await core.client.clusters.start({ name }));
    await expectAlive(core, name, 3);
    const names = async () => (await core.client.images.list({ name })).images.flatMap((one) => one.names);
    const faults = async () => {
      // A look at the nodes clears away what was broken off.
      await names();
      const nodes = ['control-plane', 'worker', 'worker2'].map((role) => `${name}-${role}`);
      return (await Promise.all(nodes.map((node) => contentFaults(core, node)))).join('');
    };
    expect(await faults()).toBe('');
    await succeeded(core.client, await load());
    expect(await names()).toContain(`docker.io/${large}`);
    expect(await faults()).toBe('');
    await docker(core, 'rmi', '-f', large);
  });
});

/** The tests of the other engine run beside these and make everything slower; quiet, two cores keep the figures themselves. */
const slack = 8;

/** One question to the API over a connection of its own. */
async function askApi(core: TestCore): Promise<string> {
  const kube = await connectKube(await readFile(core.kubeconfig, 'utf8'));
  return kube.get<string>('/readyz', AbortSignal.timeout(2_000));
}

/** Since when nodes and pods are Ready, and which pods there are: unchanged when nothing was taken out of service. */
async function lastingFacts(core: TestCore, name: string): Promise<string[]> {
  const since = '{.status.conditions[?(@.type=="Ready")].lastTransitionTime}';
  const line = `{range .items[*]}{.metadata.name} ${since} {.spec.taints}{"\\n"}{end}`;
  const [nodes, pods] = await Promise.all([
    kubectl(core, name, 'get', 'nodes', '-o', `jsonpath=${line}`),
    kubectl(
      core,
      name,
      'get',
      'pods',
      '-l',
      'app=web',
      '--sort-by=.metadata.creationTimestamp',
      '-o',
      `jsonpath=${line}`,
    ),
  ]);
  const lines = (words: string) => words.split('\n').map((one) => one.trim());
  return [...lines(nodes), ...lines(pods).slice(0, 3).sort()];
}

/** What `clusters.exportLogs` gives, by path. */
async function exportedFiles(core: TestCore, name: string): Promise<Map<string, string>> {
  async function* bytes() {
    for await (const { base64 } of await core.client.clusters.exportLogs({ name })) yield Buffer.from(base64, 'base64');
  }
  const files = new Map<string, string>();
  for await (const entry of Readable.from(bytes()).pipe(createGunzip()).pipe(extract())) {
    files.set(entry.header.name, await text(entry));
  }
  return files;
}

/** What a port sends to one who speaks no HTTP, until it closes the connection. */
async function closedAtOnce(port: number): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port, timeout: 5_000 });
  socket.once('timeout', () => socket.destroy(new Error('the connection stays open')));
  socket.write('hello\n');
  return text(socket).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ECONNRESET') return '';
    throw error;
  });
}
