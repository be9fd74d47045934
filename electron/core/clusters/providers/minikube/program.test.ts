// Where minikube's program is found: in the folders of the search path, in their order, if it may be run.
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findMinikube } from './program';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'boathouse-minikube-'));
  for (const name of ['empty', 'first', 'second', 'unrunnable']) await mkdir(join(folder, name));
  for (const name of ['first', 'second', 'unrunnable']) {
    await writeFile(join(folder, name, 'minikube'), '#!/bin/sh\n');
    await chmod(join(folder, name, 'minikube'), name === 'unrunnable' ? 0o644 : 0o755);
  }
});
afterEach(() => rm(folder, { recursive: true }));

const found = (PATH: string | undefined) => findMinikube({ environment: { PATH }, platform: 'linux' });

test('the first that may be run', async () => {
  const path = ['empty', 'missing', '', 'unrunnable', 'first', 'second'].map((name) => name && join(folder, name));
  expect(await found(path.join(':'))).toBe(join(folder, 'first', 'minikube'));
});

test('none', async () => {
  expect(await found(join(folder, 'empty'))).toBeUndefined();
  expect(await found(undefined)).toBeUndefined();
});
