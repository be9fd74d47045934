// A cluster of k3s that we make: every Docker call held against what k3d 5.9 asks for, its life, and its changes, on a real engine.
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { ClusterChange } from '../../shared/model/change';
import { openTestEngine } from './engine/testing';
import { refusalOf, stepBegun, succeeded, type TestCore, testEngine, watchOperation } from './testing/core';
import { removeK3dCluster } from './testing/k3d';
import { k3sTemplate, kubectlByContext as kubectl, openRecorded, tracesOf } from './testing/k3s/core';
import { k3sImage, sayNoRealK3s } from './testing/k3s/image';
import { docker, inNode } from './testing/programs';
import type { Recorder } from './testing/recorder';

sayNoRealK3s();

const small = k3sTemplate(
  'small',
  `  nodes:
    - role: control-plane
    - {role: worker, name: apps, labels: {tier: web}, taints: [{key: dedicated, value: web, effect: NoSchedule}], resources: {memory: 1Gi}}
  environment: {GREETING: hello}
  mounts: [{hostPath: /etc/os-release, containerPath: /host-release, readOnly: true, nodes: [apps]}]
  registry: {mirrors: {docker.io: ["https://mirror.example"]}}
  ports: [{to: {nodePort: 30080}}]
  manifests: [{name: greeting, namespace: harbour, inline: "{apiVersion: v1, kind: ConfigMap, metadata: {name: greeting}, data: {word: ahoy}}"}]
  k3s: {serverArgs: ["--disable=traefik"]}`,
);

const engine = testEngine('28.5');

describe.skipIf(!engine)(`a server and an agent on ${engine?.name}`, () => {
  const name = 'bh-k3s';
  let core: TestCore;
  let recorder: Recorder;
  let close: () => Promise<void>;

  beforeAll(async () => {
    ({ core, recorder, close } = await openRecorded(engine?.host ?? ''));
    await removeK3dCluster(await openTestEngine(engine?.host ?? ''), name);
    await succeeded(core.client, await core.client.clusters.create({ name, template: small }));
  });
  afterAll(async () => {
    await removeK3dCluster(await openTestEngine(engine?.host ?? ''), name);
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
    const greeting = ['-n', 'harbour', 'get', 'configmap', 'greeting', '-o', 'jsonpath={.data.word}'];
    expect(await kubectl(core, ...greeting)).toBe('ahoy');
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

  const change = (...changes: ClusterChange[]) => core.client.clusters.change({ name, changes });
  const [agent0, agent1] = [0, 1].map((index) => `k3d-${name}-agent-${index}`) as [string, string];

  test('an agent comes as its pool has it, asked for as k3d would, and goes with all that Kubernetes knew of it', async () => {
    const adding = { role: 'worker', count: 1, labels: { more: 'yes' }, taints: [], resources: {} } as const;
    await succeeded(core.client, await change({ kind: 'add-nodes', ...adding, taints: [], pool: 'apps' }));
    const { nodes } = await core.client.clusters.get({ name });
    expect(nodes.find((node) => node.name === agent1)).toMatchObject({ role: 'worker', ready: true, pool: 'apps' });
    const withoutOwn = (body: Record<string, unknown>) => {
      const own = ['dev.boathouse.operation', 'dev.boathouse.address'];
      return { ...(body.Labels as object), ...Object.fromEntries(own.map((key) => [key, undefined])) };
    };
    const [first, later] = [agent0, agent1].map((agent) => bodyOf('containers', agent));
    expect(later?.Cmd).toEqual([
      ...['agent', '--node-label', 'tier=web', '--node-label', 'more=yes'],
      '--node-taint=dedicated=web:NoSchedule',
    ]);
    expect(later?.Env).toEqual(first?.Env);
    expect(later?.HostConfig).toEqual(first?.HostConfig);
    expect(withoutOwn(later ?? {})).toEqual(withoutOwn(first ?? {}));
    const addresses = nodes.map(({ address }) => address);
    expect(new Set(addresses).size).toBe(3);
    expect(await inNode(core, agent1, 'cat', '/etc/hosts')).toContain('host.k3d.internal');
    const manifest = '/var/lib/rancher/k3s/server/manifests/coredns.yaml';
    expect(await inNode(core, `k3d-${name}-server-0`, 'cat', manifest)).toContain(agent1);
    await succeeded(core.client, await change({ kind: 'remove-node', node: agent1, force: false }));
    expect((await core.client.clusters.get({ name })).nodes).toHaveLength(2);
    expect(await kubectl(core, 'get', 'nodes', '-o', 'name')).not.toContain('agent-1');
  });

  test('ports, limits, labels and taints follow', async () => {
    const port = { hostAddress: '127.0.0.1', hostPort: 0, protocol: 'TCP', to: { nodePort: 30081 } } as const;
    const taints = [{ key: 'dedicated', value: 'db', effect: 'NoExecute' as const }];
    await succeeded(
      core.client,
      await change(
        { kind: 'open-port', port },
        { kind: 'limit-node', node: agent0, resources: { cpus: 0.5, memory: '2Gi' } },
        { kind: 'label-node', node: agent0, labels: { tier: 'db', more: null } },
        { kind: 'taint-node', node: agent0, taints },
      ),
    );
    const { ports = [] } = await core.client.clusters.get({ name });
    const opened = ports.find(({ to }) => 'nodePort' in to && to.nodePort === 30081);
    expect(opened?.state).toBe('running');
    const limits = '{{.HostConfig.NanoCpus}} {{.HostConfig.Memory}}';
    expect(await docker(core, 'inspect', agent0, '--format', limits)).toBe(`500000000 ${2 * 2 ** 30}`);
    const path = 'jsonpath={.metadata.labels.tier} {.spec.taints[*].value}';
    expect(await kubectl(core, 'get', 'node', agent0, '-o', path)).toBe('db db');
    const { to: _to, ...key } = { ...port, hostPort: opened?.hostPort ?? 0 };
    await succeeded(core.client, await change({ kind: 'close-port', port: key }));
    expect((await core.client.clusters.get({ name })).ports).toHaveLength(1);
  });

  test('a template with one agent more asks for one change; what k3s cannot change is refused', async () => {
    const wanted = { ...small, yaml: small.yaml.replace('worker, name: apps,', 'worker, name: apps, count: 2,') };
    const { differences } = await core.client.clusters.planApply({ name, template: wanted });
    expect(differences.flatMap(({ changes }) => changes.map(({ kind }) => kind))).toContain('add-nodes');
    expect(differences.map(({ effort }) => effort)).not.toContain('new-cluster');
    const server = { kind: 'add-nodes', role: 'control-plane', count: 1, labels: {}, resources: {} } as const;
    expect(await refusalOf(change({ ...server, taints: [] }))).toMatchObject({ params: { why: 'no-etcd' } });
    expect(await refusalOf(change({ kind: 'set-mirrors', mirrors: {} }))).toMatchObject({
      params: { why: 'k3s-mirrors' },
    });
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
