// Clusters of k3s that we make: every Docker call held against what k3d 5.9 asks for, and their life on real engines.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { openTestEngine } from './engine/testing';
import {
  openTestCore,
  refusalOf,
  stepBegun,
  succeeded,
  type TestCore,
  testEngines,
  watchOperation,
} from './testing/core';
import { removeK3dCluster } from './testing/k3d';
import { ensureK3sImage, k3sImage, sayNoRealK3s } from './testing/k3s/image';
import { docker, inNode } from './testing/programs';
import { type Recorder, recordEngine } from './testing/recorder';

sayNoRealK3s();

const run = promisify(execFile);

const template = (id: string, spec: string) => ({
  yaml: `apiVersion: boathouse.dev/v1
kind: ClusterTemplate
metadata: {id: ${id}, title: T, description: D}
spec:
  provider: k3s
  kubernetes: {image: "${k3sImage}"}
  networking: {podSubnet: 10.42.0.0/16, serviceSubnet: 10.43.0.0/16}
${spec}`,
  from: `${id}.yaml`,
});

const small = template(
  'small',
  `  nodes:
    - role: control-plane
    - {role: worker, name: apps, labels: {tier: web}, taints: [{key: dedicated, value: web, effect: NoSchedule}], resources: {memory: 1Gi}}
  environment: {GREETING: hello}
  mounts: [{hostPath: /etc/os-release, containerPath: /host-release, readOnly: true, nodes: [apps]}]
  registry: {mirrors: {docker.io: ["https://mirror.example"]}}
  ports: [{to: {nodePort: 30080}}]
  k3s: {serverArgs: ["--disable=traefik"]}`,
);

const [first, second = first] = testEngines();

async function openOn(host: string) {
  const directory = await mkdtemp(join(tmpdir(), 'boathouse-recorder-'));
  await ensureK3sImage(await openTestEngine(host));
  const recorder = await recordEngine(host, directory);
  const core = await openTestCore(recorder.host);
  // Programs beside it are not recorded.
  core.environment.DOCKER_HOST = host;
  const close = async () => {
    await core.close();
    await recorder.close();
    await rm(directory, { recursive: true });
  };
  return { core, recorder, close };
}

/** kubectl by the context that was written. */
async function kubectl(core: TestCore, ...words: string[]): Promise<string> {
  const program = process.env.BOATHOUSE_TEST_KUBECTL || 'kubectl';
  const { stdout } = await run(program, ['--kubeconfig', core.kubeconfig, ...words]);
  return stdout;
}

/** Everything that is there of a cluster of k3s, by label and by name. */
async function tracesOf(core: TestCore, name: string): Promise<string> {
  const traces = await Promise.all([
    docker(core, 'ps', '-a', '--filter', `name=${name}`, '--format', '{{.Names}}'),
    docker(core, 'network', 'ls', '--filter', `name=${name}`, '--format', '{{.Name}}'),
    docker(core, 'volume', 'ls', '--filter', `name=${name}`, '--format', '{{.Name}}'),
  ]);
  const kubeconfig = await readFile(core.kubeconfig, 'utf8').catch(() => '');
  return [...traces, kubeconfig.includes(name) ? 'kubeconfig' : ''].join('');
}

