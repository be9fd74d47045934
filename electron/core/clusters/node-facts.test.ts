// What Kubernetes says about a cluster's nodes, beside what the engine says.
import type { V1Node } from '@kubernetes/client-node';
import { expect, test } from 'vitest';
import { abilitiesOf, type Cluster } from '../../../shared/model/cluster';
import type { Kube } from '../kube/connect';
import { mergeNodeFacts, withNodeFacts } from './node-facts';

const cluster: Cluster = {
  name: 'shop',
  provider: 'kubeadm',
  madeBy: 'boathouse',
  state: 'running',
  context: 'kind-shop',
  abilities: abilitiesOf({ provider: 'kubeadm', madeBy: 'boathouse' }),
  current: false,
  nodes: (['shop-control-plane', 'shop-worker'] as const).map((name) => ({
    name,
    role: name === 'shop-worker' ? 'worker' : 'control-plane',
    containerId: name,
    state: 'running',
    image: 'kindest/node',
  })),
};
const answer = (name: string, status: string): V1Node => ({
  metadata: { name },
  status: {
    conditions: [
      { type: 'MemoryPressure', status: 'True' },
      { type: 'Ready', status },
    ],
  },
});
const readyOf = ({ nodes }: Cluster) => nodes.map(({ ready }) => ready);

test('all Ready: it runs', () => {
  const merged = mergeNodeFacts(cluster, [answer('shop-worker', 'True'), answer('shop-control-plane', 'True')]);
  expect([merged.state, readyOf(merged)]).toEqual(['running', [true, true]]);
});

test.each(['False', 'Unknown'])('a node whose Ready is %s degrades it', (status) => {
  const merged = mergeNodeFacts(cluster, [answer('shop-worker', status), answer('shop-control-plane', 'True')]);
  expect([merged.state, readyOf(merged)]).toEqual(['degraded', [true, false]]);
});

test('a node that Kubernetes does not know degrades it', () => {
  const merged = mergeNodeFacts(cluster, [answer('shop-control-plane', 'True')]);
  expect([merged.state, readyOf(merged)]).toEqual(['degraded', [true, undefined]]);
});

test('a running cluster whose API does not answer is degraded; one that does not run is not asked', async () => {
  const unreachable = () => Promise.reject(new Error('connection refused'));
  expect((await withNodeFacts(cluster, unreachable)).state).toBe('degraded');
  const stopped: Cluster = { ...cluster, state: 'stopped' };
  let asked = false;
  const connect = async (): Promise<Kube> => {
    asked = true;
    throw new Error('should not be asked');
  };
  expect(await withNodeFacts(stopped, connect)).toBe(stopped);
  expect(asked).toBe(false);
});

test('labels, taints, pressures and the version come with it; a cordoned node says so', () => {
  const node: V1Node = {
    metadata: { name: 'shop-worker', labels: { tier: 'web' } },
    spec: {
      unschedulable: true,
      taints: [
        { key: 'gpu', value: 'yes', effect: 'NoSchedule' },
        { key: 'spot', effect: 'NoExecute' },
      ],
    },
    status: {
      nodeInfo: { kubeletVersion: 'v1.34.0' } as never,
      conditions: [
        { type: 'MemoryPressure', status: 'False' },
        { type: 'DiskPressure', status: 'True', message: 'kubelet has disk pressure' },
        { type: 'Ready', status: 'Unknown', reason: 'NodeStatusUnknown' },
      ],
    },
  };
  expect(mergeNodeFacts(cluster, [node]).nodes[1]).toMatchObject({
    ready: false,
    kubernetes: {
      version: 'v1.34.0',
      labels: { tier: 'web' },
      taints: [
        { key: 'gpu', value: 'yes', effect: 'NoSchedule' },
        { key: 'spot', effect: 'NoExecute' },
      ],
      unschedulable: true,
      troubles: [
        { type: 'DiskPressure', message: 'kubelet has disk pressure' },
        { type: 'Ready', message: 'NodeStatusUnknown' },
      ],
    },
  });
});

test('a node whose container stopped is not Ready, whatever Kubernetes still believes', () => {
  const [plane, worker] = cluster.nodes;
  if (!plane || !worker) throw new Error('two nodes');
  const half: Cluster = { ...cluster, nodes: [plane, { ...worker, state: 'exited' }] };
  expect(readyOf(mergeNodeFacts(half, [answer('shop-worker', 'True')]))).toEqual([undefined, false]);
});
