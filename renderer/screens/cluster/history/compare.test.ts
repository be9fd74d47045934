// Steps of two operations side by side.
import { expect, it } from 'vitest';
import { sampleCreate } from '../../../app/stand-in-worlds';
import { compareOperations } from './compare';

it('compares the same steps, also of clusters with other names', () => {
  const steps = compareOperations(sampleCreate('shop', 0, 60), sampleCreate('lab', 5000, 60));
  expect(steps).toHaveLength(sampleCreate('shop', 0, 60).steps.length);
  expect(steps.find(({ kind, lane }) => kind === 'node-ready' && lane === 'worker2')).toEqual({
    kind: 'node-ready',
    lane: 'worker2',
    one: 4.9,
    other: 4.9,
  });
});

it('leaves a blank where one has no such step, or never came to it', () => {
  const whole = sampleCreate('shop', 0, 60);
  const cut = sampleCreate('shop', 0, 3);
  const fewer = { ...whole, steps: whole.steps.filter(({ kind }) => kind !== 'dns') };
  const dns = (steps: ReturnType<typeof compareOperations>) => steps.find(({ kind }) => kind === 'dns');
  expect(dns(compareOperations(whole, cut))).toEqual({ kind: 'dns', lane: 'cluster', one: 2.1 });
  expect(dns(compareOperations(fewer, whole))).toEqual({ kind: 'dns', lane: 'cluster', other: 2.1 });
});
