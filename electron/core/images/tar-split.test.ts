// A layer's tar put together from the engine's record and the contents of its files.
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { assemble, byteReader, outlineOf } from './tar-split';

const segment = (text: string) => JSON.stringify({ type: 2, payload: Buffer.from(text).toString('base64') });
const record = gzipSync(
  [
    segment('HEAD1'),
    JSON.stringify({ type: 1, name: './etc/motd', size: 5 }),
    segment('PAD'),
    JSON.stringify({ type: 1, name: 'empty', payload: null }),
    JSON.stringify({ type: 1, name_raw: Buffer.from([0xff, 0x41]).toString('base64'), size: 2 }),
    segment('END'),
    '',
  ].join('\n'),
);

async function* chunks(...texts: string[]) {
  for (const text of texts) yield Buffer.from(text);
}

test('its size and files are known before anything is read', async () => {
  const outline = await outlineOf(record);
  expect(outline.size).toBe('HEAD1hello'.length + 'PAD'.length + 'XY'.length + 'END'.length);
  expect(outline.files).toEqual([
    { path: 'etc/motd', size: 5 },
    { path: '\u00ffA', size: 2 },
  ]);
});

test('contents go between the segments, however they are cut', async () => {
  const parts: Buffer[] = [];
  for await (const part of assemble(record, byteReader(chunks('he', 'lloX', 'Y')))) parts.push(part);
  expect(Buffer.concat(parts).toString()).toBe('HEAD1helloPADXYEND');
});

test('contents that end too early are an error', async () => {
  const all = async () => {
    for await (const _part of assemble(record, byteReader(chunks('hell'))));
  };
  await expect(all()).rejects.toThrow('ended too early');
});

test('a line is read up to its end and not beyond', async () => {
  const reader = byteReader(chunks('12 ab', 'c\nre', 'st'));
  expect(await reader.line()).toBe('12 abc');
  const rest: Buffer[] = [];
  for await (const part of reader.take(4)) rest.push(part);
  expect(Buffer.concat(rest).toString()).toBe('rest');
});
