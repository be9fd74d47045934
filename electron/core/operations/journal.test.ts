// Notes of running operations: seen by other processes, and what tells a crash from a run.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { operationKinds } from '../../../shared/model/operation';
import { createJournal, type Journal } from './journal';

let directory: string;
let journal: Journal;
const children: ChildProcess[] = [];
const engine = 'unix:///var/run/docker.sock';
const note = { id: 'one', kind: 'create' as const, subject: 'shop', engine };

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'journal-'));
  journal = createJournal(directory);
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(directory, { recursive: true });
});

const fileOf = (id: string) => join(directory, 'operations', `${id}.json`);

/** Changes what an entry says, as if another process had written it. */
async function rewrite(id: string, change: Record<string, unknown>): Promise<void> {
  const entry = JSON.parse(await readFile(fileOf(id), 'utf8'));
  await writeFile(fileOf(id), JSON.stringify({ ...entry, ...change }));
}

async function otherProcess(): Promise<ChildProcess & { pid: number }> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000); console.log("up")'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  children.push(child);
  if (child.stdout) await once(child.stdout, 'data');
  return child as ChildProcess & { pid: number };
}

test('an operation that is under way is seen by everyone, only its user may read the note, and its end removes it', async () => {
  await journal.begin(note);
  const seen = await createJournal(directory).entries();
  expect(seen).toEqual([expect.objectContaining({ ...note, pid: process.pid, alive: true })]);
  expect((await stat(fileOf('one'))).mode & 0o777).toBe(0o600);
  await journal.end('one');
  expect(await journal.entries()).toEqual([]);
  expect(await readdir(join(directory, 'operations'))).toEqual([]);
});

test('nothing was ever written: no entries; what is not there can be ended', async () => {
  expect(await journal.entries()).toEqual([]);
  await expect(journal.end('ghost')).resolves.toBeUndefined();
});

test('the death of another process is noticed', async () => {
  const child = await otherProcess();
  await journal.begin(note);
  await rewrite('one', { pid: child.pid, processStart: '' });
  expect(await journal.entries()).toMatchObject([{ pid: child.pid, alive: true }]);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(await journal.entries()).toMatchObject([{ pid: child.pid, alive: false }]);
});

test.runIf(process.platform === 'linux')(
  'a process that only has the number of the dead one is not taken for it',
  async () => {
    await journal.begin(note);
    await rewrite('one', { processStart: '1' });
    expect(await journal.entries()).toMatchObject([{ pid: process.pid, alive: false }]);
  },
);

test('a half-written note and a stranger’s file are left alone and hide no other', async () => {
  await journal.begin(note);
  await writeFile(fileOf('half'), '{"id":"ha');
  await writeFile(join(directory, 'operations', 'README'), 'mine');
  expect((await journal.entries()).map(({ id }) => id)).toEqual(['one']);
  expect((await readdir(join(directory, 'operations'))).sort()).toEqual(['README', 'half.json', 'one.json']);
});

test('an operation that left something behind does not count as running, though its process does', async () => {
  await journal.begin(note);
  await journal.leaveBehind(note);
  expect(await journal.entries()).toMatchObject([{ id: 'one', leftBehind: true, alive: false }]);
});

test('settling forgets what was cut off on that subject and engine, and nothing that runs', async () => {
  await journal.begin({ ...note, id: 'running' });
  await journal.leaveBehind({ ...note, id: 'create' });
  await journal.leaveBehind({ ...note, id: 'stop', kind: 'stop' });
  await journal.leaveBehind({ ...note, id: 'other-cluster', subject: 'lab' });
  await journal.leaveBehind({ ...note, id: 'other-engine', engine: 'tcp://far:2376' });
  await journal.settle('shop', engine, ['start', 'stop']);
  const left = async () => (await journal.entries()).map(({ id }) => id).sort();
  expect(await left()).toEqual(['create', 'other-cluster', 'other-engine', 'running']);
  await journal.settle('shop', engine, operationKinds);
  expect(await left()).toEqual(['other-cluster', 'other-engine', 'running']);
});
