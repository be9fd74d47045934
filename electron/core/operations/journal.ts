// A note on disk for each running operation, so that another process sees it and a crash is noticed by whoever looks next.
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type OperationKind, operationKindSchema } from '../../../shared/model/operation';

const entrySchema = z.object({
  id: z.string(),
  kind: operationKindSchema,
  subject: z.string(),
  engine: z.string(),
  pid: z.int(),
  /** The process's start, so that a reused process id is not taken for it. */
  processStart: z.string(),
  at: z.number(),
  /** It has ended and left behind what it could not, or was asked not to, take back. */
  leftBehind: z.boolean().default(false),
});
export type JournalEntry = z.infer<typeof entrySchema> & { alive: boolean };

type Note = Pick<JournalEntry, 'id' | 'kind' | 'subject' | 'engine'>;

export interface Journal {
  begin(entry: Note): Promise<void>;
  end(id: string): Promise<void>;
  /** Instead of `end`: keeps the entry, as that of an operation which left something half-made behind. */
  leaveBehind(entry: Note): Promise<void>;
  /** Forgets the operations on a subject that were cut off, of these kinds. */
  settle(subject: string, engine: string, kinds: readonly OperationKind[]): Promise<void>;
  /** Every operation that is under way, was cut off or left something behind, of this and other processes. */
  entries(): Promise<JournalEntry[]>;
}

export function createJournal(directory: string): Journal {
  const folder = join(directory, 'operations');
  const fileOf = (id: string) => join(folder, `${id}.json`);

  async function write({ id, kind, subject, engine }: Note, leftBehind: boolean): Promise<void> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const processStart = (await processStartOf(process.pid)) ?? '';
    const entry = { id, kind, subject, engine, pid: process.pid, processStart, at: Date.now(), leftBehind };
    await writeFile(fileOf(id), JSON.stringify(entry), { mode: 0o600 });
  }

  async function end(id: string): Promise<void> {
    await rm(fileOf(id), { force: true });
  }

  async function entries(): Promise<JournalEntry[]> {
    const names = await readdir(folder).catch(() => []);
    const found = await Promise.all(
      names.filter((name) => name.endsWith('.json')).map((name) => read(join(folder, name))),
    );
    return found.filter((entry) => entry !== undefined);
  }

  return {
    begin: (entry) => write(entry, false),
    end,
    leaveBehind: (entry) => write(entry, true),
    async settle(subject, engine, kinds) {
      const settled = (await entries()).filter(
        (entry) => !entry.alive && entry.subject === subject && entry.engine === engine && kinds.includes(entry.kind),
      );
      await Promise.all(settled.map(({ id }) => end(id)));
    },
    entries,
  };
}

async function read(file: string): Promise<JournalEntry | undefined> {
  try {
    const entry = entrySchema.parse(JSON.parse(await readFile(file, 'utf8')));
    return { ...entry, alive: !entry.leftBehind && (await isAlive(entry.pid, entry.processStart)) };
  } catch {
    // It ended while we looked, or was cut off while being written: the engine's labels still tell what it made.
    return undefined;
  }
}

async function isAlive(pid: number, processStart: string): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  const start = await processStartOf(pid);
  return start === undefined || processStart === '' || start === processStart;
}

/** Clock ticks between boot and the process's start (Linux); undefined where the system does not tell. */
async function processStartOf(pid: number): Promise<string | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}
