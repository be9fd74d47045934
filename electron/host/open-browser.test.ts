// The command per platform, run with a program that stands where xdg-open would.
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { openBrowser, openCommand } from './open-browser';

it('knows each platform', () => {
  expect(openCommand('linux', 'http://a/')).toEqual(['xdg-open', 'http://a/']);
  expect(openCommand('darwin', 'http://a/')).toEqual(['open', 'http://a/']);
  expect(openCommand('win32', 'http://a/')).toEqual(['cmd.exe', '/d', '/c', 'start', '""', 'http://a/']);
});

it('starts the command, and says so when there is none', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'boathouse-open-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  onTestFinished(() => void vi.unstubAllEnvs());
  vi.stubEnv('PATH', folder);
  expect(await openBrowser('http://127.0.0.1:1/#token=x', 'linux')).toBe(false);
  await writeFile(join(folder, 'xdg-open'), `#!/bin/sh\necho "$1" > ${folder}/opened\n`);
  await chmod(join(folder, 'xdg-open'), 0o755);
  const opened = vi.waitFor(async () => expect(await readFile(join(folder, 'opened'), 'utf8')).toContain('#token=x'));
  expect(await openBrowser('http://127.0.0.1:1/#token=x', 'linux')).toBe(true);
  await opened;
});
