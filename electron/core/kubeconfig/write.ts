// A kubeconfig file changed as a whole: under kubectl's lock, with a backup, by a new file that takes the old one's place.
import { randomBytes } from 'node:crypto';
import {
  chmod,
  type FileHandle,
  lstat,
  open,
  readFile,
  readlink,
  realpath,
  rename,
  stat,
  unlink,
} from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { AppError } from '../../../shared/model/errors';
import { asItWas } from './as-it-was';
import { keepBackup } from './backup';
import type { KubeconfigOptions } from './files';
import { type ChangeNote, noteOf, record } from './history';
import { withLock } from './lock';
import { invalidKubeconfig } from './parse';
import { say } from './words';

const defaultLockLimit = 5000;
/** Milliseconds. */
const staleReaders = 30;

/**
 * Replaces a kubeconfig's text by what `edit` makes of it (from '' where there is no file); the same text is not written.
 * A symlink stays one: its target is replaced. Mode and owner stay; a new file is 0600 in a 0755 directory, as kubectl's.
 *
 * `note`: what the history says of it. Returns whether the file was changed. Throws `kubeconfig-locked`, `kubeconfig-unwritable`, what `edit` throws,
 * or the signal's reason.
 */
export async function rewriteKubeconfig(
  options: Pick<KubeconfigOptions, 'directories' | 'lockLimitMilliseconds'>,
  file: string,
  edit: (text: string) => string,
  signal: AbortSignal,
  note: ChangeNote = noteOf(say('did-change')),
): Promise<boolean> {
  try {
    return await withLock(file, options.lockLimitMilliseconds ?? defaultLockLimit, signal, async () => {
      const target = await targetOf(file);
      const before = await readBytes(target);
      const text = decode(before, file);
      const next = await asItWas(options.directories.state, file, text, edit(text));
      if (next === text) return false;
      if (before) {
        await refuseReadOnly(target);
        await keepBackup(options.directories.state, file, before);
      }
      const forget = await record(options.directories.state, note, { file, before: text, after: next });
      try {
        signal.throwIfAborted();
        await replace(target, next);
      } catch (error) {
        await forget();
        throw error;
      }
      await letStaleReadersFail(next.length);
      return true;
    });
  } catch (error) {
    throw asUnwritable(error, file);
  }
}

/**
 * kubectl reads a file before it takes the lock, and then writes what it read: whoever was just reading meets the lock and
 * fails, rather than undoing this change in silence. kubectl needs about a millisecond for that, more for a large file.
 */
function letStaleReadersFail(characters: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, staleReaders + characters / 10_000));
}

/**
 * The text of a kubeconfig, '' where there is none.
 * Throws `kubeconfig-invalid` for what is not UTF-8 and `kubeconfig-unwritable` for what cannot be read.
 */
export async function readKubeconfig(file: string): Promise<string> {
  try {
    return decode(await readBytes(file), file);
  } catch (error) {
    throw asUnwritable(error, file);
  }
}

async function readBytes(file: string): Promise<Buffer | undefined> {
  return await readFile(file).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  });
}

/** Strict, because bytes that are no UTF-8 would not survive; the byte-order mark is part of the text. */
function decode(bytes: Buffer | undefined, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes ?? Buffer.alloc(0));
  } catch {
    throw invalidKubeconfig(file, 'it is not UTF-8 text');
  }
}

/** Where a path leads, also when the file at the end of its symlinks is still to be made. */
async function targetOf(file: string, links = 0): Promise<string> {
  const real = await realpath(file).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT' && links < 40) return undefined;
    throw error;
  });
  if (real !== undefined) return real;
  const found = await lstat(file).catch(() => undefined);
  if (!found?.isSymbolicLink()) return file;
  return await targetOf(resolve(dirname(file), await readlink(file)), links + 1);
}

/** Takes the lock for a moment and reads: what would keep a file from being rewritten is thrown, and nothing is changed. */
export async function tryKubeconfig(
  options: Pick<KubeconfigOptions, 'directories' | 'lockLimitMilliseconds'>,
  file: string,
  signal: AbortSignal,
): Promise<void> {
  await rewriteKubeconfig(options, file, (text) => text, signal);
  try {
    const target = await targetOf(file);
    if (await readBytes(target)) await refuseReadOnly(target);
  } catch (error) {
    throw asUnwritable(error, file);
  }
}

/** A file that nobody may write is protected on purpose, though a rename (or root) would get past it. */
async function refuseReadOnly(target: string): Promise<void> {
  const { mode } = await stat(target);
  const mine = await open(target, 'r+').catch((error: unknown) => error);
  if (mine instanceof Error) throw mine;
  await (mine as FileHandle).close();
  if ((mode & 0o222) === 0) throw Object.assign(new Error(`${target} is read-only`), { code: 'EACCES' });
}

/**
 * Not write-file-atomic: it writes with one `write` call and does not look how much was written, so that on a disk with
 * little room left a shortened file would take the kubeconfig's place.
 */
async function replace(target: string, text: string): Promise<void> {
  const old = await stat(target).catch(() => undefined);
  const temporary = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}`);
  const handle = await open(temporary, 'wx', 0o600);
  try {
    try {
      await handle.writeFile(text);
      const made = await handle.stat();
      if (old && (old.uid !== made.uid || old.gid !== made.gid)) await handle.chown(old.uid, old.gid);
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (old) await chmod(temporary, old.mode & 0o7777);
    await rename(temporary, target);
  } catch (error) {
    await unlink(temporary).catch(() => {});
    throw error;
  }
  await syncDirectory(dirname(target));
}

/** Makes the rename survive a power cut; Windows cannot, and needs not. */
async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r').catch(() => undefined);
  await handle?.sync().catch(() => {});
  await handle?.close();
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Errors of the file system in words; all others as they are. */
function asUnwritable(error: unknown, file: string): unknown {
  const code = codeOf(error);
  if (error instanceof AppError || code === undefined || !/^E[A-Z0-9]+$/.test(code)) return error;
  return new AppError('kubeconfig-unwritable', `The kubeconfig ${file} cannot be written`, {
    params: { file, code },
    detail: error instanceof Error ? error.message : code,
    cause: error,
    hints: [
      { text: `Nothing was changed. Give yourself the right to write ${file} and its directory, and try again.` },
      { text: 'Or name another file in the environment variable KUBECONFIG.' },
    ],
  });
}
