// What is said to be wrong, and when nothing is.
import { expect, it } from 'vitest';
import type { Cluster } from '../../../../shared/model/cluster';
import { detailed } from '../../../app/stand-in-details';
import { sampleCluster } from '../../../app/stand-in-worlds';
import { troublesOf } from './troubles';

const shop = () => detailed(sampleCluster('shop', 'running', 2));
const changed = (change: (cluster: Cluster) => void) => {
  const cluster = structuredClone(shop());
  change(cluster);
  return troublesOf(cluster).map(({ kind, about }) => `${kind}: ${about}`);
};
const node = ({ nodes }: Cluster, index: number) => {
  const found = nodes[index];
  if (!found?.kubernetes) throw new Error('no such node');
  return Object.assign(found, { kubernetes: found.kubernetes });
};

it('nothing where all is well, and nothing of what rests or is worked on', () => {
  expect(troublesOf(shop())).toEqual([]);
  for (const state of ['stopped', 'paused', 'creating'] as const)
    expect(troublesOf({ ...sampleCluster('shop', 'stopped', 2), state })).toEqual([]);
  expect(troublesOf({ ...sampleCluster('shop', 'stopped', 2), state: 'degraded', operationId: 'stop-1' })).toEqual([]);
});

it.each<[string, (cluster: Cluster) => void, string[]]>([
  [
    'a node that does not run',
    (cluster) => {
      node(cluster, 1).state = 'exited';
    },
    ['nodes-down: shop-worker'],
  ],
  [
    'one that Kubernetes finds fault with',
    (cluster) => {
      node(cluster, 1).kubernetes.troubles = [
        { type: 'Ready', message: 'Kubelet stopped posting node status.' },
        { type: 'DiskPressure', message: 'kubelet has disk pressure' },
      ];
      node(cluster, 2).kubernetes.unschedulable = true;
    },
    ['not-ready: shop-worker', 'disk: shop-worker', 'cordoned: shop-worker2'],
  ],
  [
    'too few members of etcd',
    (cluster) => {
      for (const index of [1, 2]) Object.assign(node(cluster, index), { role: 'control-plane', state: 'exited' });
    },
    ['quorum: shop-worker,shop-worker2', 'nodes-down: shop-worker,shop-worker2'],
  ],
  [
    'the entrance',
    (cluster) => {
      cluster.entrance = { ...node(cluster, 0), name: 'shop-external-load-balancer', state: 'exited' };
    },
    ['entrance-down: shop-external-load-balancer'],
  ],
])('%s', (_what, change, told) => {
  expect(changed(change)).toEqual(told);
});
