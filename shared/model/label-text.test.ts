// Labels and taints are read as kubectl reads them, and written so that they are read back.
import { expect, test } from 'vitest';
import { isKubernetesOwn, labelOf, labelText, taintOf, taintText } from './label-text';

test.each([
  ['tier=web', ['tier', 'web']],
  [' example.com/tier=web-1 ', ['example.com/tier', 'web-1']],
  ['empty=', ['empty', '']],
])('%j is a label', (text, label) => {
  const read = labelOf(text);
  expect(read).toEqual(label);
  expect(read && labelText(...read)).toBe(text.trim());
});

test.each(['tier', '=web', 'tier=a b', '-tier=web', 'a=b=c', `a=${'x'.repeat(64)}`, ''])('%j is none', (text) => {
  expect(labelOf(text)).toBeUndefined();
});

test.each([
  ['dedicated=gpu:NoSchedule', { key: 'dedicated', value: 'gpu', effect: 'NoSchedule' }],
  ['spot:NoExecute', { key: 'spot', effect: 'NoExecute' }],
  ['example.com/a=:PreferNoSchedule', { key: 'example.com/a', effect: 'PreferNoSchedule' }],
])('%j is a taint', (text, taint) => {
  expect(taintOf(text)).toEqual(taint);
  expect(taintOf(taintText(taint))).toEqual(taint);
});

test.each(['gpu', 'gpu=1', 'gpu:Sometimes', ':NoSchedule', 'a b:NoSchedule'])('%j is none', (text) => {
  expect(taintOf(text)).toBeUndefined();
});

test('what is Kubernetes’ own', () => {
  const keys = ['kubernetes.io/os', 'node-role.kubernetes.io/master', 'node.k8s.io/x', 'tier', 'mykubernetes.io/x'];
  expect(keys.filter(isKubernetesOwn)).toEqual(keys.slice(0, 3));
});
