// Which files of a context Docker never sees: `.dockerignore`, or the one that a Dockerfile has for itself.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import dockerignore from '@balena/dockerignore';

export interface IgnoreRules {
  ignores(path: string): boolean;
  /** Nothing in the folder is taken back by a later rule: it need not be looked into. */
  closes(folder: string): boolean;
}

/** Pure. Paths are relative to the context, with slashes. */
export function ignoreRules(text: string): IgnoreRules {
  const rules = dockerignore().add(text.replace(/^\uFEFF/, ''));
  const taken = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line.startsWith('!'))
    .map((line) =>
      line
        .slice(1)
        .trim()
        .replace(/^\/+|\/+$/g, ''),
    );
  const mayReach = (folder: string) =>
    taken.some((rule) => {
      const fixed = rule.split(/[*?[\\]/, 1)[0] ?? '';
      return fixed !== rule
        ? folder.startsWith(fixed) || fixed.startsWith(folder)
        : `${rule}/`.startsWith(`${folder}/`);
    });
  return {
    ignores: (path) => rules.ignores(path),
    closes: (folder) => rules.ignores(folder) && !mayReach(folder),
  };
}

/** Where the rules for a Dockerfile may stand, the one that counts first. Docker 19.03: `<Dockerfile>.dockerignore`. */
export function ignoreFilesOf(context: string, dockerfile: string): [string, string] {
  return [`${dockerfile}.dockerignore`, join(context, '.dockerignore')];
}

/** The text of the first that is there; empty where none is. */
export async function readIgnore(context: string, dockerfile: string): Promise<string> {
  for (const file of ignoreFilesOf(context, dockerfile)) {
    const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
      throw error;
    });
    if (text !== undefined) return text;
  }
  return '';
}
