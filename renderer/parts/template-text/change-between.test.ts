// The change leads from one text to the other and touches no more than it must.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { changeBetween } from './change-between';

it('leads from any text to any other', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n') });
  fc.assert(
    fc.property(text, text, (before, after) => {
      const { from, to, insert } = changeBetween(before, after);
      expect(before.slice(0, from) + insert + before.slice(to)).toBe(after);
    }),
  );
});

it('touches only what differs', () => {
  expect(changeBetween('count: 2 # two', 'count: 12 # two')).toEqual({ from: 7, to: 7, insert: '1' });
  expect(changeBetween('same', 'same')).toEqual({ from: 4, to: 4, insert: '' });
});
