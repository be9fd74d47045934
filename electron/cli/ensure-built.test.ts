// What is newer than the build is found, and what is not is left alone.
import { mkdir, mkdtemp, rm, unlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isBuilt } from './ensure-built.mjs';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'boathouse-built-'));
  for (const path of ['electron/core/a.ts', 'renderer/app/b.tsx', 'shared/c.ts', 'package.json'])
    await touch(path, 100);
  for (const path of ['electron/core', 'electron', 'renderer/app', 'renderer', 'shared']) await age(path, 100);
});

afterEach(() => rm(folder, { recursive: true }));

async function age(path: string, seconds: number): Promise<void> {
  await utimes(join(folder, path), seconds, seconds);
}

async function touch(path: string, seconds: number): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), '');
  await age(path, seconds);
}

it('builds what was never built', () => {
  expect(isBuilt(folder)).toBe(false);
});

it('does not build again without a reason', async () => {
  await touch('dist/built', 200);
  expect(isBuilt(folder)).toBe(true);
});

it.each(['electron/core/a.ts', 'renderer/app/b.tsx', 'shared/c.ts', 'package.json'])(
  'builds when %s is newer',
  async (path) => {
    await touch('dist/built', 200);
    await age(path, 300);
    expect(isBuilt(folder)).toBe(false);
  },
);

it('builds when a file has gone, and not for a test', async () => {
  await touch('dist/built', 200);
  await touch('electron/core/a.test.ts', 300);
  await age('electron/core', 100);
  expect(isBuilt(folder)).toBe(true);
  await unlink(join(folder, 'electron/core/a.ts'));
  expect(isBuilt(folder)).toBe(false);
});
