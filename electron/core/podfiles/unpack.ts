// An archive from a container as files of this computer: nothing is written outside of where it goes, whatever the archive says.
import { randomBytes } from 'node:crypto';
import { chmod, copyFile, lstat, mkdir, open, readlink, realpath, rename, rm, symlink, utimes } from 'node:fs/promises';
import { dirname, join, posix, relative, resolve, sep } from 'node:path';
import type { Extract, Header } from 'tar-stream';
import { AppError } from '../../../shared/model/errors';

export interface UnpackEar {
  /** Bytes of a file that were written. */
  moved(bytes: number): void;
  /** Something is left out, and why. */
  leftOut(what: string): void;
}

interface Entry extends AsyncIterable<unknown> {
  header: Header;
}

interface Link {
  path: string;
  target: string;
}

/**
 * Entries below `root` of the archive (''; all) go to `goal` and below it. Throws `not-possible` for a name that climbs out, `bad-input` for
 * what cannot be written. Links are made last, so that no file goes through one; those that lead out of `goal` are left out.
 */
export async function unpack(archive: Extract, root: string, goal: string, ear: UnpackEar): Promise<void> {
  const links: Link[] = [];
  const written = new Set<string>();
  const folders = new Set<string>();
  for await (const entry of archive) {
    const { name, type, linkname } = entry.header;
    const path = placeIn(name, root, goal);
    const parent = () => makeFolder(dirname(path), goal, folders);
    if (type === 'directory') await makeFolder(path, goal, folders);
    else if (type === 'file' || type === 'contiguous-file') {
      await parent();
      await writeEntry(entry, path, ear);
      written.add(path);
    } else if (type === 'symlink') links.push({ path, target: linkname ?? '' });
    else if (type === 'link') {
      const source = placeIn(linkname ?? '', root, goal);
      if (written.has(source)) {
        await parent();
        await copyFile(source, path);
        written.add(path);
      } else ear.leftOut(`${name}: it is the same file as ${linkname}, which is not copied`);
    } else ear.leftOut(`${name}: it is neither a file, a folder nor a link`);
    entry.resume();
  }
  await makeLinks(links, goal, ear);
}

/** Where an entry goes. */
export function placeIn(name: string, root: string, goal: string): string {
  const parts = posix
    .normalize(name)
    .split('/')
    .filter((part) => part !== '' && part !== '.');
  const foreign = sep === '\\' && parts.some((part) => /[\\:]/.test(part));
  if (name.startsWith('/') || parts.includes('..') || foreign) throw climbsOut(name);
  if (root !== '' && parts.shift() !== root) throw climbsOut(name);
  return join(goal, ...parts);
}

function climbsOut(name: string): AppError {
  return new AppError('not-possible', `The container's archive has ${name}, which would be written elsewhere`, {
    params: { why: 'climbs-out', what: name },
    hints: [{ text: 'Nothing of it was written. Its tar does not do what it should: be careful with this image.' }],
  });
}

/** Folders below `goal` have to be folders, not links to some. */
async function makeFolder(path: string, goal: string, made: Set<string>): Promise<void> {
  if (made.has(path)) return;
  if (path === goal || !within(path, goal)) await explained(path, () => mkdir(path, { recursive: true }));
  else {
    await makeFolder(dirname(path), goal, made);
    const found = await lstat(path).catch(() => undefined);
    if (!found) await explained(path, () => mkdir(path));
    else if (!found.isDirectory()) throw unwritable(path, 'it is in the way of a folder of that name');
  }
  made.add(path);
}

/** Under another name until it is whole. */
async function writeEntry(entry: Entry, path: string, { moved }: UnpackEar): Promise<void> {
  const part = `${path}.${randomBytes(4).toString('hex')}.part`;
  await explained(path, async () => {
    const file = await open(part, 'wx', 0o600);
    try {
      for await (const chunk of entry as AsyncIterable<Buffer>) {
        await file.write(chunk);
        moved(chunk.length);
      }
      await file.close();
      await chmod(part, (entry.header.mode ?? 0o644) & 0o777);
      const { mtime } = entry.header;
      if (mtime) await utimes(part, mtime, mtime);
      await rename(part, path);
    } catch (error) {
      await file.close().catch(() => {});
      await rm(part, { force: true });
      throw error;
    }
  });
}

async function makeLinks(links: readonly Link[], goal: string, { leftOut }: UnpackEar): Promise<void> {
  const made: Link[] = [];
  for (const { path, target } of links) {
    const out = `${relative(goal, path) || path} -> ${target}: it leads out of what is copied`;
    if (target.startsWith('/') || !within(resolve(dirname(path), target), goal)) {
      leftOut(out);
      continue;
    }
    // Links that were made meanwhile are no folders.
    await makeFolder(dirname(path), goal, new Set());
    await explained(path, async () => {
      await rm(path, { force: true });
      await symlink(target, path);
    });
    made.push({ path, target });
  }
  const real = await realpath(goal).catch(() => goal);
  for (const { path, target } of made) {
    const leads = await realpath(path).catch(() => undefined);
    if (leads === undefined || within(leads, real) || (await readlink(path)) !== target) continue;
    await rm(path);
    leftOut(`${relative(goal, path)} -> ${target}: by way of other links it leads out of what is copied`);
  }
}

const within = (path: string, folder: string) => path === folder || path.startsWith(folder + sep);

async function explained<Result>(path: string, act: () => Promise<Result>): Promise<Result> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof AppError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    if (code === 'ENOSPC') {
      throw new AppError('out-of-disk', `There is no room left for ${path}`, { params: { path }, cause: error });
    }
    throw unwritable(path, message);
  }
}

function unwritable(path: string, why: string): AppError {
  return new AppError('bad-input', `${path} cannot be written: ${why}`);
}
