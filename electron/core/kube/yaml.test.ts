// Scalars as Kubernetes takes them, which is neither YAML 1.2 nor all of YAML 1.1.
import { expect, test } from 'vitest';
import { documentsIn } from './yaml';

test.each([
  ['0644', 420],
  ['yes', true],
  ['off', false],
  ['22:22', '22:22'],
  ['1:30.5', '1:30.5'],
  ['2026-01-31', '2026-01-31'],
  ['2026-01-31T10:00:00Z', '2026-01-31T10:00:00Z'],
  ['1_000', 1000],
  ['"0644"', '0644'],
  ['1.30', 1.3],
  ['~', null],
])('%s', (text, value) => {
  expect(documentsIn(`it: ${text}`)).toEqual([{ it: value }]);
});

test('merge keys are followed, and of a key that is there twice the last counts', () => {
  expect(documentsIn('base: &base {a: 1}\nit: {<<: *base, b: 2, b: 3}\n---\nmore: 1')).toEqual([
    { base: { a: 1 }, it: { a: 1, b: 3 } },
    { more: 1 },
  ]);
});

test('an empty text has no documents', () => expect(documentsIn('')).toEqual([]));

test('what is wrong is told with its line', () => {
  expect(() => documentsIn('a: 1\nb: [')).toThrow(/^it is not YAML: .* at line 2, column \d+$/);
});
