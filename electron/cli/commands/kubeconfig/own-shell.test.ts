// A shell that reads files in which KUBECONFIG is set keeps its own all the same.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ownShell } from './own-shell';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "own shell's-"));
});
afterEach(() => rm(folder, { recursive: true }));

const wanted = (program: string, more: object = {}) => ({
  program,
  platform: 'linux' as const,
  environment: {
    PATH: process.env.PATH,
    HOME: folder,
    KUBECONFIG: '/theirs',
    HELM_KUBEAPISERVER: 'https://prod',
    SKAFFOLD_KUBECONFIG: '/theirs',
    HELM_CACHE_HOME: '/cache',
  },
  folder,
  kubeconfig: join(folder, 'config'),
  command: undefined,
  ...more,
});

/** What it says of its variables once it has begun. */
async function variablesOf(program: string, more: object = {}): Promise<string[]> {
  const { args, environment, files } = ownShell(wanted(program, more));
  for (const [path, text] of Object.entries(files)) await writeFile(path, text);
  const word = 'echo "=$KUBECONFIG=$HELM_KUBEAPISERVER=$SKAFFOLD_KUBECONFIG=$HELM_CACHE_HOME=$ALIASED="';
  const typed = 'command' in more ? [] : ['-i'];
  return new Promise((resolve, reject) => {
    const shell = execFile(program, [...args, ...typed], { env: environment as NodeJS.ProcessEnv }, (error, stdout) => {
      if (error) reject(error);
      else resolve((stdout.split('\n').find((line) => line.startsWith('=')) ?? '').split('=').slice(1, -1));
    });
    // One that has been told its command reads nothing.
    shell.stdin?.on('error', () => {});
    shell.stdin?.end(typed.length > 0 ? `${word}\n` : '');
  });
}

const sets = 'export KUBECONFIG=/theirs HELM_KUBEAPISERVER=https://prod ALIASED=yes\n';

describe.skipIf(process.platform === 'win32')('a shell', () => {
  it.skipIf(!existsSync('/bin/bash'))('bash: after its .bashrc, which is read', async () => {
    await writeFile(join(folder, '.bashrc'), sets);
    expect(await variablesOf('/bin/bash')).toEqual([join(folder, 'config'), '', '', '/cache', 'yes']);
  });

  it.skipIf(!existsSync('/bin/dash'))('of POSIX: after the file of ENV', async () => {
    await writeFile(join(folder, 'theirs'), sets);
    const environment = { ...wanted('').environment, ENV: join(folder, 'theirs') };
    expect(await variablesOf('/bin/dash', { environment })).toEqual([join(folder, 'config'), '', '', '/cache', 'yes']);
  });

  it.skipIf(!existsSync('/bin/bash'))('that runs one command, whatever BASH_ENV sets', async () => {
    await writeFile(join(folder, 'theirs'), sets);
    const environment = { ...wanted('').environment, BASH_ENV: join(folder, 'theirs') };
    const command = '# first\necho "=$KUBECONFIG="';
    expect(await variablesOf('/bin/bash', { environment, command })).toEqual([join(folder, 'config')]);
  });
});

it('zsh reads its own folder, which leads to theirs; fish sets it last', () => {
  const zsh = ownShell(wanted('/usr/bin/zsh', { environment: { HOME: '/home/ana', ZDOTDIR: '/home/ana/.zsh' } }));
  expect(zsh.environment.ZDOTDIR).toBe(folder);
  const text = zsh.files[join(folder, '.zshrc')] ?? '';
  expect(text.indexOf('/home/ana/.zsh/.zshrc')).toBeLessThan(text.indexOf('export KUBECONFIG'));
  const fish = ownShell(wanted('/usr/bin/fish'));
  expect(fish.args[1]).toMatch(/^set -gx KUBECONFIG /);
  expect(ownShell(wanted('cmd.exe', { platform: 'win32', command: 'dir' })).args).toEqual(['/c', 'dir']);
});
