// The environment that a project is read with: the caller's, and what the project's `skaffold.env` adds.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseEnv } from 'node:util';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Where skaffold looks for variables of a project. */
export function envFileOf(dir: string): string {
  return join(dir, 'skaffold.env');
}

/** skaffold: variables of the file do not replace those that are set. */
export async function environmentOf(dir: string, env: Environment): Promise<Environment> {
  try {
    return { ...parseEnv(await readFile(envFileOf(dir), 'utf8')), ...env };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return env;
    throw error;
  }
}
