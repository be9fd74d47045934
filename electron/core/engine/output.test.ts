// Lines of output and its tail, however the bytes are cut.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLineSplitter, createTail } from './output';

function cut(bytes: Buffer, sizes: Iterator<number>): Buffer[] {
  const chunks: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const size = sizes.next().value ?? 1;
    chunks.push(bytes.subarray(at, at + size));
    at += size;
  }
  return chunks;
}

const sizes = () => fc.infiniteStream(fc.integer({ min: 1, max: 7 }));

test('lines come whole', () => {
  const line = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !/[\r\n]/.test(text));
  fc.assert(
    fc.property(fc.array(line), fc.constantFrom('\n', '\r\n'), fc.boolean(), sizes(), (lines, end, ended, stream) => {
      const received: string[] = [];
      const splitter = createLineSplitter((text) => received.push(text));
      const bytes = Buffer.from(lines.join(end) + (ended && lines.length > 0 ? end : ''));
      for (const chunk of cut(bytes, stream)) splitter.write(chunk);
      splitter.end();
      expect(received).toEqual(lines.map((text) => Buffer.from(text).toString()));
    }),
  );
});

test('an empty line is a line', () => {
  const received: string[] = [];
  const splitter = createLineSplitter((text) => received.push(text));
  splitter.write(Buffer.from('a\n\nb'));
  splitter.end();
  expect(received).toEqual(['a', '', 'b']);
});

test('the tail is the end of what was written, at most as long as asked', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 1, max: 30 }), sizes(), (text, cap, stream) => {
      const ascii = text.replaceAll(/[^ -~]/g, '?');
      const tail = createTail(cap);
      for (const chunk of cut(Buffer.from(ascii), stream)) tail.write(chunk);
      expect(tail.text()).toBe(ascii.slice(-cap));
      expect(tail.truncated).toBe(ascii.length > cap);
    }),
  );
});

test('a tail does not begin inside a character', () => {
  const tail = createTail(5);
  tail.write(Buffer.from('€€€'));
  expect(tail.text()).toBe('€');
});
