// Only what differs is said.
import { expect, it } from 'vitest';
import { labelDifference } from './label-difference';

it.each([
  ['nothing', { a: '1' }, { a: '1' }, {}],
  ['a new one', {}, { a: '' }, { a: '' }],
  ['another value', { a: '1', b: '2' }, { a: '3', b: '2' }, { a: '3' }],
  ['one that is gone', { a: '1', b: '2' }, { b: '2' }, { a: null }],
])('%s', (_what, before, after, difference) => {
  expect(labelDifference(before as Record<string, string>, after as Record<string, string>)).toEqual(difference);
});
