// Writes and removes the files of the user's own templates: whole or not at all, and never over what nobody meant.
import { randomUUID } from 'node:crypto';
import { link, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AppError } from '../../../shared/model/errors';

/** Makes a new file. Throws `name-taken` when there is one, `template-unwritable`. */
export function createFile(file: string, text: string): Promise<void> {
  return throughNeighbour(file, text, async (neighbour) => {
    try {
      // Unlike a rename, a link never takes the place of a file.
      await link(neighbour, file);
    } catch (error) {
      if (codeOf(error) === 'EEXIST') throw error;
      // Some file systems have no links.
      await writeFile(file, text, { flag: 'wx' });
    }
  });
}

/** Replaces a file at once. Throws `template-unwritable`. */
export function replaceFile(file: string, text: string): Promise<void> {
  return throughNeighbour(file, text, (neighbour) => rename(neighbour, file));
}

/** Removes a file; that it is gone already is as good. Throws `template-unwritable`. */
export async function removeFile(file: string): Promise<void> {
  await rm(file, { force: true }).catch((error: unknown) => {
    throw unwritable(file, error);
  });
}

async function throughNeighbour(
  file: string,
  text: string,
  settle: (neighbour: string) => Promise<void>,
): Promise<void> {
  // Hidden, so that it is no template while it is being written.
  const neighbour = `${dirname(file)}/.${randomUUID()}.tmp`;
  await mkdir(dirname(file), { recursive: true }).catch((error: unknown) => {
    throw unwritable(file, error);
  });
  try {
    await writeFile(neighbour, text, { flag: 'wx', flush: true });
    await settle(neighbour);
  } catch (error) {
    throw codeOf(error) === 'EEXIST' ? fileTaken(file) : unwritable(file, error);
  } finally {
    await rm(neighbour, { force: true }).catch(() => undefined);
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

function fileTaken(file: string): AppError {
  return new AppError('name-taken', `There is a file ${file} already`, {
    params: { name: file },
    hints: [{ text: 'Give the template another id, or remove the file.' }],
  });
}

function unwritable(file: string, error: unknown): AppError {
  return new AppError('template-unwritable', `${file} cannot be written`, {
    params: { file },
    detail: error instanceof Error ? error.message : String(error),
    hints: [{ text: `Look whether ${dirname(file)} can be written to and has room.` }],
    cause: error,
  });
}
