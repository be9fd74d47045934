// The order in which a k3s cluster's containers are started, and what is waited for.
import { describe, expect, test } from 'vitest';
import { faultsOf } from '../../../operations/graph';
import { type K3sNode, k3sRoleOf } from './facts';
import { type K3sRole, readyWords } from './ready';
import { disablesDns, startK3sPlan } from './start-plan';

function node(name: string, k3sRole: K3sRole, args: string[] = []): K3sNode {
  const role = { agent: 'worker', loadbalancer: 'external-load-balancer' } as const;
  return {
    name,
    k3sRole,
    args,
    role: k3sRole === 'agent' || k3sRole === 'loadbalancer' ? role[k3sRole] : 'control-plane',
    containerId: name,
    state: 'exited',
    image: 'rancher/k3s:v1.35.5-k3s1',
    labels: {},
  };
}

const nodes = [
  node('s0', 'init-server'),
  node('s1', 'server'),
  node('s2', 'server'),
  node('a0', 'agent'),
  node('a1', 'agent'),
  node('lb', 'loadbalancer'),
];
const afterOf = (some: readonly K3sNode[]) =>
  Object.fromEntries(startK3sPlan('dev', some).steps.map(({ id, after }) => [id, after]));

test('servers start one after another, then all agents, the load balancer last of all', () => {
  expect(faultsOf(startK3sPlan('dev', nodes).steps)).toEqual([]);
  expect(afterOf(nodes)).toEqual({
    'node-start:s0': [],
    'node-start:s1': ['node-start:s0'],
    'node-start:s2': ['node-start:s1'],
    'node-start:a0': ['node-start:s2'],
    'node-start:a1': ['node-start:s2'],
    'node-start:lb': ['node-start:s0', 'node-start:s1', 'node-start:s2', 'node-start:a0', 'node-start:a1'],
    'host-names': [
      'node-start:s0',
      'node-start:s1',
      'node-start:s2',
      'node-start:a0',
      'node-start:a1',
      'node-start:lb',
    ],
    'api-server': [
      'node-start:s0',
      'node-start:s1',
      'node-start:s2',
      'node-start:a0',
      'node-start:a1',
      'node-start:lb',
    ],
    'node-ready:s0': ['api-server'],
    'node-ready:s1': ['api-server'],
    'node-ready:s2': ['api-server'],
    'node-ready:a0': ['api-server'],
    'node-ready:a1': ['api-server'],
    dns: ['host-names', 'node-ready:s0', 'node-ready:s1', 'node-ready:s2', 'node-ready:a0', 'node-ready:a1'],
  });
});

test('one server without a load balancer', () => {
  const after = afterOf([node('s0', 'server')]);
  expect(after['api-server']).toEqual(['node-start:s0']);
});

test('where k3s is told to leave CoreDNS out, its DNS is not waited for', () => {
  expect(afterOf([node('s0', 'server', ['server', '--disable=coredns'])])).not.toHaveProperty('dns');
});

test.each([
  [['server', '--disable=coredns'], true],
  [['server', '--disable', 'coredns'], true],
  [['server', '--disable=traefik,coredns'], true],
  [['server', '--disable=traefik'], false],
  [['server', '--disable', 'traefik'], false],
  [['server', '--node-label', 'coredns=yes'], false],
])('arguments %j leave CoreDNS out: %s', (args, expected) => {
  expect(disablesDns([{ args }])).toBe(expected);
});

describe('what a container is', () => {
  test.each<[Record<string, string>, string[], K3sRole]>([
    [{ 'k3d.role': 'server' }, ['server'], 'server'],
    [{ 'k3d.role': 'server', 'k3d.server.init': 'true' }, ['server', '--cluster-init'], 'init-server'],
    [{ 'k3d.role': 'server', 'k3d.server.init': 'true' }, ['server'], 'server'],
    [{ 'k3d.role': 'server', 'k3d.server.init': 'false' }, ['server'], 'server'],
    [{ 'k3d.role': 'agent' }, ['agent'], 'agent'],
    [{ 'k3d.role': 'loadbalancer' }, [], 'loadbalancer'],
  ])('%j with %j is %s', (labels, args, role) => {
    expect(k3sRoleOf(labels, args)).toBe(role);
  });

  test.each<[Exclude<K3sRole, 'port'>, 'create' | 'start', string]>([
    ['init-server', 'create', 'Containerd is now running'],
    ['init-server', 'start', 'Running kube-apiserver'],
    ['server', 'create', 'k3s is up and running'],
    ['server', 'start', 'k3s is up and running'],
    ['agent', 'create', 'Successfully registered node'],
    ['loadbalancer', 'start', 'start worker processes'],
  ])('a %s is ready on %s when it says “%s”', (role, intent, words) => {
    expect(readyWords(role, intent)).toBe(words);
  });
});
