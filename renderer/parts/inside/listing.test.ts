// Filtering, ordering and what cells say.
import { describe, expect, it } from 'vitest';
import type { Column, ObjectRow } from '../../../shared/model/objects';
import { byName, matching, newsOf, ordered } from './listing';

const columns: Column[] = [
  { name: 'Name', type: 'string', priority: 0 },
  { name: 'Restarts', type: 'integer', priority: 0 },
  { name: 'Age', type: 'date', priority: 0 },
];
const row = (name: string, restarts: number | string, created: string, labels = {}): ObjectRow => ({
  key: `shop/${name}`,
  name,
  namespace: 'shop',
  cells: [name, restarts, created],
  labels,
});
const rows = [
  row('web', '10 (2m ago)', '2026-03-01T00:00:00Z', { app: 'web' }),
  row('api', 2, '2026-03-03T00:00:00Z'),
  row('db', 0, '2026-03-02T00:00:00Z'),
];
const names = (list: readonly ObjectRow[]) => list.map(({ name }) => name);

it('shows what has every word of the filter somewhere, in any case', () => {
  expect(names(matching(rows, ''))).toEqual(['web', 'api', 'db']);
  expect(names(matching(rows, 'SHOP  w'))).toEqual(['web']);
  expect(names(matching(rows, 'app=web'))).toEqual(['web']);
  expect(names(matching(rows, 'nothing'))).toEqual([]);
});

it('filters five thousand rows within a keystroke', () => {
  const many = Array.from({ length: 5000 }, (_none, index) => row(`pod-${index}`, index, '2026-03-01T00:00:00Z'));
  matching(many, 'warm');
  const begun = performance.now();
  expect(matching(many, 'pod-49')).toHaveLength(111);
  expect(performance.now() - begun).toBeLessThan(50);
});

describe('order', () => {
  it('is by name at first, by numbers where cells begin with some, by age from the youngest', () => {
    expect(names(ordered(rows, columns, byName))).toEqual(['api', 'db', 'web']);
    expect(names(ordered(rows, columns, { ...byName, down: true }))).toEqual(['web', 'db', 'api']);
    expect(names(ordered(rows, columns, { column: 1, down: false }))).toEqual(['db', 'api', 'web']);
    expect(names(ordered(rows, columns, { column: 1, down: true }))).toEqual(['web', 'api', 'db']);
    expect(names(ordered(rows, columns, { column: 2, down: false }))).toEqual(['api', 'db', 'web']);
    expect(names(ordered(rows, columns, { column: 2, down: true }))).toEqual(['web', 'db', 'api']);
  });
});

it('tells good news from bad in words of states, and nowhere else', () => {
  const status: Column = { name: 'Status', type: 'string', priority: 0 };
  expect(['Running', 'CrashLoopBackOff', 'ContainerCreating', 'odd'].map((text) => newsOf(status, text))).toEqual([
    'good',
    'bad',
    'wait',
    undefined,
  ]);
  expect(newsOf(columns[0] as Column, 'Error')).toBeUndefined();
});
