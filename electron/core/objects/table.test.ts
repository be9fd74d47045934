// Tables as servers of different ages make them, and lists of servers that make none.
import { describe, expect, it } from 'vitest';
import { columnsIn, rowsIn, versionIn } from './table';

const definitions = [
  { name: 'Name', type: 'string', format: 'name', description: 'the name', priority: 0 },
  { name: 'Restarts', type: 'integer' },
  { name: 'Age', type: 'string', priority: 0 },
  { name: 'Node', type: 'string', priority: 1 },
];
const metadata = {
  name: 'web-0',
  namespace: 'shop',
  creationTimestamp: '2026-03-14T09:26:53Z',
  labels: { app: 'web' },
  resourceVersion: '42',
};
const table = {
  kind: 'Table',
  columnDefinitions: definitions,
  rows: [{ cells: ['web-0', 3, '5m', null], object: { metadata } }],
};

describe('a table', () => {
  it('has columns, and rows with what is known of each object', () => {
    const columns = columnsIn(table) ?? [];
    expect(columns.map(({ name, type, priority }) => [name, type, priority])).toEqual([
      ['Name', 'string', 0],
      ['Restarts', 'integer', 0],
      ['Age', 'date', 0],
      ['Node', 'string', 1],
    ]);
    expect(rowsIn(table, columns)).toEqual([
      {
        key: 'shop/web-0',
        name: 'web-0',
        namespace: 'shop',
        cells: ['web-0', 3, '2026-03-14T09:26:53Z', null],
        createdAt: '2026-03-14T09:26:53Z',
        labels: { app: 'web' },
      },
    ]);
  });

  it('of an event has no columns, and goes on at its object’s version; a bookmark at its own', () => {
    const event = { ...table, columnDefinitions: null, metadata: {} };
    expect(columnsIn(event)).toBeUndefined();
    expect(versionIn(event)).toBe('42');
    expect(versionIn({ kind: 'Table', metadata: { resourceVersion: '50' }, rows: [] })).toBe('50');
    expect(versionIn({ kind: 'Table', metadata: { resourceVersion: '' }, rows: null })).toBeUndefined();
  });

  it('says of an object that it is going', () => {
    const going = { ...table, rows: [{ cells: [], object: { metadata: { ...metadata, deletionTimestamp: 'now' } } }] };
    expect(rowsIn(going, [])[0]?.leaving).toBe(true);
  });
});

it('a list of a server that makes no tables has names and ages', () => {
  const list = { kind: 'BoatList', items: [{ metadata }] };
  const columns = columnsIn(list) ?? [];
  expect(columns.map(({ name }) => name)).toEqual(['Name', 'Age']);
  expect(rowsIn(list, columns)[0]?.cells).toEqual(['web-0', '2026-03-14T09:26:53Z']);
  expect(rowsIn({ kind: 'Boat', metadata }, columns)[0]?.key).toBe('shop/web-0');
});
