// The files that something depends on, with the digest of each: read once, then only what may have changed is read again.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

export interface FileEntry {
  /** Relative to the root, with slashes. */
  readonly path: string;
  readonly kind: 'file' | 'link' | 'folder';
  /** Permission bits. */
  readonly mode: number;
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly modified: number;
  /** Of the content; of a link, where it leads. Empty for a folder. */
  readonly digest: string;
}

export interface FileChange {
  readonly path: string;
  readonly kind: 'added' | 'changed' | 'deleted';
}

export interface Snapshot {
  readonly entries: ReadonlyMap<string, FileEntry>;
  /** Of all names, permissions and contents. Not of times: a file that is only touched is the same. */
  readonly digest: string;
  /** Since the last snapshot; all added in the first. */
  readonly changes: readonly FileChange[];
}

export interface Selection {
  /** Absolute path. */
  readonly root: string;
  /** Folders (relative, '' is the root) and files below which everything lies. */
  readonly roots: readonly string[];
  takes(path: string): boolean;
  /** Folders that need not be looked into. */
  closes(folder: string): boolean;
}

export interface Inventory {
  /**
   * @param touched paths (relative) that may have changed, with all below them; without it everything is looked at
   * Throws what the file system says, but for files that vanish meanwhile.
   */
  refresh(signal: AbortSignal, touched?: Iterable<string>): Promise<Snapshot>;
}

/** Files that are opened at a time. */
const width = 32;
/** Milliseconds: a file changed so shortly before it is read may change again without its times telling. */
const racy = 100;

interface Known extends FileEntry {
  readonly stamp: string;
}

export function createInventory(selection: Selection): Inventory {
  const known = new Map<string, Known>();
  let complete = false;

  async function refresh(signal: AbortSignal, touched?: Iterable<string>): Promise<Snapshot> {
    const before = new Map(known);
    const starts = complete && touched ? outermost(touched) : selection.roots;
    if (!complete || !touched) known.clear();
    try {
      const found = new Map<string, Known>();
      await walk(starts, before, found, signal);
      for (const start of starts) forgetBelow(known, start);
      for (const [path, entry] of found) known.set(path, entry);
      complete = true;
    } catch (error) {
      // What was known is known again: the next time everything is looked at.
      complete = false;
      known.clear();
      for (const [path, entry] of before) known.set(path, entry);
      throw error;
    }
    return { entries: new Map(known), digest: digestOf(known), changes: changesBetween(before, known) };
  }

  async function walk(
    starts: readonly string[],
    before: ReadonlyMap<string, Known>,
    found: Map<string, Known>,
    signal: AbortSignal,
  ): Promise<void> {
    const waiting = [...starts];
    while (waiting.length > 0) {
      signal.throwIfAborted();
      const batch = waiting.splice(-width);
      const below = await Promise.all(batch.map((path) => look(path, before, found)));
      for (const paths of below) waiting.push(...paths);
    }
  }

  /** Notes what is at a path; the names below it where it is a folder. */
  async function look(path: string, before: ReadonlyMap<string, Known>, found: Map<string, Known>): Promise<string[]> {
    const place = join(selection.root, path);
    try {
      const stat = await lstat(place);
      const taken = path !== '' && selection.takes(path);
      const common = { path, mode: stat.mode & 0o7777, modified: stat.mtimeMs, size: 0, digest: '', stamp: '' };
      if (stat.isDirectory()) {
        if (taken) found.set(path, { ...common, kind: 'folder' });
        if (path !== '' && selection.closes(path)) return [];
        return (await readdir(place)).map((name) => (path === '' ? name : `${path}/${name}`));
      }
      if (!taken) return [];
      if (stat.isSymbolicLink()) found.set(path, { ...common, kind: 'link', digest: await readlink(place) });
      else if (stat.isFile()) {
        const stamp = `${stat.ino} ${stat.size} ${stat.mtimeMs} ${stat.ctimeMs}`;
        const same = before.get(path);
        const settled = Date.now() - stat.ctimeMs > racy;
        const digest = same?.stamp === stamp ? same.digest : await contentDigest(place, stat.size);
        found.set(path, { ...common, kind: 'file', size: stat.size, digest, stamp: settled ? stamp : '' });
      }
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error;
    }
    return [];
  }

  return { refresh };
}

/** Of paths those that are not inside another of them. */
function outermost(paths: Iterable<string>): string[] {
  const all = new Set(paths);
  if (all.has('')) return [''];
  return [...all].filter((path) => {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      if (all.has(path.slice(0, end))) return false;
    }
    return true;
  });
}

function forgetBelow(known: Map<string, Known>, start: string): void {
  if (start === '') known.clear();
  else if (known.get(start)?.kind === 'file') known.delete(start);
  else for (const path of [...known.keys()]) if (path === start || path.startsWith(`${start}/`)) known.delete(path);
}

/** Bytes up to which a file is read as a whole. */
const small = 256 * 1024;

async function contentDigest(path: string, size: number): Promise<string> {
  const hash = createHash('sha256');
  if (size <= small) hash.update(await readFile(path));
  else await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** Pure. */
export function digestOf(entries: ReadonlyMap<string, FileEntry>): string {
  const hash = createHash('sha256');
  for (const path of [...entries.keys()].sort()) {
    const { kind, mode, digest } = entries.get(path) as FileEntry;
    hash.update(`${path}\0${kind}\0${mode}\0${digest}\0`);
  }
  return hash.digest('hex');
}

/** Pure. Folders do not count: what is in them does. */
export function changesBetween(
  before: ReadonlyMap<string, FileEntry>,
  after: ReadonlyMap<string, FileEntry>,
): FileChange[] {
  const changes: FileChange[] = [];
  for (const [path, entry] of after) {
    const old = before.get(path);
    if (entry.kind === 'folder') continue;
    if (!old) changes.push({ path, kind: 'added' });
    else if (old.kind !== entry.kind || old.digest !== entry.digest || old.mode !== entry.mode)
      changes.push({ path, kind: 'changed' });
  }
  for (const [path, { kind }] of before)
    if (kind !== 'folder' && !after.has(path)) changes.push({ path, kind: 'deleted' });
  return changes.sort((one, other) => one.path.localeCompare(other.path));
}
