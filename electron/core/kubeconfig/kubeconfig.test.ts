// The kubeconfig's verbs on real files: who wins, what is kept (mode, symlink, backups), what is refused, and that nobody is lost.
import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import { addToKubeconfig } from './add';
import { backupDirectory } from './backup';
import type { KubeconfigOptions } from './files';
import { currentContext } from './read';
import { removeFromKubeconfig } from './remove';
import { adminConf, kubeadmCluster } from './samples.test-data';
import { useContext } from './use';
import { watchKubeconfig } from './watch';
import { rewriteKubeconfig } from './write';

const never = new AbortController().signal;
let directory: string;
let file: string;
let options: KubeconfigOptions;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kubeconfig-'));
  file = join(directory, '.kube', 'config');
  options = {
    environment: {},
    homeDirectory: directory,
    platform: process.platform,
    directories: { state: join(directory, 'state') },
    lockLimitMilliseconds: 60_000,
  };
});
afterEach(async () => {
  vi.useRealTimers();
  await rm(directory, { recursive: true });
});

const demo = { name: 'demo', context: 'kind-demo' };
const addition = (clusterName: string, switchContext = false) => ({
  cluster: kubeadmCluster(clusterName),
  adminConf,
  server: 'https://127.0.0.1:41234',
  switchContext,
});
const write = async (path: string, text: string) => {
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, text);
};
const list = (...names: string[]): KubeconfigOptions => ({
  ...options,
  environment: {
    KUBECONFIG: names.map((name) => join(directory, name)).join(process.platform === 'win32' ? ';' : ':'),
  },
});
const modeOf = async (path: string) => (await stat(path)).mode & 0o777;

