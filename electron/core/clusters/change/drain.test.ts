// Which pods a drain moves, and how it says what it waits for.
import type { V1Pod } from '@kubernetes/client-node';
import { expect, test } from 'vitest';
import { bare, heldBack, isOver, movable, verdictOf } from './drain';

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

test('a pod is over when it was asked to go and nothing of it runs, unless a volume has to be taken off', () => {
  const terminated = { name: 'web', state: { terminated: { exitCode: 137 } } };
  const running = { name: 'side', state: { running: {} } };
  const at = (deleted: boolean, statuses: object[], volumes: object[] = []) =>
    ({
      metadata: { name: 'web', ...(deleted && { deletionTimestamp: new Date() }) },
      spec: { containers: [], volumes },
      status: { containerStatuses: statuses },
    }) as unknown as V1Pod;
  expect(isOver(at(true, [terminated]))).toBe(true);
  expect(isOver(at(true, [terminated, running]))).toBe(false);
  expect(isOver(at(true, []))).toBe(false);
  // One that crashed is started again.
  expect(isOver(at(false, [terminated]))).toBe(false);
  // What a kubelet says that did not see it end; and of one that never began, which still may.
  const lost = { name: 'web', state: { waiting: { reason: 'ContainerCreating' } }, lastState: terminated.state };
  expect(isOver(at(true, [lost]))).toBe(true);
  expect(isOver(at(true, [{ ...lost, lastState: {} }]))).toBe(false);
  expect(isOver(at(true, [terminated], [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }]))).toBe(false);
  expect(isOver(at(true, [terminated], [{ name: 'token', secret: {} }]))).toBe(true);
});

test.each([
  ['gone', 403, 'unable to create new content in namespace shop because it is being terminated'],
  ['gone', 404, 'not found'],
  ['gone', 409, 'Precondition failed: UID'],
  ['held', 429, "Cannot evict pod as it would violate the pod's disruption budget."],
  ['again', 429, 'Too many requests, please try again later.'],
  ['again', 504, 'couldn\'t update PodDisruptionBudget "web" due to conflicts'],
  ['again', undefined, 'socket hang up'],
  ['refused', 500, 'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.'],
  ['refused', 403, 'forbidden'],
] as const)('an eviction is %s by %s: %s', (verdict, code, words) => {
  expect(verdictOf(code, words)).toBe(verdict);
});

test('the words of a budget are Kubernetes’ own', () => {
  const answer =
    '{"details":{"causes":[{"reason":"DisruptionBudget","message":"The disruption budget web needs 1 healthy pods and has 1 currently"}]}}';
  expect(heldBack('default/web-1', answer)).toBe(
    'default/web-1 may not go yet: its disruption budget web needs 1 healthy pods and has 1',
  );
  expect(heldBack('default/web-1', 'Too Many Requests')).toContain('its disruption budget keeps it');
});
