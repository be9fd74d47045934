// Which clusters there are, from what two engines answer to `GET /containers/json`.
import { expect, test } from 'vitest';
import { abilitiesOf, type ClusterNode, type ClusterState, type NodeRole } from '../../../shared/model/cluster';
import { type Operation, type OperationKind, operationKinds } from '../../../shared/model/operation';
import { queuedOperation } from '../operations/operation';
import type { ListedContainer } from './listed';
import { recogniseKubeadm } from './providers/kubeadm/recognise';
import { clustersOf, type Surroundings, stateOf } from './world';

const alone: Surroundings = {
  currentContext: undefined,
  operationOn: () => undefined,
  journalOf: () => undefined,
};

/** A node of kind's own, as Docker 20.10 lists it while it runs. */
function kindNode(name: string, role: NodeRole, change: Partial<ListedContainer> = {}): ListedContainer {
  return {
    Id: `id-${name}`,
    Names: [`/${name}`],
    Image: 'kindest/node:v1.36.1@sha256:f00d',
    State: 'running',
    Created: 1_767_225_600,
    Labels: {
      'io.x-k8s.kind.cluster': name.replace(/-(control-plane|worker|external).*/, ''),
      'io.x-k8s.kind.role': role,
    },
    Ports: role === 'worker' ? [] : [{ IP: '127.0.0.1', PrivatePort: 6443, PublicPort: 41234 }],
    NetworkSettings: { Networks: { kind: { IPAMConfig: null, IPAddress: '172.18.0.2' } } },
    ...change,
  };
}

/** One of ours: kind's labels, and our own on top. */
function ownNode(name: string, role: NodeRole, change: Partial<ListedContainer> = {}): ListedContainer {
  const node = kindNode(name, role, change);
  const own = {
    'dev.boathouse.version': '0.1.0',
    'dev.boathouse.template': 'three-node',
    'dev.boathouse.kubernetes-version': 'v1.20.2',
    'dev.boathouse.address': '10.77.0.2',
    ...(role === 'control-plane' && { 'dev.boathouse.api-port': '41234' }),
  };
  return {
    ...node,
    Image: 'testbed/node:v1.20.2',
    NetworkSettings: {
      Networks: { 'boathouse-shop': { IPAMConfig: { IPv4Address: '10.77.0.2' }, IPAddress: '10.77.0.2' } },
    },
    ...change,
    Labels: { ...node.Labels, ...own },
  };
}

function onlyOne(containers: ListedContainer[], surroundings: Partial<Surroundings> = {}) {
  const [cluster, ...more] = clustersOf(recogniseKubeadm(containers), { ...alone, ...surroundings });
  expect(more).toEqual([]);
  if (!cluster) throw new Error('no cluster');
  return cluster;
}

test('one of ours, running', () => {
  const cluster = onlyOne([ownNode('shop-worker', 'worker'), ownNode('shop-control-plane', 'control-plane')]);
  expect(cluster).toEqual({
    name: 'shop',
    provider: 'kubeadm',
    madeBy: 'boathouse',
    state: 'running',
    nodes: [
      {
        name: 'shop-control-plane',
        containerId: 'id-shop-control-plane',
        role: 'control-plane',
        state: 'running',
        image: 'testbed/node:v1.20.2',
        address: '10.77.0.2',
      },
      expect.objectContaining({ name: 'shop-worker', role: 'worker' }),
    ],
    kubernetesVersion: 'v1.20.2',
    apiServer: 'https://127.0.0.1:41234',
    context: 'kind-shop',
    abilities: abilitiesOf({ provider: 'kubeadm', madeBy: 'boathouse' }),
    current: false,
    template: 'three-node',
    network: 'boathouse-shop',
    createdAt: '2026-01-01T00:00:00.000Z',
  });
});

test('one of kind’s: what it does not tell is absent, the version is that of its image', () => {
  const cluster = onlyOne([kindNode('dev-control-plane', 'control-plane')]);
  expect(cluster).toMatchObject({ madeBy: 'kind', kubernetesVersion: 'v1.36.1', network: 'kind', context: 'kind-dev' });
  expect(cluster).not.toHaveProperty('template');
  expect(cluster).not.toHaveProperty('operationId');
});

