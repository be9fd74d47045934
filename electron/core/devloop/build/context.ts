// What is sent to the engine for a build: a tar of the files that the Dockerfile needs and nothing else, made while it is read.
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Pack, pack } from 'tar-stream';
import type { FileEntry } from '../dependencies/inventory';

export interface SentContext {
  readonly stream: Pack;
  /** Where the Dockerfile is in it. */
  readonly dockerfile: string;
}

/** Owned by root, as docker's own; times kept, so that what is unchanged is found in the cache. Errors end the stream. */
export function contextStream(
  root: string,
  dockerfile: string,
  entries: ReadonlyMap<string, FileEntry>,
  signal: AbortSignal,
): SentContext {
  const inside = relative(root, dockerfile).split(sep).join('/');
  const name = inside.startsWith('..') ? '.dockerfile.boathouse' : inside;
  const stream = pack();
  void (async () => {
    if (!entries.has(name)) stream.entry({ name, mode: 0o644, mtime: new Date(0) }, await readFile(dockerfile));
    for (const path of [...entries.keys()].sort()) {
      signal.throwIfAborted();
      await add(stream, root, entries.get(path) as FileEntry, signal);
    }
    stream.finalize();
  })().catch((error: Error) => stream.destroy(error));
  return { stream, dockerfile: name };
}

/** Bytes up to which a file is read before it is sent: its size may have changed since it was looked at. */
const small = 1024 * 1024;

async function add(stream: Pack, root: string, entry: FileEntry, signal: AbortSignal): Promise<void> {
  const { path, kind, mode, modified, size, digest } = entry;
  const header = { name: path, mode, mtime: new Date(modified), uid: 0, gid: 0 };
  if (kind === 'folder') stream.entry({ ...header, name: `${path}/`, type: 'directory' });
  else if (kind === 'link') stream.entry({ ...header, type: 'symlink', linkname: digest });
  else if (size <= small) {
    const content = await readFile(join(root, path));
    await new Promise<void>((resolve, reject) => {
      stream.entry({ ...header, size: content.length }, content, (error) => (error ? reject(error) : resolve()));
    });
  } else
    await pipeline(createReadStream(join(root, path), { end: size - 1 }), stream.entry({ ...header, size }), {
      signal,
    });
}
