// What was done, kept on disk: a file for each ended operation with its timeline and the end of its log, so many for each subject.
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type LogLine, logLineSchema, type Operation, operationSchema } from '../../../shared/model/operation';

/** Operations that are kept of one subject; the oldest make room. */
const keptOperations = 50;
/** Lines of a log that are kept, and characters of each. */
const keptLines = 500;
const keptCharacters = 2_000;

const recordSchema = z.object({ engine: z.string(), operation: operationSchema, log: z.array(logLineSchema) });
type HistoryRecord = z.infer<typeof recordSchema>;

export interface History {
  /** Keeps an operation that has ended. */
  add(operation: Operation, log: readonly LogLine[], engine: string): Promise<void>;
  /** The operations on a subject, the newest first; without an engine those on all engines. */
  of(subject: string, engine?: string): Promise<Operation[]>;
  /** The end of an operation's log; undefined for one that is not kept. */
  log(id: string): Promise<LogLine[] | undefined>;
}

export function createHistory(directory: string): History {
  const root = join(directory, 'history');
  const folderOf = (subject: string) => join(root, folderName(subject));

  async function files(folder: string): Promise<string[]> {
    const names = await readdir(folder).catch(() => []);
    return names.filter((name) => name.endsWith('.json')).sort();
  }

  return {
    async add(operation, log, engine) {
      const folder = folderOf(operation.subject);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const lines = log.slice(-keptLines).map((line) => ({ ...line, text: line.text.slice(0, keptCharacters) }));
      const record: HistoryRecord = { engine, operation, log: lines };
      const file = join(folder, `${String(operation.queuedAt).padStart(15, '0')}-${operation.id}.json`);
      await writeFile(`${file}.new`, JSON.stringify(record), { mode: 0o600 });
      await rename(`${file}.new`, file);
      const all = await files(folder);
      const over = all.slice(0, Math.max(0, all.length - keptOperations));
      await Promise.all(over.map((name) => rm(join(folder, name), { force: true })));
    },
    async of(subject, engine) {
      const folder = folderOf(subject);
      const names = await files(folder);
      const records = await Promise.all(names.reverse().map((name) => read(join(folder, name))));
      return records.flatMap((record) => {
        const other = engine !== undefined && record?.engine !== engine;
        return record && record.operation.subject === subject && !other ? [record.operation] : [];
      });
    },
    async log(id) {
      for (const folder of await readdir(root).catch(() => [])) {
        const name = (await files(join(root, folder))).find((one) => one.endsWith(`-${id}.json`));
        if (name) return (await read(join(root, folder, name)))?.log;
      }
      return undefined;
    },
  };
}

/** A name that every file system takes, also of subjects such as `..`. */
export function folderName(subject: string): string {
  return encodeURIComponent(subject).replace(/\./g, '%2E').replace(/\*/g, '%2A');
}

/** A record that cannot be read, perhaps of another version, is left out. */
async function read(file: string): Promise<HistoryRecord | undefined> {
  try {
    return recordSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return undefined;
  }
}