test('stopped: the engine lists no port and no address any more, our labels do; kind’s cluster has none', () => {
  const stopped = {
    State: 'exited',
    Ports: [],
    NetworkSettings: { Networks: { some: { IPAMConfig: null, IPAddress: '' } } },
  };
  const ours = onlyOne([ownNode('shop-control-plane', 'control-plane', stopped)]);
  expect(ours).toMatchObject({
    state: 'stopped',
    apiServer: 'https://127.0.0.1:41234',
    nodes: [{ address: '10.77.0.2' }],
  });
  const theirs = onlyOne([kindNode('dev-control-plane', 'control-plane', stopped)]);
  expect(theirs.state).toBe('stopped');
  expect(theirs).not.toHaveProperty('apiServer');
  expect(theirs.nodes[0]).not.toHaveProperty('address');
});

test('nodes are in their order: by role, and the tenth worker after the second', () => {
  const names = ['shop-worker10', 'shop-worker2', 'shop-control-plane', 'shop-worker'];
  const containers = names.map((name) => ownNode(name, name.includes('worker') ? 'worker' : 'control-plane'));
  containers.push(ownNode('shop-external-load-balancer', 'external-load-balancer'));
  expect(onlyOne(containers).entrance).toMatchObject({ name: 'shop-external-load-balancer', state: 'running' });
  expect(onlyOne(containers).nodes.map(({ name }) => name)).toEqual([
    'shop-control-plane',
    'shop-worker',
    'shop-worker2',
    'shop-worker10',
  ]);
});

test('behind a load balancer that is where the API is', () => {
  const port = (PublicPort: number, IP = '127.0.0.1') => ({ Ports: [{ IP, PrivatePort: 6443, PublicPort }] });
  const cluster = onlyOne([
    kindNode('dev-control-plane', 'control-plane', port(40001)),
    kindNode('dev-control-plane2', 'control-plane', port(40002)),
    kindNode('dev-external-load-balancer', 'external-load-balancer', { ...port(45000), Image: 'kindest/haproxy:v2' }),
  ]);
  expect(cluster).toMatchObject({ apiServer: 'https://127.0.0.1:45000', kubernetesVersion: 'v1.36.1' });
});

test.each([
  ['0.0.0.0', 'https://127.0.0.1:41234'],
  ['::', 'https://127.0.0.1:41234'],
  ['::1', 'https://[::1]:41234'],
  ['192.168.1.4', 'https://192.168.1.4:41234'],
])('an API published on %s is reached at %s', (IP, address) => {
  const Ports = [{ IP, PrivatePort: 6443, PublicPort: 41234 }];
  expect(onlyOne([kindNode('dev-control-plane', 'control-plane', { Ports })]).apiServer).toBe(address);
});

test('other published ports are not the API’s', () => {
  const Ports = [
    { IP: '0.0.0.0', PrivatePort: 80, PublicPort: 8080 },
    { IP: '127.0.0.1', PrivatePort: 6443, PublicPort: 41234 },
  ];
  expect(onlyOne([kindNode('dev-control-plane', 'control-plane', { Ports })]).apiServer).toBe(
    'https://127.0.0.1:41234',
  );
});

test('clusters are sorted by name, told apart, and other containers are none', () => {
  const stranger = { ...kindNode('db', 'worker'), Labels: {} };
  const containers = [
    ownNode('shop-control-plane', 'control-plane'),
    stranger,
    kindNode('dev-control-plane', 'control-plane'),
  ];
  const clusters = clustersOf(recogniseKubeadm(containers), { ...alone, currentContext: 'kind-dev' });
  expect(clusters.map(({ name, current }) => [name, current])).toEqual([
    ['dev', true],
    ['shop', false],
  ]);
});