describe.skipIf(!first)(`a server and an agent on ${first?.name}`, () => {
  const name = 'bh-k3s';
  let core: TestCore;
  let recorder: Recorder;
  let close: () => Promise<void>;

  beforeAll(async () => {
    ({ core, recorder, close } = await openOn(first?.host ?? ''));
    await removeK3dCluster(await openTestEngine(first?.host ?? ''), name);
    await succeeded(core.client, await core.client.clusters.create({ name, template: small }));
  });
  afterAll(async () => {
    await removeK3dCluster(await openTestEngine(first?.host ?? ''), name);
    await close();
  });

  const find = async () => (await core.client.clusters.list()).find((cluster) => cluster.name === name);
  const bodyOf = (kind: string, what: string) => {
    const found = recorder.created.find((one) => one.kind === kind && one.name === what);
    if (!found) throw new Error(`no ${kind} called ${what} was asked for`);
    return found.body;
  };

  test('asks for the network, the volume and the containers that k3d would ask for, and for one port more', async () => {
    expect(recorder.created.map(({ kind, name: what }) => `${kind} ${what}`).sort()).toEqual([
      `containers ${name}-port-${(await find())?.ports?.[0]?.hostPort}`,
      `containers k3d-${name}-agent-0`,
      `containers k3d-${name}-server-0`,
      `containers k3d-${name}-serverlb`,
      `networks k3d-${name}`,
      `volumes k3d-${name}-images`,
    ]);
    const range = expect.stringMatching(/^\d+\.\d+\.\d+\.0\/24$/);
    expect(bodyOf('networks', `k3d-${name}`)).toEqual({
      Name: `k3d-${name}`,
      CheckDuplicate: true,
      Driver: 'bridge',
      // Ours are the labels of our own and a subnet, as k3d makes it when told one.
      Labels: expect.objectContaining({ app: 'k3d' }),
      Options: expect.objectContaining({ 'com.docker.network.bridge.enable_ip_masquerade': 'true' }),
      IPAM: {
        Driver: 'default',
        Config: [
          { Subnet: range, Gateway: expect.stringMatching(/\.1$/), IPRange: expect.stringMatching(/\.128\/25$/) },
        ],
      },
    });
    expect(bodyOf('volumes', `k3d-${name}-images`)).toEqual({
      Name: `k3d-${name}-images`,
      Labels: expect.objectContaining({ app: 'k3d', 'k3d.cluster': name }),
    });
  });

  test('asks for nodes as k3d does, field by field', async () => {
    const network = await core.client.clusters.list().then(() => docker(core, 'network', 'inspect', `k3d-${name}`));
    const [{ Id: networkId, IPAM }] = JSON.parse(network);
    const port = new URL((await find())?.apiServer ?? '').port;
    const server = bodyOf('containers', `k3d-${name}-server-0`);
    const token = (server.Labels as Record<string, string>)['k3d.cluster.token'];
    expect(token).toMatch(/^[A-Za-z0-9]{20}$/);
    const labels = (role: string) => ({
      app: 'k3d',
      'k3d.version': 'v5.9.0',
      'k3d.role': role,
      'k3d.cluster': name,
      'k3d.cluster.url': `https://k3d-${name}-server-0:6443`,
      'k3d.cluster.token': token,
      'k3d.cluster.imageVolume': `k3d-${name}-images`,
      'k3d.cluster.network': `k3d-${name}`,
      'k3d.cluster.network.id': networkId,
      'k3d.cluster.network.iprange': IPAM.Config[0].Subnet,
      'k3d.cluster.network.external': 'false',
      'k3d.server.loadbalancer': `k3d-${name}-serverlb`,
    });
    const own = (node: Record<string, unknown>) =>
      Object.keys(node.Labels as object).filter((key) => /boathouse/.test(key));
    const withoutOwn = ({ Labels, ...rest }: Record<string, unknown>) => ({
      ...rest,
      Labels: Object.fromEntries(Object.entries(Labels as object).filter(([key]) => !/boathouse/.test(key))),
    });
    const subnet = String(IPAM.Config[0].Subnet).replace(/0\/24$/, '');
    const common = {
      Image: k3sImage,
      Entrypoint: ['/bin/k3d-entrypoint.sh'],
    };
    const host = {
      Init: true,
      Privileged: true,
      UsernsMode: 'host',
      NetworkMode: 'bridge',
      Tmpfs: { '/run': '', '/var/run': '' },
      Binds: [`k3d-${name}-images:/k3d/images`],
      RestartPolicy: { Name: 'unless-stopped' },
    };
    expect(withoutOwn(server)).toEqual({
      ...common,
      name: `k3d-${name}-server-0`,
      Hostname: `k3d-${name}-server-0`,
      Cmd: ['server', '--disable=traefik', '--tls-san', '127.0.0.1', '--tls-san', `k3d-${name}-serverlb`],
      Env: ['GREETING=hello', `K3S_TOKEN=${token}`, 'K3S_KUBECONFIG_OUTPUT=/output/kubeconfig.yaml'],
      Labels: {
        ...labels('server'),
        'k3d.server.api.host': '127.0.0.1',
        'k3d.server.api.hostIP': '127.0.0.1',
        'k3d.server.api.port': port,
        'k3d.node.staticIP': `${subnet}2`,
      },
      HostConfig: host,
      NetworkingConfig: { EndpointsConfig: { [`k3d-${name}`]: { IPAMConfig: { IPv4Address: `${subnet}2` } } } },
    });
    const agent = bodyOf('containers', `k3d-${name}-agent-0`);
    expect(withoutOwn(agent)).toEqual({
      ...common,
      name: `k3d-${name}-agent-0`,
      Hostname: `k3d-${name}-agent-0`,
      Cmd: ['agent', '--node-label', 'tier=web', '--node-taint=dedicated=web:NoSchedule'],
      Env: [
        'GREETING=hello',
        `K3S_TOKEN=${token}`,
        `K3S_URL=https://k3d-${name}-server-0:6443`,
        'K3S_KUBECONFIG_OUTPUT=/output/kubeconfig.yaml',
      ],
      Labels: labels('agent'),
      HostConfig: {
        ...host,
        Binds: ['/etc/os-release:/host-release:ro', ...host.Binds],
        Memory: 1024 ** 3,
        MemorySwap: 1024 ** 3,
      },
      NetworkingConfig: { EndpointsConfig: { [`k3d-${name}`]: { IPAMConfig: { IPv4Address: `${subnet}3` } } } },
    });
    const balancer = bodyOf('containers', `k3d-${name}-serverlb`);
    expect(withoutOwn(balancer)).toMatchObject({
      Hostname: `k3d-${name}-serverlb`,
      Env: ['K3S_KUBECONFIG_OUTPUT=/output/kubeconfig.yaml'],
      Labels: labels('loadbalancer'),
      ExposedPorts: { '6443/tcp': {} },
      HostConfig: {
        Binds: [`k3d-${name}-images:/k3d/images`],
        RestartPolicy: { Name: 'unless-stopped' },
        PortBindings: { '6443/tcp': [{ HostIp: '127.0.0.1', HostPort: port }] },
      },
    });
    expect(own(server)).toContain('dev.boathouse.version');
    expect(await inNode(core, `k3d-${name}-serverlb`, 'cat', '/etc/confd/values.yaml')).toBe(
      `ports:\n  6443.tcp:\n    - k3d-${name}-server-0\nsettings:\n  workerConnections: 1024`,
    );
    const mirrors = await inNode(core, `k3d-${name}-agent-0`, 'cat', '/etc/rancher/k3s/registries.yaml');
    expect(parse(mirrors)).toEqual({ mirrors: { 'docker.io': { endpoint: ['https://mirror.example'] } } });
  });

  test('is there, Ready, and reached by the context that was written', async () => {
    expect(await core.client.clusters.get({ name })).toMatchObject({
      provider: 'k3s',
      madeBy: 'boathouse',
      state: 'running',
      kubernetesVersion: 'v1.20.2+k3s1',
      context: `k3d-${name}`,
      current: true,
      template: 'small',
      nodes: [
        { name: `k3d-${name}-server-0`, role: 'control-plane', ready: true },
        { name: `k3d-${name}-agent-0`, role: 'worker', ready: true, pool: 'apps' },
      ],
      entrance: { name: `k3d-${name}-serverlb` },
      ports: [{ to: { nodePort: 30080 }, state: 'running' }],
    });
    const config = parse(await readFile(core.kubeconfig, 'utf8'));
    expect(config).toMatchObject({
      clusters: [{ name: `k3d-${name}`, cluster: { server: (await find())?.apiServer } }],
      users: [{ name: `admin@k3d-${name}` }],
      'current-context': `k3d-${name}`,
    });
    const path = 'jsonpath={.items[*].spec.taints[*].key}';
    expect(await kubectl(core, 'get', 'nodes', '-l', 'tier=web', '-o', path)).toContain('dedicated');
  });

  test('nodes ask the engine for names by an address that pods reach, too', async () => {
    const agent = `k3d-${name}-agent-0`;
    const resolver = await inNode(core, agent, 'cat', '/etc/resolv.conf');
    const gateway = (await inNode(core, agent, 'ip', 'route', 'show', 'default')).split(' ')[2];
    expect(resolver).toContain(`nameserver ${gateway}`);
    expect(await inNode(core, agent, 'nslookup', `k3d-${name}-server-0`)).toMatch(/Address.*\.2\b/);
    expect(await inNode(core, agent, 'cat', '/etc/hosts')).toContain(`${gateway} host.k3d.internal`);
  });

  test('stops, starts and stays reachable at the same address', async () => {
    const before = await find();
    await succeeded(core.client, await core.client.clusters.stop({ name }));
    expect(await find()).toMatchObject({ state: 'stopped', apiServer: before?.apiServer });
    await succeeded(core.client, await core.client.clusters.start({ name }));
    const after = await core.client.clusters.get({ name });
    expect(after).toMatchObject({ state: 'running', apiServer: before?.apiServer });
    expect(after.nodes.map(({ address, ready }) => [address, ready])).toEqual(
      before?.nodes.map(({ address }) => [address, true]),
    );
    const log = await docker(core, 'logs', `k3d-${name}-serverlb`);
    expect(log.match(/start worker processes/g)).toHaveLength(2);
  });

  test('pauses: who asks its API is turned away at once; and goes on when it is resumed', async () => {
    await succeeded(core.client, await core.client.clusters.pause({ name, wake: false }));
    expect(await find()).toMatchObject({ state: 'paused' });
    const asked = Date.now();
    expect(await kubectl(core, 'get', '--raw', '/livez', '--request-timeout=20s').catch(String)).toMatch(
      /refused|EOF|reset by peer/,
    );
    expect(Date.now() - asked).toBeLessThan(15_000);
    await succeeded(core.client, await core.client.clusters.resume({ name }));
    expect(await kubectl(core, 'get', '--raw', '/livez')).toBe('ok');
  });

  test('a name that is taken, or that k3d would not have, is refused before anything is made', async () => {
    const create = (wanted: string) => core.client.clusters.create({ name: wanted, template: small });
    expect(await refusalOf(create(name))).toMatchObject({ code: 'name-taken' });
    expect(await refusalOf(create('k'.repeat(33)))).toMatchObject({ code: 'bad-input', params: { limit: 32 } });
  });

  test('goes with everything', async () => {
    await succeeded(core.client, await core.client.clusters.delete({ name }));
    expect(await tracesOf(core, name)).toBe('');
  });

  test('a create that is cancelled leaves nothing', async () => {
    const { operationId } = await core.client.clusters.create({ name, template: small });
    await stepBegun(core.client, operationId, 'k3s-start');
    await core.client.operations.cancel({ id: operationId });
    const operation = await watchOperation(core.client, operationId, () => false);
    expect(operation).toMatchObject({ state: 'cancelled', leftovers: [] });
    expect(await tracesOf(core, name)).toBe('');
  });
});

