// The files of an image archive (tar, plain or compressed) or of an OCI layout folder, one after the other.
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { Readable } from 'node:stream';
import { extract } from 'tar-stream';
import { AppError } from '../../../shared/model/errors';
import { compressionOf, unpacked } from './unpacked';

export type ArchiveEntry =
  | { name: string; size: number; content: AsyncIterable<Buffer> }
  /** Docker saves a layer that an image has twice as a link to the first. */
  | { name: string; linkTo: string };

/** Opens the archive from its beginning; can be called again. */
export type OpenArchive = (signal: AbortSignal) => AsyncGenerator<ArchiveEntry, void, void>;

/**
 * A file or folder of this computer. Throws (when read) `not-found`, `image-invalid` for what is no archive, is cut off, or has
 * paths that lead out of it.
 */
export function openPath(path: string): OpenArchive {
  return async function* (signal) {
    const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
      throw unreadable(path, error);
    });
    if (found.isDirectory()) yield* folderEntries(path, signal);
    else yield* tarEntries(readFileOf(path, signal), signal);
  };
}

async function* readFileOf(path: string, signal: AbortSignal): AsyncGenerator<Buffer, void, void> {
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024, signal })) yield chunk as Buffer;
  } catch (error) {
    signal.throwIfAborted();
    throw unreadable(path, error as NodeJS.ErrnoException);
  }
}

/** Entries of a tar; every content is to be read to its end, or is skipped. */
export async function* tarEntries(
  chunks: AsyncIterable<Buffer>,
  signal: AbortSignal,
): AsyncGenerator<ArchiveEntry, void, void> {
  const told = (error: unknown) =>
    error instanceof AppError ? error : invalid('It is no image archive, or is cut off', error);
  /** Whoever reads a content meets the archive's end too. */
  async function* contentOf(content: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, void> {
    try {
      yield* content;
    } catch (error) {
      signal.throwIfAborted();
      throw told(cause ?? error);
    }
  }
  const archive = extract();
  let cause: unknown;
  const source = Readable.from(plain(chunks), { objectMode: false });
  source.once('error', (error) => {
    cause = error;
    archive.destroy(error);
  });
  const abort = () => source.destroy(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
  signal.addEventListener('abort', abort, { once: true });
  source.pipe(archive as unknown as NodeJS.WritableStream);
  try {
    for await (const entry of archive) {
      const name = insideName(entry.header.name);
      const { type, linkname } = entry.header;
      if (type === 'file' || type === 'contiguous-file') {
        yield { name, size: entry.header.size ?? 0, content: contentOf(entry as unknown as AsyncIterable<Buffer>) };
      } else if (type === 'symlink') {
        yield { name, linkTo: insideName(posix.join(posix.dirname(name), linkname ?? '')) };
      } else if (type === 'link') {
        yield { name, linkTo: insideName(linkname ?? '') };
      } else if (type !== 'directory') {
        throw invalid(`${name} is a ${type}, which no image archive has`);
      }
      entry.resume();
    }
  } catch (error) {
    signal.throwIfAborted();
    throw told(cause ?? error);
  } finally {
    signal.removeEventListener('abort', abort);
    source.destroy();
    archive.destroy();
  }
}

async function* plain(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, void> {
  const iterator = chunks[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (first.done) throw invalid('It is empty');
  const whole = async function* () {
    try {
      yield first.value;
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
    } finally {
      await iterator.return?.();
    }
  };
  yield* unpacked(whole(), compressionOf(first.value));
}

async function* folderEntries(folder: string, signal: AbortSignal): AsyncGenerator<ArchiveEntry, void, void> {
  const names = ['index.json', 'oci-layout'];
  const blobs = await readdir(join(folder, 'blobs', 'sha256')).catch(() => {
    throw invalid('The folder is no OCI layout: it has no blobs/sha256');
  });
  for (const name of [...names, ...blobs.map((blob) => `blobs/sha256/${blob}`)]) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    if (found?.isFile()) yield { name, size: found.size, content: readFileOf(path, signal) };
  }
}

/** The name within the archive. Throws `image-invalid` when it would lead out of it. */
function insideName(name: string): string {
  const inside = posix.normalize(name).replace(/^\.\//, '').replace(/\/$/, '');
  if (inside.startsWith('/') || inside === '..' || inside.startsWith('../') || name.includes('\0')) {
    throw invalid(`Its path ${name} leads out of the archive`);
  }
  return inside;
}

export function invalid(what: string, cause?: unknown): AppError {
  return new AppError('image-invalid', what, {
    ...(cause instanceof Error && { detail: cause.message }),
    hints: [{ text: 'Make or download it again, for example with: docker save -o image.tar NAME' }],
    cause,
  });
}

function unreadable(path: string, error: NodeJS.ErrnoException): AppError {
  const why = { ENOENT: 'is not there', EACCES: 'may not be read', EPERM: 'may not be read' }[error.code ?? ''];
  return new AppError('not-found', `${path} ${why ?? 'cannot be read'}`, {
    params: { what: path },
    detail: error.message,
    hints: [{ text: 'Check the path and its permissions.' }],
  });
}
