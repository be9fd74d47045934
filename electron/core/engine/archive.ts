// Files put into and taken out of containers, running or not, through the engine's archive calls.
import { posix } from 'node:path';
import type { Readable } from 'node:stream';
import { extract, pack } from 'tar-stream';
import { AppError } from '../../../shared/model/errors';
import type { Engine } from './engine';
import { engineFailure, engineWords, explained, statusOf } from './failures';

/** A regular file (permission bits 0o644 by default) or a symbolic link; paths are absolute, in the container. */
export type ContainerFile =
  | { path: string; content: string | Buffer; mode?: number }
  | { path: string; linkTo: string };

/**
 * Writes all files in one request, owned by root; directories that are missing are made with mode 0755, those that exist keep theirs.
 * What is written below a tmpfs (/run, /tmp of a node) is not seen by a running container.
 * @throws AppError `not-found` when there is no such container, and what `engineFailure` knows
 */
export async function putFiles(
  engine: Engine,
  containerId: string,
  files: readonly ContainerFile[],
  signal?: AbortSignal,
): Promise<void> {
  if (files.length === 0) return;
  const archive = await packFiles(files);
  await explained(() =>
    engine.docker.getContainer(containerId).putArchive(archive, { path: '/', ...(signal && { abortSignal: signal }) }),
  );
}

/**
 * The content of one regular file; undefined when there is no such file.
 * @throws AppError `bad-input` when the path is not a regular file, `not-found` when there is no such container
 */
export async function getFile(
  engine: Engine,
  containerId: string,
  path: string,
  signal?: AbortSignal,
): Promise<Buffer | undefined> {
  try {
    const stream = await engine.docker
      .getContainer(containerId)
      .getArchive({ path, ...(signal && { abortSignal: signal }) });
    return await firstFile(stream as Readable, path);
  } catch (error) {
    if (statusOf(error) === 404 && !/no such container/i.test(engineWords(error))) return undefined;
    throw engineFailure(error);
  }
}

/**
 * The regular files below a directory by their path from there; none when there is no such directory.
 * @throws AppError `not-found` when there is no such container
 */
export async function getTree(
  engine: Engine,
  containerId: string,
  path: string,
  signal?: AbortSignal,
): Promise<Map<string, Buffer>> {
  try {
    const stream = await engine.docker
      .getContainer(containerId)
      .getArchive({ path, ...(signal && { abortSignal: signal }) });
    return await filesIn(stream as Readable);
  } catch (error) {
    if (statusOf(error) === 404 && !/no such container/i.test(engineWords(error))) return new Map();
    throw engineFailure(error);
  }
}

/** The engine puts everything below the directory's own name. */
async function filesIn(stream: Readable): Promise<Map<string, Buffer>> {
  const archive = extract();
  stream.once('error', (error) => archive.destroy(error));
  stream.pipe(archive);
  const files = new Map<string, Buffer>();
  for await (const entry of archive) {
    const content = await contentOf(entry);
    if (entry.header.type === 'file') files.set(entry.header.name.replace(/^[^/]*\//, ''), content);
  }
  return files;
}

async function contentOf(entry: AsyncIterable<unknown>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of entry) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** One tar of files and links. Directories have no entries: an entry would change the mode of those that exist. */
export async function packFiles(files: readonly ContainerFile[]): Promise<Buffer> {
  const archive = pack();
  for (const file of files) {
    const path = posix.normalize(file.path);
    if (!path.startsWith('/') || path.endsWith('/'))
      throw new AppError('bad-input', `"${file.path}" is not a file's absolute path`);
    const name = path.slice(1);
    if ('linkTo' in file) archive.entry({ name, type: 'symlink', linkname: file.linkTo, mtime: new Date() });
    else archive.entry({ name, mode: file.mode ?? 0o644, mtime: new Date() }, file.content);
  }
  archive.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archive) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function firstFile(stream: Readable, path: string): Promise<Buffer> {
  const archive = extract();
  stream.once('error', (error) => archive.destroy(error));
  stream.pipe(archive);
  try {
    for await (const entry of archive) {
      if (entry.header.type !== 'file') {
        throw new AppError('bad-input', `${path} in the container is not a regular file`);
      }
      return await contentOf(entry);
    }
    throw new Error('The engine sent an empty archive');
  } finally {
    // The engine keeps the container locked until its answer is taken or refused.
    stream.destroy();
  }
}
