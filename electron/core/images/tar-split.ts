// The engine's record of a layer's tar (tar-split 0.11): everything but the content of files, from which it is put together again.
import { StringDecoder } from 'node:string_decoder';
import { createGunzip } from 'node:zlib';

/** Bytes of the tar between the contents of files, or a file whose content comes next. */
export type TarPart = { segment: Buffer } | { file: string; size: number };

const fileEntry = 1;
const segmentEntry = 2;

interface Entry {
  type: number;
  name?: string;
  name_raw?: string;
  size?: number;
  payload?: string | null;
}

/** One line of the record; undefined for what adds nothing to the tar. */
export function parsePart(line: string): TarPart | undefined {
  const entry = JSON.parse(line) as Entry;
  if (entry.type === segmentEntry) return { segment: Buffer.from(entry.payload ?? '', 'base64') };
  if (entry.type !== fileEntry) throw new Error(`The engine's record of a layer has an entry of type ${entry.type}`);
  if (!entry.size) return undefined;
  const name = entry.name_raw ? Buffer.from(entry.name_raw, 'base64').toString('latin1') : latin1Of(entry.name ?? '');
  return { file: name.replace(/^(\.?\/)+/, ''), size: entry.size };
}

/** Paths are bytes: they are kept one per character, as names that are no UTF-8 need. */
function latin1Of(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

/** The parts of a record that is compressed with gzip, in order. */
export async function* partsOf(compressed: Buffer): AsyncGenerator<TarPart, void, void> {
  const stream = createGunzip();
  stream.end(compressed);
  const decoder = new StringDecoder('utf8');
  let partial = '';
  for await (const chunk of stream) {
    const lines = (partial + decoder.write(chunk as Buffer)).split('\n');
    partial = lines.pop() ?? '';
    for (const line of lines) {
      const part = line === '' ? undefined : parsePart(line);
      if (part) yield part;
    }
  }
  if (partial.trim() !== '') throw new Error("The engine's record of a layer is cut off");
}

export interface TarOutline {
  /** Bytes of the whole tar. */
  size: number;
  /** The files whose content it holds, in order, one byte per character. */
  files: { path: string; size: number }[];
}

export async function outlineOf(compressed: Buffer): Promise<TarOutline> {
  const outline: TarOutline = { size: 0, files: [] };
  for await (const part of partsOf(compressed)) {
    if ('segment' in part) outline.size += part.segment.length;
    else {
      outline.size += part.size;
      outline.files.push({ path: part.file, size: part.size });
    }
  }
  return outline;
}

/** Bytes read from a stream as many at a time as are asked for. */
export interface ByteReader {
  /** Chunks that are `count` bytes together. Throws when there are fewer. */
  take(count: number): AsyncGenerator<Buffer, void, void>;
}

/** The layer's tar; `contents` gives those of its files, one after the other. */
export async function* assemble(compressed: Buffer, contents: ByteReader): AsyncGenerator<Buffer, void, void> {
  for await (const part of partsOf(compressed)) {
    if ('segment' in part) yield part.segment;
    else yield* contents.take(part.size);
  }
}

export function byteReader(chunks: AsyncIterator<Buffer>): ByteReader & { line(): Promise<string> } {
  let rest: Buffer = Buffer.alloc(0);
  async function more(): Promise<void> {
    const next = await chunks.next();
    if (next.done) throw new Error('The stream ended too early');
    rest = next.value;
  }
  return {
    async *take(count) {
      let missing = count;
      while (missing > 0) {
        if (rest.length === 0) await more();
        const part = rest.subarray(0, missing);
        rest = rest.subarray(part.length);
        missing -= part.length;
        if (part.length > 0) yield part;
      }
    },
    async line() {
      let text = '';
      for (;;) {
        const end = rest.indexOf(10);
        text += rest.subarray(0, end < 0 ? rest.length : end).toString('latin1');
        rest = end < 0 ? Buffer.alloc(0) : rest.subarray(end + 1);
        if (end >= 0) return text;
        await more();
      }
    },
  };
}
