// When a workload's pods are those that it wants.
import { expect, it } from 'vitest';
import { isRolledOut } from './rollout';

const of = (replicas: number, status: object, more: object = {}) => ({ spec: { replicas, ...more }, status });

it('counts what is new, and what is left out as none', () => {
  const before = of(2, { observedGeneration: 2, replicas: 2, availableReplicas: 2 });
  expect(isRolledOut(before, 2)).toBe(false);
  const now = { observedGeneration: 2, replicas: 2, availableReplicas: 2, updatedReplicas: 2 };
  expect(isRolledOut(of(2, now), 2)).toBe(true);
  expect(isRolledOut(of(2, now), 3)).toBe(false);
  expect(isRolledOut(of(2, { ...now, replicas: 3 }), 2)).toBe(false);
  expect(isRolledOut(of(0, { observedGeneration: 2 }), 2)).toBe(true);
});

it('does not ask ReplicaSets what is new, and waits for nobody who deletes pods by hand', () => {
  expect(isRolledOut(of(1, { observedGeneration: 1, replicas: 1, availableReplicas: 1 }), 1, false)).toBe(true);
  const byHand = of(2, { observedGeneration: 1, replicas: 2 }, { updateStrategy: { type: 'OnDelete' } });
  expect(isRolledOut(byHand, 1)).toBe(true);
});

it('asks DaemonSets for the nodes that they want', () => {
  const status = { observedGeneration: 1, desiredNumberScheduled: 3, updatedNumberScheduled: 3 };
  expect(isRolledOut({ status: { ...status, numberAvailable: 2 } }, 1)).toBe(false);
  expect(isRolledOut({ status: { ...status, numberAvailable: 3 } }, 1)).toBe(true);
});
