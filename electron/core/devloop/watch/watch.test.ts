// File events of real folders: saves, renames, folders that come and go, many files at once, and none left to be had.
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createBurst } from './burst';
import { type Watch, type WatchRequest, watchTree } from './watch';

let dir = '';
let watch: Watch | undefined;
let told: (readonly string[] | undefined)[] = [];
const at = (path: string) => join(dir, path);
const heard = () => new Set(told.flatMap((paths) => paths ?? ['everything']));
const hears = (path: string) => vi.waitFor(() => expect(heard()).toContain(path), 5000);

async function start(roots: string[], more: Partial<WatchRequest> = {}): Promise<void> {
  watch = await watchTree({
    tree: { roots: roots.map(at), closes: (folder) => folder.endsWith('node_modules') },
    onTouched: (paths) => told.push(paths),
    ...more,
  });
}

beforeEach(async () => {
  told = [];
  dir = await mkdtemp(join(tmpdir(), 'boathouse-watch-'));
  await mkdir(at('src/deep'), { recursive: true });
  await mkdir(at('src/node_modules'));
  await writeFile(at('src/deep/a'), '1');
  await writeFile(at('Dockerfile'), '1');
});
afterEach(async () => {
  watch?.close();
  await rm(dir, { recursive: true, force: true });
});

it('hears writes and atomic saves, and nothing of what is beside or closed', async () => {
  await start(['src', 'Dockerfile']);
  await writeFile(at('other'), 'x');
  await writeFile(at('src/node_modules/x'), 'x');
  await writeFile(at('src/deep/a'), '2');
  await hears(at('src/deep/a'));
  await writeFile(at('.Dockerfile.swp'), '2');
  await rename(at('.Dockerfile.swp'), at('Dockerfile'));
  await hears(at('Dockerfile'));
  expect([...heard()].filter((path) => !path.includes('node_modules')).sort()).toEqual([
    at('Dockerfile'),
    at('src/deep/a'),
  ]);
  expect(heard()).not.toContain(at('src/node_modules/x'));
});

it('follows folders that come, move and come again', async () => {
  await start(['src']);
  await mkdir(at('src/new/inside'), { recursive: true });
  await hears(at('src/new'));
  await writeFile(at('src/new/inside/b'), '1');
  await vi.waitFor(() => expect([...heard()].some((path) => path.startsWith(at('src/new/inside')))).toBe(true));
  await rename(at('src/new'), at('src/moved'));
  await hears(at('src/moved'));
  told = [];
  await writeFile(at('src/moved/inside/b'), '2');
  await hears(at('src/moved/inside/b'));
  await rm(at('src'), { recursive: true });
  await hears(at('src'));
  told = [];
  await mkdir(at('src'));
  await hears(at('src'));
  told = [];
  await writeFile(at('src/c'), '1');
  await hears(at('src/c'));
});

it('waits for places that are not there yet', async () => {
  await start(['later/on/file', '.dockerignore']);
  await writeFile(at('.dockerignore'), 'x');
  await hears(at('.dockerignore'));
  await mkdir(at('later/on'), { recursive: true });
  await hears(at('later/on/file'));
  told = [];
  await writeFile(at('later/on/file'), 'x');
  await hears(at('later/on/file'));
});

it('tells a switch of thousands of files in a few words that name all of them', async () => {
  await start(['src']);
  const names = Array.from({ length: 3000 }, (_, index) => `src/deep/${index}`);
  await Promise.all(names.map((name) => writeFile(at(name), 'x')));
  await vi.waitFor(() => {
    const all = heard();
    expect(names.every((name) => all.has(at(name)))).toBe(true);
  }, 10_000);
  expect(told.length).toBeLessThan(60);
});

it('looks again and again where the system gives no watches, and says why', async () => {
  let given = 0;
  const watchFolder: WatchRequest['watchFolder'] = () => {
    given += 1;
    if (given > 1)
      throw Object.assign(new Error('System limit for number of file watchers reached'), { code: 'ENOSPC' });
    return { on: () => {}, close: () => {} } as never;
  };
  await start(['src'], { watchFolder, pollEvery: 10 });
  expect(watch?.status()).toMatchObject({
    way: 'polling',
    why: { code: 'polling', text: expect.stringContaining('max_user_watches') },
  });
  await hears('everything');
});

it('tells the beginning of a burst at once, and the rest when it rests', async () => {
  const words: string[][] = [];
  const burst = createBurst((paths) => words.push(paths), { gather: 1, rest: 30, atMost: 1000 });
  burst.note('a');
  await vi.waitFor(() => expect(words).toEqual([['a']]), { interval: 1 });
  for (const path of ['b', 'c', 'b']) burst.note(path);
  expect(words).toHaveLength(1);
  await vi.waitFor(() => expect(words).toEqual([['a'], ['b', 'c']]));
  burst.close();
});
