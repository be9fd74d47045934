// What would keep a new cluster out of the kubeconfig is known before the cluster is made, and looking changes nothing.
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkKubeconfig, rehearseKubeconfig } from './check';
import type { KubeconfigOptions } from './files';
import { kubeadmCluster } from './samples.test-data';

let directory: string;
let file: string;
let options: KubeconfigOptions;
const never = () => new AbortController().signal;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kubeconfig-check-'));
  file = join(directory, 'config');
  options = optionsFor(file);
});
afterEach(() => rm(directory, { recursive: true }));

function optionsFor(path: string): KubeconfigOptions {
  return {
    environment: { KUBECONFIG: path },
    homeDirectory: directory,
    platform: process.platform,
    directories: { state: join(directory, 'state') },
    lockLimitMilliseconds: 1,
  };
}

const foreign = 'contexts:\n- name: kind-shop\n  context: {cluster: production, user: me}\n';

test('a good one, and none yet, are fine and stay as they are', async () => {
  await rehearseKubeconfig(options, kubeadmCluster('shop'), never());
  expect(await readdir(directory)).toEqual([]);
  await writeFile(file, foreign);
  const before = await stat(file);
  await rehearseKubeconfig(options, kubeadmCluster('lab'), never());
  expect(await readFile(file, 'utf8')).toBe(foreign);
  expect((await stat(file)).mtimeMs).toBe(before.mtimeMs);
  expect(await readdir(directory)).toEqual(['config']);
});

test.each([
  ['what is not YAML', 'clusters: [', 'kubeconfig-invalid'],
  ['an entry of somebody else', foreign, 'kubeconfig-foreign-entry'],
])('%s is found without a lock', async (_name, text, code) => {
  await writeFile(file, text);
  await writeFile(`${file}.lock`, '');
  await expect(checkKubeconfig(options, kubeadmCluster('shop'))).rejects.toMatchObject({ code });
  expect(await readFile(file, 'utf8')).toBe(text);
});

test('a lock, a protected file, and a place where nothing can be written are found', async () => {
  await writeFile(file, '');
  await writeFile(`${file}.lock`, '');
  await expect(rehearseKubeconfig(options, kubeadmCluster('shop'), never())).rejects.toMatchObject({
    code: 'kubeconfig-locked',
  });
  await rm(`${file}.lock`);
  await chmod(file, 0o444);
  await expect(rehearseKubeconfig(options, kubeadmCluster('shop'), never())).rejects.toMatchObject({
    code: 'kubeconfig-unwritable',
  });
  const nowhere = optionsFor(join(file, 'below-a-file', 'config'));
  await expect(rehearseKubeconfig(nowhere, kubeadmCluster('shop'), never())).rejects.toMatchObject({
    code: 'kubeconfig-unwritable',
  });
});
