// The file of a template that somebody opened: by a double-click, or as a word of a command.
import { readFile, stat } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { AppError } from '../../../shared/model/errors';

/** Ours (electron-builder.yml has the same), and what kind, k3d and editors call theirs. */
const templateName = /\.(boathouse|ya?ml|json)$/i;

/** Bytes; a template has at most a million characters. */
const largest = 1_000_000;

/**
 * @param file its whole path
 * @returns its text, whatever it may be; nothing but what is called like a template is read
 * @throws AppError `bad-input`
 */
export async function readOpened(file: string): Promise<string> {
  if (!isAbsolute(file)) throw refused(file, 'that is no whole path');
  if (!templateName.test(file)) throw refused(file, 'it ends in none of .boathouse, .yaml, .yml and .json');
  try {
    const found = await stat(file);
    // A pipe or a device would be read for ever.
    if (!found.isFile()) throw refused(file, 'it is not a file');
    if (found.size > largest) throw refused(file, `it has more than ${largest} bytes`);
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw refused(file, error instanceof Error ? error.message : String(error));
  }
}

function refused(file: string, why: string): AppError {
  return new AppError('bad-input', `${file} cannot be opened as a template: ${why}`);
}
