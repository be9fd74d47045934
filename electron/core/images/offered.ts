// Files that a window offers, archives of images and others: it has the file and no path, so that what a load wants of it is asked for piece by piece.
import { randomUUID } from 'node:crypto';
import { AppError } from '../../../shared/model/errors';
import type { Offer, OfferedPiece } from '../../../shared/model/images';
import { createWakeUp, unlessAborted } from '../live/signal';
import { type OpenArchive, tarEntries } from './archive-entries';

/** Bytes of one piece: a message of the channel holds it in base64. */
const pieceSize = 1024 * 1024;

/** An archive under a name. */
export interface NamedArchive {
  readonly name: string;
  readonly open: OpenArchive;
}

export interface OfferedFile extends NamedArchive {
  /** Bytes. */
  readonly size: number;
  /** As it is, from its beginning. */
  read(signal: AbortSignal): AsyncGenerator<Buffer, void, void>;
}

export interface Offers {
  /** First which id the file has, then what is wanted of it, until the window withdraws it by ending the signal. */
  offer(file: { name: string; size: number }, signal: AbortSignal): AsyncGenerator<Offer, void, void>;
  /** Throws `not-found` for a file that is not offered, `bad-input` for what was not asked for. */
  give(piece: OfferedPiece): void;
  /** Throws `not-found`. */
  find(id: string): OfferedFile;
}

interface File extends OfferedFile {
  /** Pieces that the window is still to be asked for. */
  readonly wishes: { from: number; length: number }[];
  /** Those that it was asked for. */
  readonly awaited: Map<number, { length: number; resolve(bytes: Buffer): void; reject(error: Error): void }>;
  wake(): void;
}

export function createOffers(): Offers {
  const files = new Map<string, File>();
  const found = (id: string): File => {
    const file = files.get(id);
    if (!file) throw gone('The file');
    return file;
  };
  return {
    async *offer({ name, size }, signal) {
      const id = randomUUID();
      const file = offered(name, size);
      files.set(id, file);
      try {
        yield { file: id };
        while (!signal.aborted) {
          const wish = file.wishes.shift();
          if (wish) {
            yield { wanted: wish };
            continue;
          }
          const { promise, wake } = createWakeUp();
          file.wake = wake;
          await unlessAborted(promise, signal);
        }
      } finally {
        files.delete(id);
        for (const { reject } of file.awaited.values()) reject(gone(name));
      }
    },
    give({ file: id, from, base64 }) {
      const { awaited } = found(id);
      const wish = awaited.get(from);
      const bytes = Buffer.from(base64, 'base64');
      if (bytes.length !== wish?.length) throw new AppError('bad-input', 'That piece of the file was not asked for');
      awaited.delete(from);
      wish.resolve(bytes);
    },
    find: found,
  };
}

function offered(name: string, size: number): File {
  const file: File = {
    name,
    size,
    wishes: [],
    awaited: new Map(),
    wake() {},
    open: (signal) => tarEntries(pieces(signal), signal),
    read: pieces,
  };
  function piece(from: number, signal: AbortSignal): Promise<Buffer> {
    const length = Math.min(pieceSize, size - from);
    let abort = () => {};
    const asked = new Promise<Buffer>((resolve, reject) => {
      abort = () => reject(signal.reason);
      file.awaited.set(from, { length, resolve, reject });
    });
    signal.addEventListener('abort', abort);
    const forget = () => signal.removeEventListener('abort', abort);
    // Whoever reads learns of a failure; one that was asked for ahead may not be read any more.
    asked.then(forget, forget);
    file.wishes.push({ from, length });
    file.wake();
    return asked;
  }
  /** The next piece is under way while one is read. */
  async function* pieces(signal: AbortSignal): AsyncGenerator<Buffer, void, void> {
    const ended = new AbortController();
    const reading = AbortSignal.any([signal, ended.signal]);
    try {
      let next = size > 0 ? piece(0, reading) : undefined;
      for (let from = 0; next; from += pieceSize) {
        const current: Promise<Buffer> = next;
        next = from + pieceSize < size ? piece(from + pieceSize, reading) : undefined;
        yield await current;
      }
    } finally {
      ended.abort();
    }
  }
  return file;
}

function gone(name: string): AppError {
  return new AppError('not-found', `${name} is not offered any more`, {
    params: { name },
    hints: [{ text: 'Keep the window open until it is loaded, or give its path.' }],
  });
}
