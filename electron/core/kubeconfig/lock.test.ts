// The lock: one holder at a time, a wait that ends with a release, an abort or an explained failure, and never a lock left behind.
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { withLock } from './lock';

const never = new AbortController().signal;
let directory: string;
let file: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kubeconfig-'));
  file = join(directory, 'new', 'config');
});
afterEach(async () => {
  vi.useRealTimers();
  await rm(directory, { recursive: true });
});

it('is <file>.lock with mode 0, in a directory made for it, and is gone afterwards', async () => {
  const mode = await withLock(file, 5000, never, async () => (await stat(`${file}.lock`)).mode & 0o777);
  expect(mode).toBe(0);
  expect((await stat(join(directory, 'new'))).mode & 0o777).toBe(0o755 & ~process.umask());
  expect(await readdir(join(directory, 'new'))).toEqual([]);
});

it('is released when the work fails', async () => {
  const work = withLock(file, 5000, never, () => Promise.reject(new Error('no')));
  await expect(work).rejects.toThrow('no');
  expect(existsSync(`${file}.lock`)).toBe(false);
});

it('lets one in after the other', async () => {
  let inside = 0;
  let most = 0;
  const turns = Array.from({ length: 20 }, () =>
    withLock(file, 20_000, new AbortController().signal, async () => {
      inside += 1;
      most = Math.max(most, inside);
      await readdir(directory);
      inside -= 1;
    }),
  );
  await Promise.all(turns);
  expect(most).toBe(1);
});

it('hears of another program being done, without trying in vain', async () => {
  const lock = await heldLock();
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  const result = withLock(file, 20_000, never, async () => 'done');
  await timerSet();
  await unlink(lock);
  expect(await result).toBe('done');
});

it('says for how long a lock that stays is held, and leaves it', async () => {
  const lock = await heldLock();
  const hourAgo = Date.now() / 1000 - 3600;
  await utimes(lock, hourAgo, hourAgo);
  await expect(withLock(file, 30, never, async () => 'done')).rejects.toMatchObject({
    code: 'kubeconfig-locked',
    params: { file, lock, seconds: expect.closeTo(3600, -2) },
    hints: [{}, { text: expect.stringContaining(lock) }],
  });
  expect(existsSync(lock)).toBe(true);
});

it('stops waiting when told to', async () => {
  const lock = await heldLock();
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  const abort = new AbortController();
  const result = withLock(file, 60_000, abort.signal, async () => 'done');
  await timerSet();
  abort.abort();
  await expect(result).rejects.toMatchObject({ name: 'AbortError' });
  expect(existsSync(lock)).toBe(true);
});

async function heldLock(): Promise<string> {
  await withLock(file, 1000, never, async () => {});
  await writeFile(`${file}.lock`, '');
  return `${file}.lock`;
}

/** Resolves once a (stopped) timer is running; vi.waitUntil would move the timers on. */
async function timerSet(): Promise<void> {
  while (vi.getTimerCount() === 0) await new Promise((resolve) => setImmediate(resolve));
}
