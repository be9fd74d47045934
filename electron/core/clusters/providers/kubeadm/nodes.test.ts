// Names and pools of nodes.
import { expect, test } from 'vitest';
import { specSchema } from '../../../../../shared/model/template/spec';
import { nodeName, plannedNodes } from './nodes';

const taint = { key: 'dedicated', effect: 'NoSchedule' as const };

test('names are kind’s', () => {
  expect([1, 2, 10].map((ordinal) => nodeName('dev', 'worker', ordinal))).toEqual([
    'dev-worker',
    'dev-worker2',
    'dev-worker10',
  ]);
  expect(nodeName('dev', 'external-load-balancer', 1)).toBe('dev-external-load-balancer');
});

test('pools of one role are numbered through, control planes first', () => {
  const pools = [
    { role: 'worker', count: 2, labels: { tier: 'front' } },
    { role: 'control-plane' },
    { role: 'worker', taints: [taint] },
  ];
  const nodes = plannedNodes('dev', specSchema.parse({ nodes: pools }));
  expect(nodes).toEqual([
    { name: 'dev-control-plane', role: 'control-plane', labels: {}, taints: [] },
    { name: 'dev-worker', role: 'worker', labels: { tier: 'front' }, taints: [] },
    { name: 'dev-worker2', role: 'worker', labels: { tier: 'front' }, taints: [] },
    { name: 'dev-worker3', role: 'worker', labels: {}, taints: [taint] },
  ]);
});

test('a node has its pool’s image, patches and mounts, and the shared mounts that name it', () => {
  const patches = { kubeadm: ['kind: KubeletConfiguration'] };
  const [own, everywhere, ofPool, ofNode] = ['own', 'everywhere', 'pool', 'node'].map((name) => ({
    hostPath: `/${name}`,
    containerPath: `/${name}`,
  }));
  const spec = specSchema.parse({
    nodes: [
      { role: 'control-plane' },
      { name: 'disks', role: 'worker', count: 2, image: 'mine/node:1', mounts: [own], patches },
    ],
    mounts: [everywhere, { ...ofPool, nodes: ['disks'] }, { ...ofNode, nodes: ['worker2', 'control-plane'] }],
  });
  const seen = plannedNodes('dev', spec).map(({ name, image, mounts, patches: changed }) => ({
    name,
    image,
    mounts: mounts?.map(({ containerPath }) => containerPath),
    at: changed?.at,
  }));
  const pool = { image: 'mine/node:1', at: 'nodes[1].patches' };
  expect(seen).toEqual([
    { name: 'dev-control-plane', image: undefined, mounts: ['/everywhere', '/node'], at: undefined },
    { name: 'dev-worker', mounts: ['/own', '/everywhere', '/pool'], ...pool },
    { name: 'dev-worker2', mounts: ['/own', '/everywhere', '/pool', '/node'], ...pool },
  ]);
});
