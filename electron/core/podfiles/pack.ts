// A file or a folder of this computer as a tar archive that is made while it is read; links stay links and are not followed.
import { createReadStream, type Stats } from 'node:fs';
import { lstat, readdir, readlink, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Pack, pack } from 'tar-stream';
import { AppError } from '../../../shared/model/errors';

export interface Found {
  path: string;
  /** In the archive. */
  name: string;
  stats: Stats;
}

/** What is under a path, itself first, as `name` and below; a link at the path itself is followed. Throws `bad-input`. */
export async function findAll(path: string, name: string, signal: AbortSignal): Promise<Found[]> {
  const all: Found[] = [];
  const visit = async (one: Found): Promise<void> => {
    signal.throwIfAborted();
    all.push(one);
    if (!one.stats.isDirectory()) return;
    for (const child of (await readdir(one.path)).sort()) {
      const below = join(one.path, child);
      await visit({ path: below, name: `${one.name}/${child}`, stats: await lstat(below) });
    }
  };
  try {
    await visit({ path, name, stats: await stat(path) });
  } catch (error) {
    signal.throwIfAborted();
    throw unreadable(path, error);
  }
  return all;
}

/** Bytes of its files. */
export function sizeOf(all: readonly Found[]): number {
  return all.reduce((sum, { stats }) => sum + (stats.isFile() ? stats.size : 0), 0);
}

/** Permissions go along; who owns them there is who the container runs as. @param skipped hears of what is no file, folder or link */
export function packAll(all: readonly Found[], signal: AbortSignal, skipped: (path: string) => void): Pack {
  const archive = pack();
  const run = async () => {
    for (const found of all) {
      signal.throwIfAborted();
      if (!(await put(archive, found))) skipped(found.path);
    }
    archive.finalize();
  };
  run().catch((error: Error) => archive.destroy(error));
  return archive;
}

async function put(archive: Pack, { path, name, stats }: Found): Promise<boolean> {
  const header = { name, mode: stats.mode & 0o7777, mtime: stats.mtime };
  if (stats.isDirectory()) archive.entry({ ...header, type: 'directory' });
  else if (stats.isSymbolicLink()) archive.entry({ ...header, type: 'symlink', linkname: await readlink(path) });
  else if (!stats.isFile()) return false;
  else if (stats.size === 0) archive.entry({ ...header, size: 0 }, '');
  else {
    const entry = archive.entry({ ...header, size: stats.size });
    // What is written to it meanwhile is for the next time.
    await pipeline(createReadStream(path, { end: stats.size - 1 }), entry).catch((error: unknown) => {
      throw unreadable(path, error);
    });
  }
  return true;
}

/** A file that is read from elsewhere than this computer's disk. */
export interface GivenFile {
  /** In the archive. */
  path: string;
  /** Bytes. */
  size: number;
  read(signal: AbortSignal): AsyncIterable<Buffer>;
}

/** Whoever may write it may read it; nobody has said more of it. */
const givenMode = 0o644;

export function packGiven(files: readonly GivenFile[], signal: AbortSignal): Pack {
  const archive = pack();
  const run = async () => {
    for (const { path, size, read } of files) {
      const header = { name: path, mode: givenMode, mtime: new Date(), size };
      if (size === 0) archive.entry(header, '');
      else await pipeline(read(signal), archive.entry(header));
    }
    archive.finalize();
  };
  run().catch((error: Error) => archive.destroy(error));
  return archive;
}

function unreadable(path: string, error: unknown): AppError {
  const { code, message } = error as NodeJS.ErrnoException;
  const why = code === 'ENOENT' ? 'it is not there' : message;
  return new AppError('bad-input', `${path} cannot be read: ${why}`, { cause: error });
}
