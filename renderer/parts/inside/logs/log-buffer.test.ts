// The lines that a window holds, and a search in them that looks at each line once.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createLogBuffer, createSearch, patternOf } from './log-buffer';

const line = (text: string) => ({ source: 1, at: '', text });

it('keeps the last lines, and finds in them what is there, whenever it looks', () => {
  const words = fc.array(fc.array(fc.constantFrom('boat', 'Boats', 'pier', ''), { maxLength: 9 }), { maxLength: 12 });
  fc.assert(
    fc.property(words, fc.array(fc.boolean(), { maxLength: 12 }), (batches, looks) => {
      const buffer = createLogBuffer(10, 3);
      const search = createSearch(/boat/gi);
      const all: string[] = [];
      for (const [at, batch] of batches.entries()) {
        buffer.append(batch.map(line));
        all.push(...batch);
        expect(buffer.lines.map(({ text }) => text)).toEqual(all.slice(buffer.dropped));
        expect(buffer.lines.length).toBeLessThanOrEqual(13);
        if (!looks[at]) continue;
        const expected = all.flatMap((text, number) =>
          number >= buffer.dropped && /boat/i.test(text) ? [number] : [],
        );
        expect(search.found(buffer)).toEqual(expected);
      }
    }),
  );
});

it('takes a text as it is, and an expression between slashes', () => {
  expect('a.b (x)'.match(patternOf('.b (X') as RegExp)?.[0]).toBe('.b (x');
  expect('error 500'.match(patternOf('/\\b[45]\\d\\d\\b/') as RegExp)?.[0]).toBe('500');
  expect(patternOf('/(/')).toBeUndefined();
});
