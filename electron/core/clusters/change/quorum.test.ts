// When a cluster can do without a control plane.
import { expect, test } from 'vitest';
import { hindranceToLeave } from './quorum';

test('one of three healthy ones may go, then another, never the last', () => {
  expect(hindranceToLeave('a', ['a', 'b', 'c'], ['a', 'b', 'c'])).toBeUndefined();
  expect(hindranceToLeave('a', ['a', 'b'], ['a', 'b'])).toBeUndefined();
  expect(hindranceToLeave('a', ['a'], ['a'])).toBe('last');
});

test('one that is ill may go while the others agree; a well one must stay then', () => {
  expect(hindranceToLeave('c', ['a', 'b', 'c'], ['a', 'b'])).toBeUndefined();
  expect(hindranceToLeave('a', ['a', 'b', 'c'], ['a', 'b'])).toBe('quorum');
  // Two members agree only together.
  expect(hindranceToLeave('b', ['a', 'b'], ['a'])).toBe('quorum');
});

test('one that is no member is not missed', () => {
  expect(hindranceToLeave('d', ['a', 'b'], ['a', 'b'])).toBeUndefined();
});
