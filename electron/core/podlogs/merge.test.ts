// Several logs as one: in the order of time, each read no further than is needed.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergeByTime } from './merge';

const at = (second: number) => new Date(Date.UTC(2026, 2, 14) + second * 1_000).toISOString();

async function* inPieces(lines: { at: string; of: number }[], size: number) {
  for (let from = 0; from < lines.length; from += size) yield lines.slice(from, from + size);
}

test('all lines of all logs in the order of time', async () => {
  const log = fc.array(fc.nat(50), { maxLength: 20 }).map((seconds) => seconds.sort((a, b) => a - b));
  await fc.assert(
    fc.asyncProperty(fc.array(log, { maxLength: 5 }), fc.integer({ min: 1, max: 7 }), async (logs, size) => {
      const sources = logs.map((seconds, of) =>
        inPieces(
          seconds.map((second) => ({ at: at(second), of })),
          size,
        ),
      );
      const merged = [];
      for await (const lines of mergeByTime(sources)) merged.push(...lines);
      const expected = logs.flatMap((seconds, of) => seconds.map((second) => ({ at: at(second), of })));
      expect(merged).toEqual(expected.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at) || a.of - b.of));
    }),
  );
});

test('left early, every log is closed', async () => {
  let closed = 0;
  async function* endless() {
    try {
      for (let second = 0; ; second += 1) yield [{ at: at(second) }];
    } finally {
      closed += 1;
    }
  }
  for await (const _ of mergeByTime([endless(), endless()])) break;
  expect(closed).toBe(2);
});
