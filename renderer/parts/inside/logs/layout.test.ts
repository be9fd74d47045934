// Rows of broken lines: every row belongs to the line that stands there.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { columnsOf, wrappedLayout } from './layout';

it('finds the line of every row', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(300), { minLength: 1, maxLength: 40 }),
      fc.integer({ min: 1, max: 120 }),
      (widths, columns) => {
        const layout = wrappedLayout(widths.length, (line) => widths[line] ?? 0, columns);
        const expected = widths.flatMap((width, line) => Array(Math.max(1, Math.ceil(width / columns))).fill(line));
        expect(layout.rows).toBe(expected.length);
        expect(expected.map((_line, row) => layout.lineAt(row))).toEqual(expected);
        for (const line of widths.keys()) expect(layout.lineAt(layout.top(line))).toBe(line);
      },
    ),
  );
});

it('counts wide letters as two', () => {
  expect(columnsOf('abc')).toBe(3);
  expect(columnsOf('港口')).toBeGreaterThanOrEqual(4);
});
