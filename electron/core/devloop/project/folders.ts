// Folders of this computer while somebody writes a path: those that it may become, and which of them are projects already.
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, sep } from 'node:path';
import type { FolderChoice } from '../../../../shared/model/devloop/proposal';
import { AppError } from '../../../../shared/model/errors';
import type { CoreOptions } from '../../options';
import { fileOf } from './read';

/** Asks the front's own dialog. Throws `not-possible` where it has none. */
export async function chooseFolder(options: Pick<CoreOptions, 'chooseFolder'>): Promise<{ dir?: string }> {
  if (!options.chooseFolder) throw new AppError('not-possible', 'There is no dialog for folders here: write the path');
  const dir = await options.chooseFolder();
  return dir === undefined ? {} : { dir };
}

/** `~` at the beginning of a path as the user's home folder. */
export function withoutTilde(path: string, home: string): string {
  return path.replace(/^~(?=$|[\\/])/, home);
}

/** Folders that are offered at once. */
const mostFolders = 100;

/**
 * @param written the beginning of an absolute path, `~` for the home folder, or nothing: then what is in the home folder
 * @returns folders by name; hidden ones only where what is written begins with a dot. Empty where nothing fits or may be read.
 */
export async function completeFolder(written: string, home: string): Promise<FolderChoice[]> {
  const path = written === '' ? home + sep : withoutTilde(written, home);
  if (!isAbsolute(path)) return [];
  const within = /[\\/]$/.test(path);
  const parent = within ? path : dirname(path);
  const begin = within ? '' : basename(path).toLowerCase();
  const found = await readdir(parent, { withFileTypes: true }).catch(() => []);
  return found
    .filter((one) => one.isDirectory() || (one.isSymbolicLink() && existsSync(join(parent, one.name, '.'))))
    .map(({ name }) => name)
    .filter((name) => name.toLowerCase().startsWith(begin) && (begin.startsWith('.') || !name.startsWith('.')))
    .sort((one, other) => one.localeCompare(other))
    .slice(0, mostFolders)
    .map((name) => ({ path: join(parent, name), project: fileOf(join(parent, name)) !== undefined }));
}
