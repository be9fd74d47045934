// What a mirror pod says: the static pod it stands for, by the kubelet's own hash, and the node that owns it.
import type { V1Node, V1Pod } from '@kubernetes/client-node';
import { expect, test } from 'vitest';
import { mirrorOf } from './mirror-pods';

const node: V1Node = { metadata: { name: 'shop-control-plane', uid: 'u1' } };
const spec = { nodeName: 'shop-control-plane', containers: [{ name: 'etcd' }] };

function podOf(annotations: Record<string, string>): V1Pod {
  const labels = { component: 'etcd', tier: 'control-plane' };
  const metadata = { name: 'etcd-shop-control-plane', namespace: 'kube-system', uid: 'static', labels, annotations };
  return { metadata, spec, status: { phase: 'Pending' } };
}

test('it is the static pod without its state, marked with its hash, owned by its node', () => {
  const annotations = { 'kubernetes.io/config.source': 'file', 'kubernetes.io/config.hash': 'h1', extra: 'kept' };
  expect(mirrorOf(podOf(annotations), node)).toEqual({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'etcd-shop-control-plane',
      namespace: 'kube-system',
      labels: { component: 'etcd', tier: 'control-plane' },
      annotations: { ...annotations, 'kubernetes.io/config.mirror': 'h1' },
      ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name: 'shop-control-plane', uid: 'u1', controller: true }],
    },
    spec,
  });
});

test('pods that came through the API have none', () => {
  const seen = { 'kubernetes.io/config.seen': 'now' };
  expect(mirrorOf(podOf({ ...seen, 'kubernetes.io/config.source': 'api' }), node)).toBeUndefined();
  expect(mirrorOf(podOf({ ...seen, 'kubernetes.io/config.source': 'file' }), node)).toBeUndefined();
});