describe('addToKubeconfig', () => {
  it('makes the file, for its owner only', async () => {
    const added = await addToKubeconfig(options, addition('demo', true), never);
    expect(added).toEqual({ file, context: 'kind-demo', previousContext: undefined });
    expect(await modeOf(file)).toBe(0o600);
    expect(await currentContext(options)).toBe('kind-demo');
    expect(await readdir(join(directory, '.kube'))).toEqual(['config']);
  });

  it('keeps mode and symlink, and backs up what was there', async () => {
    const target = join(directory, 'dotfiles', 'kubeconfig');
    await write(target, '# mine\ncurrent-context: prod\n');
    await chmod(target, 0o640);
    await mkdir(join(directory, '.kube'));
    await symlink('../dotfiles/kubeconfig', file);
    const added = await addToKubeconfig(options, addition('demo', true), never);

    expect(added.previousContext).toBe('prod');
    expect((await lstat(file)).isSymbolicLink()).toBe(true);
    expect(await modeOf(target)).toBe(0o640);
    expect(await readFile(target, 'utf8')).toContain('# mine\ncurrent-context: kind-demo\n');
    const [backup = '', ...more] = await readdir(backupDirectory(options.directories.state));
    expect(more).toEqual([]);
    const copy = join(backupDirectory(options.directories.state), backup);
    expect(await readFile(copy, 'utf8')).toBe('# mine\ncurrent-context: prod\n');
    expect(await modeOf(copy)).toBe(0o600);
  });

  it('makes the file that a dangling symlink means', async () => {
    await mkdir(join(directory, '.kube'));
    await symlink(join(directory, 'elsewhere'), file);
    await addToKubeconfig(options, addition('demo'), never);
    expect((await lstat(file)).isSymbolicLink()).toBe(true);
    expect(await readFile(join(directory, 'elsewhere'), 'utf8')).toContain('name: kind-demo');
  });

  it('writes nothing when all is there', async () => {
    await addToKubeconfig(options, addition('demo', true), never);
    const { mtimeNs, ino } = await stat(file, { bigint: true });
    await addToKubeconfig(options, addition('demo', true), never);
    expect(await stat(file, { bigint: true })).toMatchObject({ mtimeNs, ino });
  });

  it('refuses a foreign entry in any file of the list, and writes nothing', async () => {
    await write(join(directory, 'a'), '');
    await write(join(directory, 'b'), 'users: [{name: kind-demo, user: {token: x}}]');
    const result = addToKubeconfig(list('a', 'b'), addition('demo'), never);
    await expect(result).rejects.toMatchObject({
      code: 'kubeconfig-foreign-entry',
      params: { file: join(directory, 'b') },
    });
    expect(await readFile(join(directory, 'a'), 'utf8')).toBe('');
  });

  it('refuses what is not YAML or not UTF-8, and leaves it as it is', async () => {
    const bytes = Buffer.from([0x23, 0xff, 0x0a]);
    for (const content of [Buffer.from('clusters: [\n'), bytes]) {
      await mkdir(join(directory, '.kube'), { recursive: true });
      await writeFile(file, content);
      await expect(addToKubeconfig(options, addition('demo'), never)).rejects.toMatchObject({
        code: 'kubeconfig-invalid',
      });
      expect(await readFile(file)).toEqual(content);
      expect(await readdir(join(directory, '.kube'))).toEqual(['config']);
    }
  });

  it('refuses a read-only file, whoever runs it', async () => {
    await write(file, 'kind: Config\n');
    await chmod(file, 0o400);
    const result = addToKubeconfig(options, addition('demo'), never);
    await expect(result).rejects.toMatchObject({ code: 'kubeconfig-unwritable', params: { code: 'EACCES' } });
    expect(await readFile(file, 'utf8')).toBe('kind: Config\n');
  });

  it('says so when there can be no file', async () => {
    await write(join(directory, '.kube'), 'a file');
    const result = addToKubeconfig(options, addition('demo'), never);
    await expect(result).rejects.toMatchObject({ code: 'kubeconfig-unwritable', params: { code: 'ENOTDIR' } });
  });

  it('loses nobody when ten add and remove at the same time', async () => {
    await write(file, '# mine\nclusters: []\ncontexts: []\nusers: []\n');
    const names = Array.from({ length: 10 }, (_none, index) => `c${index}`);
    await Promise.all(names.map((name) => addToKubeconfig(options, addition(name), never)));
    const { contexts } = parse(await readFile(file, 'utf8'));
    expect(contexts.map((context: { name: string }) => context.name).sort()).toEqual(
      names.map((name) => `kind-${name}`),
    );
    await Promise.all(names.map((name) => removeFromKubeconfig(options, kubeadmCluster(name), never)));
    expect(await readFile(file, 'utf8')).toBe('# mine\nclusters: []\ncontexts: []\nusers: []\n');
  }, 60_000);

  it('keeps the newest twenty backups', async () => {
    await write(file, '0');
    for (let index = 1; index <= 25; index += 1) await rewriteKubeconfig(options, file, () => String(index), never);
    const folder = backupDirectory(options.directories.state);
    const names = (await readdir(folder)).sort();
    expect(names).toHaveLength(20);
    const contents = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
    expect(new Set(contents)).toEqual(new Set(Array.from({ length: 20 }, (_none, index) => String(index + 5))));
  });

  it('does nothing once it is cancelled', async () => {
    const result = addToKubeconfig(options, addition('demo'), AbortSignal.abort());
    await expect(result).rejects.toMatchObject({ name: 'AbortError' });
    expect(await readdir(directory)).toEqual([]);
  });
});

