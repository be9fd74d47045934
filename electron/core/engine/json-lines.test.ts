// JSON lines: however they are cut into chunks, and everything that must not pass for success.
import { PassThrough, Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InlineError, MalformedLineError, readJsonLines, TruncatedStreamError } from './json-lines';

async function read(chunks: Buffer[], signal?: AbortSignal): Promise<unknown[]> {
  const values: unknown[] = [];
  for await (const value of readJsonLines(Readable.from(chunks), signal ? { signal } : {})) values.push(value);
  return values;
}

const text = (...parts: string[]) => parts.map((part) => Buffer.from(part));

test('any values come out as they went in, however the bytes are cut', async () => {
  const values = fc.array(
    fc.dictionary(
      fc.string({ unit: 'grapheme' }).map((key) => `k${key}`),
      fc.jsonValue(),
    ),
    {
      maxLength: 8,
    },
  );
  const lineEnd = fc.constantFrom('\n', '\r\n', '\n\n');
  await fc.assert(
    fc.asyncProperty(values, lineEnd, fc.infiniteStream(fc.integer({ min: 1, max: 9 })), async (items, end, sizes) => {
      const bytes = Buffer.from(items.map((item) => JSON.stringify(item) + end).join(''));
      const chunks: Buffer[] = [];
      for (let at = 0; at < bytes.length; ) {
        const size = sizes.next().value ?? 1;
        chunks.push(bytes.subarray(at, at + size));
        at += size;
      }
      expect(await read(chunks)).toEqual(JSON.parse(JSON.stringify(items)));
    }),
  );
});

test('any cut inside a line is a truncation', async () => {
  const line = Buffer.from('{"status":"Pull complete €","id":"a"}');
  for (let at = 1; at < line.length; at += 1) {
    await expect(read([Buffer.from('{}\n'), line.subarray(0, at)])).rejects.toBeInstanceOf(TruncatedStreamError);
  }
});

describe('what is not success', () => {
  test('a line that is not JSON', async () => {
    await expect(read(text('{}\n<html>\n'))).rejects.toBeInstanceOf(MalformedLineError);
  });

  test.each([
    ['{"errorDetail":{"code":1,"message":"no space left"},"error":"short"}', 'no space left'],
    ['{"error":"denied"}', 'denied'],
    ['{"errorDetail":{"message":"bad"}}', 'bad'],
  ])('an error inside: %s', async (line, words) => {
    const failure = await read(text('{"status":"ok"}\n', `${line}\n`)).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(InlineError);
    expect(failure).toMatchObject({ message: words });
    await expect(read(text(line))).rejects.toBeInstanceOf(InlineError);
  });

  test('an error of the stream', async () => {
    const stream = new PassThrough();
    stream.write('{}\n');
    const reader = readJsonLines(stream);
    expect((await reader.next()).value).toEqual({});
    stream.destroy(new Error('reset'));
    await expect(reader.next()).rejects.toThrow('reset');
  });
});

test('a last line without its end counts when it is whole', async () => {
  expect(await read(text('{"a":1}\n{"b":2}'))).toEqual([{ a: 1 }, { b: 2 }]);
});

describe('abort', () => {
  test('in the middle ends with the reason and destroys the stream', async () => {
    const controller = new AbortController();
    const stream = new PassThrough();
    stream.write('{}\n');
    const reader = readJsonLines(stream, { signal: controller.signal });
    await reader.next();
    const next = reader.next();
    const reason = new Error('stop');
    controller.abort(reason);
    await expect(next).rejects.toBe(reason);
    expect(stream.destroyed).toBe(true);
  });

  test('before it began reads nothing', async () => {
    await expect(read(text('{}\n'), AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
  });
});

test('the stream is destroyed when the reader leaves', async () => {
  const stream = new PassThrough();
  stream.write('{}\n');
  for await (const _value of readJsonLines(stream)) break;
  expect(stream.destroyed).toBe(true);
});
