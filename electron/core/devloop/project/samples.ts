// The samples that come with the product: what there is, and a copy of one in a folder of the user's to begin with.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { AppError } from '../../../../shared/model/errors';
import type { CoreOptions } from '../../options';
import { withoutTilde } from './folders';

/** Their names, sorted. */
export async function listSamples(resources: string): Promise<string[]> {
  const found = await readdir(join(resources, 'samples'), { withFileTypes: true });
  return found
    .filter((one) => one.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/**
 * Copies a sample into a folder that is not there yet, or empty; nothing is written over. Throws `not-found` for a sample that there
 * is not, `bad-input` for a path that is not absolute or cannot be written, `name-taken` for a folder that holds something.
 */
export async function copySample(
  { resources, homeDirectory }: Pick<CoreOptions, 'resources' | 'homeDirectory'>,
  { name, dir: written }: { name: string; dir: string },
): Promise<{ dir: string }> {
  const dir = withoutTilde(written, homeDirectory);
  if (!isAbsolute(dir)) throw new AppError('bad-input', `${dir} is not an absolute path`, { params: { path: dir } });
  const known = await listSamples(resources);
  if (!known.includes(name)) {
    throw new AppError('not-found', `There is no sample ${name}`, {
      params: { what: name },
      hints: [{ text: `There are ${known.join(', ')}` }],
    });
  }
  const there = await readdir(dir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw unwritable(dir, error);
  });
  if (there.length > 0) {
    throw new AppError('name-taken', `${dir} is not empty`, {
      params: { name: dir },
      hints: [{ text: 'Choose a folder that is not there yet; it is made.' }],
    });
  }
  await copy(join(resources, 'samples', name), dir).catch((error) => {
    throw unwritable(dir, error);
  });
  return { dir };
}

/** File by file: what the product is packed into can be read, but not copied from as a whole. */
async function copy(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const one of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, one.name), join(to, one.name)];
    if (one.isDirectory()) await copy(source, target);
    else await writeFile(target, await readFile(source), { flag: 'wx' });
  }
}

function unwritable(dir: string, error: NodeJS.ErrnoException): AppError {
  return new AppError('bad-input', `${dir} cannot be written: ${error.message}`, {
    params: { path: dir },
    cause: error,
  });
}
