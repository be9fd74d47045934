// What was done is there again in another process, so much of it as is kept.
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Operation } from '../../../shared/model/operation';
import { createHistory, folderName } from './history';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'boathouse-history-'));
});
afterEach(() => rm(directory, { recursive: true }));

const operation = (id: string, queuedAt: number, subject = 'shop'): Operation => ({
  id,
  kind: 'start',
  subject,
  state: 'done',
  steps: [{ id: 's', kind: 'node-start', title: 'Start', lane: 'shop', weight: 1, after: [], state: 'done' }],
  queuedAt,
  startedAt: queuedAt,
  endedAt: queuedAt + 1000,
  leftovers: [],
});
const line = (sequence: number, text = 'x') => ({ sequence, at: 1, step: 's', text });
const ids = (operations: readonly Operation[]) => operations.map(({ id }) => id);

test('another process reads the same, the newest first, each with its log', async () => {
  const history = createHistory(directory);
  await history.add(operation('a', 1000), [line(1, 'first')], 'unix:///one');
  await history.add(operation('b', 20_000), [], 'unix:///one');
  await history.add(operation('c', 30_000, 'lab'), [line(1)], 'unix:///one');
  const later = createHistory(directory);
  expect(await later.of('shop', 'unix:///one')).toEqual([operation('b', 20_000), operation('a', 1000)]);
  expect(await later.log('a')).toEqual([line(1, 'first')]);
  expect(await later.log('b')).toEqual([]);
  expect(await later.log('nowhere')).toBeUndefined();
});

test('clusters of one name on two engines are told apart', async () => {
  const history = createHistory(directory);
  await history.add(operation('a', 1), [], 'unix:///one');
  await history.add(operation('b', 2), [], 'unix:///two');
  expect(ids(await history.of('shop', 'unix:///two'))).toEqual(['b']);
  expect(ids(await history.of('shop'))).toEqual(['b', 'a']);
});

test('it is bounded: the oldest operations and lines make room, long lines are cut', async () => {
  const history = createHistory(directory);
  for (let at = 1; at <= 52; at += 1) await history.add(operation(`o${at}`, at), [], 'e');
  const kept = ids(await history.of('shop'));
  expect(kept).toHaveLength(50);
  expect([kept[0], kept.at(-1)]).toEqual(['o52', 'o3']);
  const many = Array.from({ length: 600 }, (_, index) => line(index + 1, 'y'.repeat(3000)));
  await history.add(operation('long', 99), many, 'e');
  const log = (await history.log('long')) ?? [];
  expect([log.length, log[0]?.sequence, log[0]?.text.length]).toEqual([500, 101, 2000]);
});

test('what cannot be read is left out; nothing but its owner may read the rest', async () => {
  const history = createHistory(directory);
  await history.add(operation('a', 1), [], 'e');
  const folder = join(directory, 'history', folderName('shop'));
  await writeFile(join(folder, '000000000000009-b.json'), '{"engine": "e", "operation"');
  expect(ids(await history.of('shop'))).toEqual(['a']);
  const [file = ''] = await readdir(folder);
  expect((await stat(join(folder, file))).mode & 0o777).toBe(0o600);
});

test.each(['..', 'a/b', 'My_cluster.v2', 'a\\b', '*'])('the subject %j stays within its folder', async (subject) => {
  const history = createHistory(directory);
  await history.add(operation('a', 1, subject), [], 'e');
  expect(ids(await history.of(subject))).toEqual(['a']);
  expect(await readdir(directory)).toEqual(['history']);
  expect(await readdir(join(directory, 'history'))).toHaveLength(1);
});
