// What was changed in kubeconfig files, each change with the texts before and after it, so that it can be shown and taken back.
import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { FileDiff } from '../../../shared/model/diff';
import { AppError } from '../../../shared/model/errors';
import type { KubeconfigHistoryEntry } from '../../../shared/model/kubeconfig';
import { type Sentence, sentenceSchema } from '../../../shared/model/sentence';
import { diffOf } from './diff';

/** So many files' changes are kept, the newest. */
const kept = 60;

/** Which change a write is a part of; writes of one change are taken back together. */
export interface ChangeNote {
  id: string;
  said: Sentence;
}

const recordSchema = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  said: sentenceSchema,
  file: z.string(),
  before: z.string(),
  after: z.string(),
});
export type ChangeRecord = z.infer<typeof recordSchema>;

const folderOf = (state: string) => join(state, 'kubeconfig-history');

/** A note of a new change. */
export function noteOf(said: Sentence): ChangeNote {
  return { id: `${stamp()}-${randomBytes(4).toString('hex')}`, said };
}

/** Sorts by time. */
function stamp(): string {
  return new Date().toISOString().replaceAll(':', '-');
}

/**
 * Keeps what a write is about to do (mode 0600: it holds keys), the newest few. Returns what forgets it, for a write that
 * fails. A crash in between leaves the record of a change that did not happen: taking that back finds nothing to do.
 */
export async function record(
  state: string,
  note: ChangeNote,
  change: Pick<ChangeRecord, 'file' | 'before' | 'after'>,
): Promise<() => Promise<void>> {
  const folder = folderOf(state);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${stamp()}-${randomBytes(3).toString('hex')}.json`);
  const handle = await open(path, 'wx', 0o600);
  try {
    await handle.writeFile(JSON.stringify({ ...note, at: new Date().toISOString(), ...change } satisfies ChangeRecord));
  } finally {
    await handle.close();
  }
  const names = (await readdir(folder)).sort();
  await Promise.all(names.slice(0, -kept).map((name) => unlink(join(folder, name)).catch(() => {})));
  return () => unlink(path).catch(() => {});
}

/** Every change of every file that is kept, the oldest first. */
export async function readRecords(state: string): Promise<ChangeRecord[]> {
  const names = await readdir(folderOf(state)).catch(() => []);
  const texts = await Promise.all(
    names.sort().map((name) => readFile(join(folderOf(state), name), 'utf8').catch(() => '')),
  );
  return texts.flatMap((text) => {
    try {
      return [recordSchema.parse(JSON.parse(text))];
    } catch {
      // Cut short by a crash, or pruned just now.
      return [];
    }
  });
}

/** All changes, the newest first. */
export async function listHistory(state: string): Promise<KubeconfigHistoryEntry[]> {
  const changes = new Map<string, KubeconfigHistoryEntry>();
  for (const { id, at, said, file } of await readRecords(state)) {
    const known = changes.get(id);
    if (known) known.files.push(file);
    else changes.set(id, { id, at, said, files: [file] });
  }
  return [...changes.values()].reverse();
}

/** What a change did to which file. Throws `not-found`. */
export async function recordsOf(state: string, id: string): Promise<ChangeRecord[]> {
  const records = (await readRecords(state)).filter((each) => each.id === id);
  if (records.length > 0) return records;
  throw new AppError('not-found', `There is no change ${id} of the kubeconfig`, {
    params: { what: id },
    hints: [{ text: 'The changes there are: boathouse kubeconfig history' }],
  });
}

/** What a change did, without secrets. Throws `not-found`. */
export async function historyDiff(state: string, id: string): Promise<FileDiff[]> {
  const records = await recordsOf(state, id);
  return records.map(({ file, before, after }) => ({ file, hunks: diffOf(before, after) }));
}
