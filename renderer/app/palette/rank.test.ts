// What a query finds: every word of it, the label before the rest, what was used before first, and never all of thousands.
import { expect, it } from 'vitest';
import type { Entry } from './entry';
import { ranked } from './rank';

const entry = (label: string, group: Entry['group'] = 'actions', more: Partial<Entry> = {}): Entry => ({
  id: label,
  group,
  label,
  deed: { do: 'shortcuts' },
  ...more,
});
const found = (entries: Entry[], text: string, recent: string[] = []) =>
  ranked(entries, text, recent).flatMap((group) => group.entries.map(({ label }) => label));

const stop = entry('Stop shop', 'actions', { words: 'stop cluster', command: 'boathouse stop shop' });
const load = entry('Load web:dev into shop', 'actions', { words: 'load image' });
const shop = entry('shop', 'clusters', { about: 'Running' });
const shopping = entry('workshop', 'clusters');

it('finds by every word, in any order', () => {
  expect(found([stop, load, shop], 'shop load')).toEqual(['Load web:dev into shop']);
  expect(found([stop, load, shop], 'load web shop')).toEqual(['Load web:dev into shop']);
  expect(found([stop, load, shop], 'load nothing')).toEqual([]);
});

it('puts the whole name before names that begin so, and those before what only has it inside', () => {
  expect(found([shopping, stop, shop], 'shop')[0]).toBe('shop');
  expect(found([entry('a-workshop'), entry('shopfront')], 'shop')).toEqual(['shopfront', 'a-workshop']);
});

it('finds in any language by the command', () => {
  expect(found([entry('停止 shop', 'actions', { words: 'stop cluster' })], 'stop shop')).toEqual(['停止 shop']);
});

it('offers without a question what was used before, and a few of each group, objects never', () => {
  const many = Array.from({ length: 30 }, (_none, index) => entry(`cluster-${index}`, 'clusters'));
  const groups = ranked([...many, entry('web', 'objects', { minor: true }), stop], '', ['Stop shop', 'gone']);
  expect(groups.map(({ group }) => group)).toEqual(['recent', 'clusters']);
  expect(groups[1]?.entries).toHaveLength(5);
});

it('takes any text for a text, and shows no more than can be read', () => {
  expect(found([entry('a.b(c)')], '.b(')).toEqual(['a.b(c)']);
  const many = Array.from({ length: 5000 }, (_none, index) => entry(`pod-${index}`));
  expect(found(many, 'pod').length).toBe(60);
});
