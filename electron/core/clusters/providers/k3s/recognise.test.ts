// k3s clusters as the engine lists what k3d makes (k3d 5.9), and ours.
import { expect, test } from 'vitest';
import type { ListedContainer } from '../../listed';
import { recogniseK3s } from './recognise';

/** A node of k3d's own, as Docker lists it while it runs. */
function k3dNode(name: string, role: string, change: Partial<ListedContainer> = {}): ListedContainer {
  const labels = {
    app: 'k3d',
    'k3d.version': 'v5.9.0',
    'k3d.role': role,
    'k3d.cluster': 'dev',
    'k3d.cluster.url': 'https://k3d-dev-server-0:6443',
    'k3d.cluster.token': 'secret',
    'k3d.cluster.imageVolume': 'k3d-dev-images',
    'k3d.cluster.network': 'k3d-dev',
    'k3d.cluster.network.external': 'false',
    'k3d.server.loadbalancer': 'k3d-dev-serverlb',
    ...(role === 'server' && {
      'k3d.server.api.host': '0.0.0.0',
      'k3d.server.api.hostIP': '0.0.0.0',
      'k3d.server.api.port': '43211',
    }),
  };
  return {
    Id: `id-${name}`,
    Names: [`/${name}`],
    Image: role === 'loadbalancer' ? 'ghcr.io/k3d-io/k3d-proxy:5.9.0' : 'rancher/k3s:v1.35.5-k3s1',
    State: 'running',
    Created: 1_767_225_600,
    Ports: role === 'loadbalancer' ? [{ IP: '0.0.0.0', PrivatePort: 6443, PublicPort: 43211 }] : [],
    NetworkSettings: { Networks: { 'k3d-dev': { IPAMConfig: {}, IPAddress: '172.20.0.3' } } },
    ...change,
    Labels: { ...labels, ...change.Labels },
  };
}

const small = [
  k3dNode('k3d-dev-serverlb', 'loadbalancer'),
  k3dNode('k3d-dev-agent-1', 'agent'),
  k3dNode('k3d-dev-agent-0', 'agent'),
  k3dNode('k3d-dev-server-0', 'server'),
];

test('one of k3d’s: nodes in their order and with their roles, where its API is, and its context', () => {
  const [cluster, ...more] = recogniseK3s(small);
  expect(more).toEqual([]);
  expect(cluster).toMatchObject({
    name: 'dev',
    provider: 'k3s',
    madeBy: 'k3d',
    kubernetesVersion: 'v1.35.5+k3s1',
    apiServer: 'https://127.0.0.1:43211',
    context: 'k3d-dev',
    network: 'k3d-dev',
    createdAt: '2026-01-01T00:00:00.000Z',
    nodes: [
      { name: 'k3d-dev-server-0', role: 'control-plane', address: '172.20.0.3' },
      { name: 'k3d-dev-agent-0', role: 'worker' },
      { name: 'k3d-dev-agent-1', role: 'worker' },
    ],
    entrance: { name: 'k3d-dev-serverlb', role: 'external-load-balancer' },
  });
});

test('stopped: the API’s address is still known, from labels', () => {
  const stopped = { State: 'exited', Ports: [], NetworkSettings: { Networks: { 'k3d-dev': { IPAddress: '' } } } };
  const [cluster] = recogniseK3s([
    k3dNode('k3d-dev-server-0', 'server', { ...stopped, Labels: { 'k3d.node.staticIP': '172.20.0.3' } }),
    k3dNode('k3d-dev-serverlb', 'loadbalancer', stopped),
  ]);
  expect(cluster).toMatchObject({ apiServer: 'https://127.0.0.1:43211', nodes: [{ address: '172.20.0.3' }] });
  expect(cluster?.entrance).not.toHaveProperty('address');
});

test('registries, the tools container and what has no cluster are no nodes and make no cluster', () => {
  const strangers = [
    k3dNode('k3d-dev-registry', 'registry'),
    k3dNode('k3d-dev-tools', 'noRole'),
    k3dNode('k3d-shared', 'registry', { Labels: { 'k3d.cluster': '' } }),
    k3dNode('k3d-lost', 'server', { Labels: { 'k3d.cluster': '' } }),
  ];
  expect(recogniseK3s(strangers)).toEqual([]);
  expect(recogniseK3s([...strangers, ...small])[0]?.nodes).toHaveLength(3);
});

test('ours carries our version beside k3d’s labels', () => {
  const own = { 'dev.boathouse.version': '0.1.0', 'dev.boathouse.template': 'k3s-light' };
  const [cluster] = recogniseK3s([k3dNode('k3d-dev-server-0', 'server', { Labels: own })]);
  expect(cluster).toMatchObject({ madeBy: 'boathouse', template: 'k3s-light' });
});

test('a network that k3d found there is the one its label names, not the one that is listed first', () => {
  const [cluster] = recogniseK3s([
    k3dNode('k3d-dev-server-0', 'server', {
      Labels: { 'k3d.cluster.network': 'shared' },
      NetworkSettings: { Networks: { another: {}, shared: {} } },
    }),
  ]);
  expect(cluster?.network).toBe('shared');
});

test.each([
  ['rancher/k3s:v1.31.0-rc1-k3s1', 'v1.31.0-rc1+k3s1'],
  ['docker.io/rancher/k3s:v1.35.5-k3s1-arm64', 'v1.35.5+k3s1'],
  ['registry.example/own-k3s:nightly', undefined],
])('the version of %s is %s', (Image, version) => {
  const [cluster] = recogniseK3s([k3dNode('k3d-dev-server-0', 'server', { Image })]);
  expect(cluster?.kubernetesVersion).toBe(version);
});

test('an API that was given a host of its own is reached there; without labels where it is published', () => {
  const hosted = { 'k3d.server.api.host': 'docker.example' };
  expect(recogniseK3s([k3dNode('k3d-dev-server-0', 'server', { Labels: hosted })])[0]?.apiServer).toBe(
    'https://docker.example:43211',
  );
  const [bare] = recogniseK3s([
    k3dNode('k3d-dev-server-0', 'server', { Labels: { 'k3d.server.api.port': '' } }),
    k3dNode('k3d-dev-serverlb', 'loadbalancer'),
  ]);
  expect(bare?.apiServer).toBe('https://127.0.0.1:43211');
});
