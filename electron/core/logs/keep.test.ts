// Kept logs are found by their operation, and by nothing else.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readKeptLogs } from './keep';

let state = '';
beforeAll(async () => {
  state = await mkdtemp(join(tmpdir(), 'boathouse-logs-'));
  const node = join(state, 'node-logs', 'op-1', 'shop-control-plane');
  await mkdir(node, { recursive: true });
  await writeFile(join(node, 'kubelet.log'), 'failed to start');
  await writeFile(join(state, 'elsewhere.log'), 'none of its business');
});
afterAll(() => rm(state, { recursive: true, force: true }));

test('by node and file', async () => {
  expect(await readKeptLogs(state, 'op-1')).toEqual([
    { path: join('shop-control-plane', 'kubelet.log'), text: 'failed to start' },
  ]);
});

test.each(['op-2', '..', '../..', ''])('none for %j', async (operation) => {
  await expect(readKeptLogs(state, operation)).rejects.toMatchObject({ code: 'not-found' });
});
