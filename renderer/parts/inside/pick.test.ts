// Rows that are picked: one by one, in ranges, all of them.
import { expect, it } from 'vitest';
import { nonePicked, pick, pickAll } from './pick';

const order = ['a', 'b', 'c', 'd', 'e'];
const keys = (picked: { keys: ReadonlySet<string> }) => [...picked.keys].sort().join('');

it('picks one and lets it go again', () => {
  const one = pick(nonePicked, 'b', 'one', order);
  expect(keys(one)).toBe('b');
  expect(keys(pick(one, 'd', 'one', order))).toBe('bd');
  expect(keys(pick(one, 'b', 'one', order))).toBe('');
});

it('picks all between the last one and another, in either direction', () => {
  const one = pick(nonePicked, 'c', 'one', order);
  expect(keys(pick(one, 'e', 'range', order))).toBe('cde');
  expect(keys(pick(one, 'a', 'range', order))).toBe('abc');
  expect(keys(pick(pick(one, 'e', 'range', order), 'a', 'range', order))).toBe('abcde');
});

it('a range from what is not shown any more is one', () => {
  const one = pick(nonePicked, 'c', 'one', order);
  expect(keys(pick(one, 'e', 'range', ['d', 'e']))).toBe('ce');
});

it('picks all that are shown, then none', () => {
  const all = pickAll(nonePicked, order);
  expect(keys(all)).toBe('abcde');
  expect(keys(pickAll(all, order))).toBe('');
});
