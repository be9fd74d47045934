// Configurations of other programs for tests: those of this project, and those of a folder that the environment names.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Case {
  name: string;
  text: string;
  /** The line at which it must be refused; 0 where only that it is refused is known. */
  invalidAt?: number;
}

/** The cases of `kind` or `k3d`. */
export function casesOf(program: 'kind' | 'k3d'): Case[] {
  const elsewhere = process.env.BOATHOUSE_TEST_CASES;
  const folders = [join(import.meta.dirname, '../testdata', program), ...(elsewhere ? [join(elsewhere, program)] : [])];
  return folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.yaml'))
      .sort()
      .map((name) => {
        const text = readFileSync(join(folder, name), 'utf8');
        const line = Number(/^# line (\d+):/.exec(text)?.[1] ?? 0);
        return { name, text, ...(name.includes('invalid') && { invalidAt: line }) };
      }),
  );
}
