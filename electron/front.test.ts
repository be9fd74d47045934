// Where the product's folder and the user's folders are found.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { coreOptions, productFolder, userDirectories, version } from './front';

it('finds the product from wherever the build puts a file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'boathouse-product-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, 'dist', 'cli', 'parts'), { recursive: true });
  expect(() => productFolder(join(folder, 'dist', 'cli', 'parts'))).toThrow('not whole');
  await mkdir(join(folder, 'resources'));
  await writeFile(join(folder, 'package.json'), '{}');
  expect(productFolder(join(folder, 'dist', 'cli', 'parts'))).toBe(folder);
  expect(productFolder(join(folder, 'dist', 'cli'))).toBe(folder);
});

it('keeps config, state and cache apart, in folders of our name', () => {
  const { config, state, cache } = userDirectories(process.platform);
  expect(new Set([config, state, cache]).size).toBe(3);
  for (const folder of [config, state, cache]) expect(folder).toContain('boathouse');
});

it('tells the core which front it is', () => {
  vi.stubEnv('DOCKER_HOST', 'tcp://example:2375');
  onTestFinished(() => void vi.unstubAllEnvs());
  const options = coreOptions('terminal', () => {});
  expect(options).toMatchObject({ shell: 'terminal', version, platform: process.platform });
  expect(options.environment.DOCKER_HOST).toBe('tcp://example:2375');
});
