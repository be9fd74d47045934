// What the events of a Kubernetes watch make of a list.
import type { KubernetesObject } from '@kubernetes/client-node';
import { expect, test } from 'vitest';
import { applyEvent, type Objects } from './watch';

const pod = (name: string, namespace = 'default', resourceVersion = '1'): KubernetesObject => ({
  kind: 'Pod',
  metadata: { name, namespace, resourceVersion },
});
const before: Objects<KubernetesObject> = new Map([
  ['default/web', pod('web')],
  ['kube-system/dns', pod('dns', 'kube-system')],
]);

test('an added object comes in beside one of its name in another namespace', () => {
  const after = applyEvent(before, { type: 'ADDED', object: pod('dns') });
  expect([...after.keys()]).toEqual(['default/web', 'kube-system/dns', 'default/dns']);
});

test('a modified object takes the place of its old self, also one that was missed', () => {
  const after = applyEvent(before, { type: 'MODIFIED', object: pod('web', 'default', '2') });
  expect(after.get('default/web')?.metadata?.resourceVersion).toBe('2');
  expect(after.size).toBe(2);
  expect(applyEvent(before, { type: 'MODIFIED', object: pod('new') }).has('default/new')).toBe(true);
});

test('a deleted object is gone, and deleting it again changes nothing', () => {
  const after = applyEvent(before, { type: 'DELETED', object: pod('web') });
  expect([...after.keys()]).toEqual(['kube-system/dns']);
  expect(applyEvent(after, { type: 'DELETED', object: pod('web') })).toEqual(after);
});

test('objects without a namespace are known by their name', () => {
  const node = { kind: 'Node', metadata: { name: 'shop-worker' } };
  const after = applyEvent(new Map(), { type: 'ADDED', object: node });
  expect(after.get('/shop-worker')).toBe(node);
});

test.each(['BOOKMARK', 'ERROR'] as const)('%s carries no object of the list', (type) => {
  expect(applyEvent(before, { type, object: { kind: 'Status', metadata: {} } })).toBe(before);
});

test('the list before an event stays as it was', () => {
  applyEvent(before, { type: 'DELETED', object: pod('web') });
  applyEvent(before, { type: 'ADDED', object: pod('new') });
  expect([...before.keys()]).toEqual(['default/web', 'kube-system/dns']);
});
