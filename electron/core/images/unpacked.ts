// Bytes as they were before gzip or zstd, streamed, with a limit on how far they may swell.
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Decompress } from 'fzstd';
import { AppError } from '../../../shared/model/errors';

export type Compression = 'gzip' | 'zstd';

/** By the first bytes. Throws `image-invalid` for compressions that containerd does not know either. */
export function compressionOf(start: Buffer): Compression | undefined {
  if (start[0] === 0x1f && start[1] === 0x8b) return 'gzip';
  if (start.length >= 4 && start.readUInt32LE(0) === 0xfd2fb528) return 'zstd';
  const foreign = { xz: '\xfd7zXZ', bzip2: 'BZh', zip: 'PK\x03\x04' };
  for (const [name, mark] of Object.entries(foreign)) {
    if (start.subarray(0, mark.length).toString('latin1') === mark) {
      throw new AppError('image-invalid', `It is compressed with ${name}, which image archives are not`, {
        hints: [{ text: 'Unpack it first, or save the image again: docker save -o image.tar NAME' }],
      });
    }
  }
  return undefined;
}

/** What grows more than this many times, and beyond this many bytes, is made to fill a disk. */
const bombs = { swelling: 200, beyond: 1024 ** 3 };

/** Throws `image-invalid` for a stream that is cut off, damaged, or swells beyond reason. */
export async function* unpacked(
  chunks: AsyncIterable<Buffer>,
  compression: Compression | undefined,
  limits: typeof bombs = bombs,
): AsyncGenerator<Buffer, void, void> {
  if (!compression) {
    yield* chunks;
    return;
  }
  let packed = 0;
  let size = 0;
  const counted = async function* () {
    for await (const chunk of chunks) {
      packed += chunk.length;
      yield chunk;
    }
  };
  const plain = compression === 'gzip' ? gunzipped(counted()) : unzstd(counted());
  for await (const chunk of plain) {
    size += chunk.length;
    if (size > limits.beyond && size > packed * limits.swelling) {
      throw new AppError('image-invalid', 'It unpacks to far more than an image would: a zip bomb');
    }
    yield chunk;
  }
}

async function* gunzipped(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, void> {
  const gunzip = createGunzip({ chunkSize: 256 * 1024 });
  let cause: unknown;
  const source = Readable.from(chunks, { objectMode: false });
  source.once('error', (error) => {
    cause = error;
    gunzip.destroy(error);
  });
  source.pipe(gunzip);
  try {
    for await (const chunk of gunzip) yield chunk as Buffer;
  } catch (error) {
    throw cause ?? damaged(error);
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}

async function* unzstd(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, void> {
  let ready: Buffer[] = [];
  let ended = false;
  const stream = new Decompress((chunk, last) => {
    if (chunk.length > 0) ready.push(Buffer.from(chunk));
    ended = last === true;
  });
  const take = () => {
    const taken = ready;
    ready = [];
    return taken;
  };
  const push = (chunk: Buffer, last: boolean) => {
    try {
      stream.push(chunk, last);
    } catch (error) {
      throw damaged(error);
    }
  };
  for await (const chunk of chunks) {
    push(chunk, false);
    yield* take();
  }
  push(Buffer.alloc(0), true);
  yield* take();
  if (!ended) throw damaged(new Error('the stream is cut off'));
}

function damaged(error: unknown): AppError {
  return new AppError('image-invalid', 'It is damaged or cut off', {
    detail: error instanceof Error ? error.message : String(error),
    hints: [{ text: 'Make or download it again.' }],
    cause: error,
  });
}
