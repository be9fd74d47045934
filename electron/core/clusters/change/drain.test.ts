// Which pods a drain moves, and how it says what it waits for.
import type { V1Pod } from '@kubernetes/client-node';
import { expect, test } from 'vitest';
import { bare, heldBack, movable } from './drain';

function pod(name: string, owner?: string, more: Partial<V1Pod> = {}): V1Pod {
  const ownerReferences = owner ? [{ kind: owner, name: 'o', apiVersion: 'v1', uid: 'u', controller: true }] : [];
  return { metadata: { name, namespace: 'default', ownerReferences, ...more.metadata }, ...more };
}

const names = (pods: V1Pod[]) => pods.map(({ metadata }) => metadata?.name);

test('pods of DaemonSets and static ones stay', () => {
  const mirror = pod('etcd', 'Node', {
    metadata: { name: 'etcd', annotations: { 'kubernetes.io/config.mirror': 'x' } },
  });
  expect(names(movable([pod('web', 'ReplicaSet'), pod('proxy', 'DaemonSet'), mirror, pod('alone')]))).toEqual([
    'web',
    'alone',
  ]);
});

test('only pods that run and have nobody are bare', () => {
  const done = pod('done', undefined, { status: { phase: 'Succeeded' } });
  expect(names(bare([pod('web', 'ReplicaSet'), pod('alone'), done]))).toEqual(['alone']);
});

test('the words of a budget are Kubernetes’ own', () => {
  const answer =
    '{"details":{"causes":[{"reason":"DisruptionBudget","message":"The disruption budget web needs 1 healthy pods and has 1 currently"}]}}';
  expect(heldBack('default/web-1', answer)).toBe(
    'default/web-1 may not go yet: its disruption budget web needs 1 healthy pods and has 1',
  );
  expect(heldBack('default/web-1', 'Too Many Requests')).toContain('its disruption budget keeps it');
});
