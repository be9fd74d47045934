// The text of a file that a command was given; `-` is what comes in on standard input.
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { AppError } from '../../../shared/model/errors';

/** Throws `not-found` for a file that cannot be read. */
export async function givenText(file: string): Promise<string> {
  if (file === '-') return text(process.stdin);
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new AppError('not-found', `${file} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
}