test('a name that several providers’ clusters have stays with the first; the others say whose they are', () => {
  const [ours] = recogniseKubeadm([ownNode('dev-control-plane', 'control-plane')]);
  if (!ours) throw new Error('no cluster');
  const k3ds = { ...ours, provider: 'k3s', madeBy: 'k3d', context: 'k3d-dev' } as const;
  const minikubes = { ...ours, provider: 'minikube', madeBy: 'minikube', context: 'dev' } as const;
  const operation: Operation = queuedOperation('op', { kind: 'stop', subject: 'k3d-dev', steps: [] }, 0);
  const clusters = clustersOf([ours, k3ds, minikubes], {
    ...alone,
    operationOn: (name) => (name === 'k3d-dev' ? operation : undefined),
  });
  expect(clusters.map(({ name, context, operationId }) => [name, context, operationId])).toEqual([
    ['dev', 'kind-dev', undefined],
    ['k3d-dev', 'k3d-dev', 'op'],
    ['minikube-dev', 'dev', undefined],
  ]);
});

test('a container’s state that is not known yet, and a role, are taken for the least', () => {
  const odd = kindNode('dev-control-plane', 'control-plane', { State: 'thinking' });
  odd.Labels['io.x-k8s.kind.role'] = 'external-etcd';
  expect(onlyOne([odd]).nodes).toMatchObject([{ state: 'dead', role: 'worker' }]);
});

test('the operation of this process, and one of another, show as what they do', () => {
  const operation: Operation = queuedOperation('op', { kind: 'delete', subject: 'shop', steps: [] }, 0);
  const node = ownNode('shop-control-plane', 'control-plane');
  const operationOn = (name: string) => (name === 'shop' ? operation : undefined);
  expect(onlyOne([node], { operationOn })).toMatchObject({ state: 'deleting', operationId: 'op' });
  const journalOf = (name: string) => (name === 'shop' ? { kind: 'create' as const, alive: true } : undefined);
  expect(onlyOne([node], { journalOf })).toMatchObject({ state: 'creating' });
});

const nodes = (...states: ClusterNode['state'][]) => states.map((state) => ({ state }));

test.each<[string, ReturnType<typeof nodes>, ClusterState]>([
  ['all run', nodes('running', 'running'), 'running'],
  ['one is stopped', nodes('running', 'exited'), 'degraded'],
  ['one is paused', nodes('running', 'paused'), 'degraded'],
  ['one restarts', nodes('running', 'restarting'), 'degraded'],
  ['all are paused', nodes('paused', 'paused'), 'paused'],
  ['all have ended', nodes('exited', 'dead'), 'stopped'],
  ['one was never started', nodes('running', 'created'), 'incomplete'],
  ['none was ever started', nodes('created'), 'incomplete'],
])('%s', (_name, states, expected) => {
  expect(stateOf({ nodes: states }, undefined, undefined)).toBe(expected);
});

test.each<[ClusterNode['state'], ClusterNode['state'], ClusterState]>([
  ['running', 'running', 'running'],
  ['running', 'exited', 'degraded'],
  ['paused', 'running', 'paused'],
  ['exited', 'running', 'stopped'],
  ['exited', 'exited', 'stopped'],
])('nodes %s behind an entrance %s: %s', (node, entrance, expected) => {
  const states = { nodes: nodes(node, node), entrance: { state: entrance } };
  expect(stateOf(states, undefined, undefined)).toBe(expected);
});

test.each<[OperationKind, ClusterState]>([
  ['create', 'creating'],
  ['delete', 'deleting'],
  ['cleanup', 'deleting'],
  ['start', 'degraded'],
  ['stop', 'degraded'],
])('while it is under way, %s shows as %s, wherever it runs', (kind, expected) => {
  const states = { nodes: nodes('running', 'exited') };
  expect(stateOf(states, kind, undefined)).toBe(expected);
  expect(stateOf(states, undefined, { kind, alive: true })).toBe(expected);
});

test('only a create that was cut off makes it incomplete; an operation that runs now says more', () => {
  for (const kind of operationKinds) {
    const cutOff = { kind, alive: false };
    const running = { nodes: nodes('running') };
    expect(stateOf(running, undefined, cutOff)).toBe(kind === 'create' ? 'incomplete' : 'running');
    expect(stateOf(running, 'delete', cutOff)).toBe('deleting');
  }
});
