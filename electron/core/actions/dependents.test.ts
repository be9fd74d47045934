// What goes with an object, over as many owners as there are.
import type { KubernetesObject, V1Pod } from '@kubernetes/client-node';
import { expect, it } from 'vitest';
import { ownedBy, someOf } from './dependents';
import { uses } from './plan';

const kind = (resource: string, group = '') => ({ group, version: 'v1', resource });
const object = (name: string, owner?: string): KubernetesObject => ({
  metadata: {
    name,
    uid: `uid-${name}`,
    ...(owner && { ownerReferences: [{ apiVersion: 'v1', kind: 'K', name: owner, uid: `uid-${owner}` }] }),
  },
});

it('finds what belongs to it in any order of the lists, and nothing else', () => {
  const pods = { kind: kind('pods'), items: [object('p1', 'rs'), object('p2', 'other'), object('p3', 'rs')] };
  const sets = { kind: kind('replicasets', 'apps'), items: [object('rs', 'web'), object('rs2')] };
  expect(ownedBy('uid-web', [pods, sets])).toEqual([
    { kind: 'replicasets.apps', names: ['rs'], count: 1 },
    { kind: 'pods', names: ['p1', 'p3'], count: 2 },
  ]);
  expect(ownedBy('uid-none', [pods, sets])).toEqual([]);
});

it('names the first of many, and counts all', () => {
  const many = Array.from({ length: 30 }, (_none, index) => object(`p${index}`));
  expect(someOf('pods', many, 500)).toMatchObject({ count: 530, names: { length: 20 } });
});

it('knows every way in which a pod needs a Secret, a ConfigMap, a claim or an account', () => {
  const pod = (spec: object) => ({ spec: { containers: [], ...spec } }) as V1Pod;
  const container = (more: object) => pod({ containers: [{ name: 'c', ...more }] });
  const users: [V1Pod, string][] = [
    [pod({ volumes: [{ name: 'v', secret: { secretName: 'x' } }] }), 'secrets'],
    [pod({ volumes: [{ name: 'v', projected: { sources: [{ secret: { name: 'x' } }] } }] }), 'secrets'],
    [pod({ imagePullSecrets: [{ name: 'x' }] }), 'secrets'],
    [container({ env: [{ name: 'e', valueFrom: { secretKeyRef: { name: 'x', key: 'k' } } }] }), 'secrets'],
    [container({ envFrom: [{ configMapRef: { name: 'x' } }] }), 'configmaps'],
    [pod({ volumes: [{ name: 'v', configMap: { name: 'x' } }] }), 'configmaps'],
    [pod({ volumes: [{ name: 'v', persistentVolumeClaim: { claimName: 'x' } }] }), 'persistentvolumeclaims'],
    [pod({ serviceAccountName: 'x' }), 'serviceaccounts'],
  ];
  for (const [user, called] of users) {
    expect(uses(user, called, 'x')).toBe(true);
    expect(uses(user, called, 'y')).toBe(false);
  }
  expect(uses(pod({}), 'serviceaccounts', 'default')).toBe(true);
});
