// Bytes to lines: the same lines whatever way the bytes come, and never more than a line's worth in memory.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLineAssembler, longestLine } from './lines';

const at = '2026-03-14T09:26:53.123456789Z';

function linesOf(bytes: Buffer, cuts: readonly number[]) {
  const assembler = createLineAssembler();
  const lines = [];
  let from = 0;
  for (const cut of [...cuts.map((one) => one % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]) {
    lines.push(...assembler.take(bytes.subarray(from, cut)));
    from = cut;
  }
  return [...lines, ...assembler.end()];
}

test('whatever way the bytes come, they are the same lines', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 20 }).map((one) => one.replace(/[\r\n]/g, '·'));
  fc.assert(
    fc.property(fc.array(text, { maxLength: 12 }), fc.array(fc.nat(2_000), { maxLength: 12 }), (texts, cuts) => {
      const bytes = Buffer.from(texts.map((one) => `${at} ${one}\n`).join(''));
      expect(linesOf(bytes, cuts)).toEqual(texts.map((one) => ({ at, text: one })));
    }),
  );
});

test('a last line without an end, ends of Windows, lines without a moment and empty ones', () => {
  expect(linesOf(Buffer.from(`${at} one\r\n${at}\n\nfailed to watch\n${at} last`), [])).toEqual([
    { at, text: 'one' },
    { at, text: '' },
    { at: '', text: '' },
    { at: '', text: 'failed to watch' },
    { at, text: 'last' },
  ]);
});

test('a line that does not end is cut, and the next one is whole', () => {
  const assembler = createLineAssembler();
  const piece = Buffer.alloc(64 * 1024, 'x');
  for (let count = 0; count < 100; count += 1) expect(assembler.take(piece)).toEqual([]);
  const [long, next] = assembler.take(Buffer.from(`\n${at} next\n`));
  expect(long?.text.length).toBeLessThan(longestLine + 10);
  expect(long?.text.endsWith('…')).toBe(true);
  expect(next).toEqual({ at, text: 'next' });
});
