// When an object counts as rolled out or in its condition, and what is said until then.
import { describe, expect, test } from 'vitest';
import { missingOfCondition, missingOfRollout } from './state';

const rolled = (kind: string, status: object, replicas?: number, generation = 2) => ({
  kind,
  metadata: { name: 'web', generation },
  spec: replicas === undefined ? {} : { replicas },
  status: { observedGeneration: 2, ...status },
});

describe('a rollout', () => {
  test.each([
    ['Deployment', 3, { replicas: 3, updatedReplicas: 3, availableReplicas: 3 }, undefined],
    ['Deployment', 3, { replicas: 4, updatedReplicas: 3, availableReplicas: 4 }, '1 old pods are left'],
    ['Deployment', 3, { replicas: 3, updatedReplicas: 1, availableReplicas: 3 }, '1 of 3 pods are ready'],
    ['Deployment', 3, { replicas: 3, updatedReplicas: 3 }, '0 of 3 pods are ready'],
    ['Deployment', 0, {}, undefined],
    ['Deployment', undefined, {}, '0 of 1 pods are ready'],
    ['StatefulSet', 2, { replicas: 2, updatedReplicas: 2, readyReplicas: 1 }, '1 of 2 pods are ready'],
    ['StatefulSet', 2, { replicas: 2, updatedReplicas: 2, readyReplicas: 2 }, undefined],
    [
      'DaemonSet',
      undefined,
      { desiredNumberScheduled: 2, updatedNumberScheduled: 2, numberAvailable: 1 },
      '1 of 2 pods are ready',
    ],
    ['DaemonSet', undefined, { desiredNumberScheduled: 2, updatedNumberScheduled: 2, numberAvailable: 2 }, undefined],
  ])('of a %s of %s: %o', (kind, replicas, status, missing) => {
    expect(missingOfRollout(rolled(kind, status, replicas))).toBe(missing);
  });

  test('whose change nobody has seen yet is not done, whatever the numbers say', () => {
    const status = { replicas: 1, updatedReplicas: 1, availableReplicas: 1 };
    expect(missingOfRollout(rolled('Deployment', status, 1, 3))).toBe('its change to be seen');
    expect(missingOfRollout({ kind: 'Deployment', metadata: { name: 'web', generation: 1 } })).toBe(
      'its change to be seen',
    );
  });
});

test('a condition is told with its reason', () => {
  const conditions = [
    { type: 'Available', status: 'True' },
    { type: 'Ready', status: 'False', message: 'no certificate' },
  ];
  expect(missingOfCondition({ status: { conditions } }, 'available')).toBeUndefined();
  expect(missingOfCondition({ status: { conditions } }, 'Ready')).toBe('is not Ready (no certificate)');
  expect(missingOfCondition({}, 'Ready')).toBe('is not Ready');
});
