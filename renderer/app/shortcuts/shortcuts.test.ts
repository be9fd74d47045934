// Which key a press is: with a modifier always, alone only where nobody writes, one after the other within a moment.
import { expect, it } from 'vitest';
import { keyReader } from './shortcuts';

const press = (key: string, more: object = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, ...more });
const plain = { writing: false, single: true, at: 0 };

it('takes Mod+K everywhere, with the modifier of the system', () => {
  const writing = { ...plain, writing: true };
  expect(keyReader(false)(press('k', { ctrlKey: true }), writing)).toBe('palette');
  expect(keyReader(false)(press('k', { metaKey: true }), writing)).toBeUndefined();
  expect(keyReader(true)(press('K', { metaKey: true }), writing)).toBe('palette');
  expect(keyReader(true)(press('k', { ctrlKey: true }), writing)).toBeUndefined();
});

it('takes single keys only where nobody writes, and only when they are switched on', () => {
  expect(keyReader(false)(press('?'), plain)).toBe('shortcuts');
  expect(keyReader(false)(press('?'), { ...plain, writing: true })).toBeUndefined();
  expect(keyReader(false)(press('n'), { ...plain, single: false })).toBeUndefined();
  expect(keyReader(false)(press('n', { altKey: true }), plain)).toBeUndefined();
});

it('takes two keys that follow each other, and forgets the first after a moment', () => {
  const read = keyReader(false);
  expect(read(press('g'), plain)).toBeUndefined();
  expect(read(press('c'), { ...plain, at: 900 })).toBe('clusters');
  expect(read(press('c'), { ...plain, at: 1000 })).toBeUndefined();
  read(press('g'), { ...plain, at: 2000 });
  expect(read(press('c'), { ...plain, at: 4000 })).toBeUndefined();
});