describe('removeFromKubeconfig', () => {
  it('removes from every file that has it, and touches no other', async () => {
    const [a, b, c] = ['a', 'b', 'c'].map((name) => join(directory, name));
    for (const name of ['a', 'b']) await addToKubeconfig(list(name), addition('demo', true), never);
    await write(c ?? '', 'current-context: other\n');
    await chmod(c ?? '', 0o400);
    expect(await removeFromKubeconfig(list('a', 'missing', 'b', 'c'), kubeadmCluster('demo'), never)).toEqual({
      files: [a, b],
    });
    for (const changed of [a, b]) expect(await readFile(changed ?? '', 'utf8')).not.toContain('kind-demo');
    expect(await currentContext(list('a', 'b', 'c'))).toBe('other');
  });

  it('does the other files when one fails', async () => {
    await write(join(directory, 'broken'), '- kind-demo');
    await addToKubeconfig(list('a'), addition('demo'), never);
    const result = removeFromKubeconfig(list('broken', 'a'), kubeadmCluster('demo'), never);
    await expect(result).rejects.toMatchObject({ code: 'kubeconfig-invalid' });
    expect(await readFile(join(directory, 'a'), 'utf8')).not.toContain('kind-demo');
  });

  it('keeps the current context when another file says that it is a foreign one', async () => {
    await write(join(directory, 'a'), 'current-context: kind-demo\n');
    await write(join(directory, 'b'), 'contexts: [{name: kind-demo, context: {cluster: prod}}]\n');
    expect(await removeFromKubeconfig(list('a', 'b'), kubeadmCluster('demo'), never)).toEqual({ files: [] });
    expect(await currentContext(list('a', 'b'))).toBe('kind-demo');
  });
});

describe('useContext', () => {
  it('writes where kubectl would, so that it wins', async () => {
    await addToKubeconfig(list('b'), addition('demo'), never);
    await write(join(directory, 'a'), '# a\ncurrent-context: other\n');
    const used = await useContext(list('missing', 'a', 'b'), demo, never);
    expect(used).toEqual({ file: join(directory, 'a'), context: 'kind-demo', previousContext: 'other' });
    expect(await readFile(join(directory, 'a'), 'utf8')).toBe('# a\ncurrent-context: kind-demo\n');
    expect(await currentContext(list('missing', 'a', 'b'))).toBe('kind-demo');
  });

  it('knows only contexts that there are', async () => {
    await expect(useContext(options, demo, never)).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('watchKubeconfig', () => {
  /** Waits for the next report of a change while `change` makes one. */
  async function reported(stop: AbortController, change: () => Promise<unknown>): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      watchKubeconfig(options, resolve, stop.signal);
      change().catch(reject);
    });
    stop.abort();
  }

  it('sees a file that is made, in a directory that is made', async () => {
    await reported(new AbortController(), () => write(file, 'a'));
  });

  it('sees a file changed in place, replaced, and removed', async () => {
    await write(file, 'current-context: a\n');
    await reported(new AbortController(), () => writeFile(file, 'current-context: bb\n'));
    await reported(new AbortController(), () => rewriteKubeconfig(options, file, () => 'c', never));
    await reported(new AbortController(), () => rm(file));
  });

  it('sees the target of a symlink change', async () => {
    await write(join(directory, 'dotfiles', 'config'), 'a');
    await mkdir(join(directory, '.kube'));
    await symlink(join(directory, 'dotfiles', 'config'), file);
    await reported(new AbortController(), () => writeFile(join(directory, 'dotfiles', 'config'), 'bb'));
  });

  it('is silent about other files beside it', async () => {
    await write(file, 'a');
    const stop = new AbortController();
    let reports = 0;
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    watchKubeconfig(
      options,
      () => {
        reports += 1;
      },
      stop.signal,
    );
    await writeFile(join(directory, '.kube', 'other'), 'x');
    await timerSet();
    vi.runAllTimers();
    expect(reports).toBe(0);
    await writeFile(file, 'bb');
    await timerSet();
    vi.runAllTimers();
    expect(reports).toBe(1);
    stop.abort();
  });

  it('is silent after it was stopped', async () => {
    await write(file, 'a');
    const stop = new AbortController();
    let reports = 0;
    watchKubeconfig(
      options,
      () => {
        reports += 1;
      },
      stop.signal,
    );
    stop.abort();
    await reported(new AbortController(), () => writeFile(file, 'bb'));
    expect(reports).toBe(0);
  });
});

/** Resolves once a (stopped) timer is running; vi.waitUntil would move the timers on. */
async function timerSet(): Promise<void> {
  while (vi.getTimerCount() === 0) await new Promise((resolve) => setImmediate(resolve));
}
