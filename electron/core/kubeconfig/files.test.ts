// Which files are meant: the platform's separators, empty and repeated parts, and where a new entry goes.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileToWrite, kubeconfigFiles } from './files';

describe('kubeconfigFiles', () => {
  it.each([
    ['linux', undefined, ['/home/ana/.kube/config']],
    ['linux', '', ['/home/ana/.kube/config']],
    ['linux', '::', ['/home/ana/.kube/config']],
    ['linux', '/a', ['/a']],
    ['linux', ':/a::b:/a:', ['/a', 'b']],
    ['darwin', '/a;b:/c', ['/a;b', '/c']],
    ['win32', 'C:\\a;D:\\b;;C:\\a', ['C:\\a', 'D:\\b']],
  ] as const)('on %s with KUBECONFIG=%j', (platform, value, files) => {
    expect(kubeconfigFiles({ platform, homeDirectory: '/home/ana', environment: { KUBECONFIG: value } })).toEqual(
      files,
    );
  });

  it('uses the path separator of Windows there', () => {
    expect(kubeconfigFiles({ platform: 'win32', homeDirectory: 'C:\\Users\\ana', environment: {} })).toEqual([
      'C:\\Users\\ana\\.kube\\config',
    ]);
  });
});

describe('fileToWrite', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'kubeconfig-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  it('is the first that exists as a file, else the last', async () => {
    const [a, b, c] = [join(directory, 'a'), join(directory, 'b'), join(directory, 'c')];
    expect(await fileToWrite([a, b, c])).toBe(c);
    await writeFile(b, '');
    expect(await fileToWrite([a, b, c])).toBe(b);
    expect(await fileToWrite([directory, a])).toBe(a);
  });
});
