// The forwards that are opened again next time, in a file: where they lead, and nothing that signs in anywhere.
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { type WantedForward, wantedForwardSchema } from '../../../shared/model/forwards';

export interface Kept {
  read(): Promise<WantedForward[]>;
  write(all: readonly WantedForward[]): Promise<void>;
}

/** A file that cannot be read counts as empty; what is no forward in it is left out. */
export function keptIn(file: string, log: (line: string) => void): Kept {
  return {
    async read() {
      try {
        const stored = z.array(z.unknown()).parse(JSON.parse(await readFile(file, 'utf8')));
        return stored.flatMap((one) => wantedForwardSchema.safeParse(one).data ?? []);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') log(`${file} cannot be used: ${error}`);
        return [];
      }
    },
    async write(all) {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(`${file}.new`, `${JSON.stringify(all, undefined, 2)}\n`, { mode: 0o600 });
      await rename(`${file}.new`, file);
    },
  };
}