describe.skipIf(!second)(`three servers on ${second?.name}`, () => {
  const name = 'bh-k3sha';
  let core: TestCore;
  let recorder: Recorder;
  let close: () => Promise<void>;

  beforeAll(async () => {
    ({ core, recorder, close } = await openOn(second?.host ?? ''));
    await removeK3dCluster(await openTestEngine(second?.host ?? ''), name);
  });
  afterAll(async () => {
    await removeK3dCluster(await openTestEngine(second?.host ?? ''), name);
    await close();
  });

  test('the first begins the etcd, the others join it one after another; the API is reached past any of them', async () => {
    const three = template('three', '  nodes: [{role: control-plane, count: 3}]');
    const operation = await succeeded(core.client, await core.client.clusters.create({ name, template: three }));
    const started = (node: number) => operation.steps.find(({ id }) => id === `k3s-start:k3d-${name}-server-${node}`);
    expect(started(1)?.startedAt).toBeGreaterThanOrEqual(started(0)?.endedAt ?? Number.POSITIVE_INFINITY);
    expect(started(2)?.startedAt).toBeGreaterThanOrEqual(started(1)?.endedAt ?? Number.POSITIVE_INFINITY);
    const servers = recorder.created.filter((one) => /-server-\d$/.test(one.name));
    const facts = servers.map(({ body }) => {
      const { Cmd, Env, Labels } = body as { Cmd: string[]; Env: string[]; Labels: Record<string, string> };
      return [Labels['k3d.server.init'], Cmd.includes('--cluster-init'), Env.some((one) => one.startsWith('K3S_URL='))];
    });
    expect(facts.sort()).toEqual([
      ['false', false, true],
      ['false', false, true],
      ['true', true, false],
    ]);
    await docker(core, 'kill', `k3d-${name}-server-2`);
    // Asked through the entrance again and again: none of the questions may end at the server that is gone.
    const ask = () => kubectl(core, 'get', '--raw', '/livez', '--request-timeout=3s').catch(String);
    const answers = async () => Promise.all([ask(), ask(), ask()]);
    await expect.poll(answers, { timeout: 15_000 }).toEqual(['ok', 'ok', 'ok']);
    await succeeded(core.client, await core.client.clusters.delete({ name }));
    expect(await tracesOf(core, name)).toBe('');
  });
});
