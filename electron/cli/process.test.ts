// The built command as a process: exit codes, signals, one host per user, and that it ends by itself.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa, type Options } from 'execa';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import packageJson from '../../package.json';
import { startInBackground } from '../host/background';
import { findRunningHost } from '../host/running-host';
import { type Built, buildForTest } from './build-for-test';

vi.setConfig({ testTimeout: 30_000 });

const root = join(import.meta.dirname, '..', '..');
let built: Built;
let home: string;
const stateFolder = () => join(home, 'state', 'boathouse');

beforeAll(async () => {
  built = await buildForTest(root, ['cli']);
}, 120_000);

afterAll(() => built.remove());

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'boathouse-home-'));
});

afterEach(() => rm(home, { recursive: true }));

/** A user without an engine, unless told where one is. */
function environment(more: Record<string, string> = {}): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    HOME: home,
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_STATE_HOME: join(home, 'state'),
    XDG_CACHE_HOME: join(home, 'cache'),
    DOCKER_HOST: `unix://${home}/no-engine.sock`,
    ...more,
  };
}

function boathouse(words: string, more: Record<string, string> = {}) {
  const options = { env: environment(more), extendEnv: false, reject: false, timeout: 30_000 } satisfies Options;
  return execa(process.execPath, [join(built.folder, 'boathouse.js'), ...words.split(' ')], options);
}

it('knows its version, and bad usage', async () => {
  expect(await boathouse('--version')).toMatchObject({ exitCode: 0, stdout: packageJson.version, stderr: '' });
  expect(await boathouse('lst')).toMatchObject({ exitCode: 2, stdout: '' });
});

it('asks for no file name that a bundle does not have', async () => {
  const files = await readdir(built.folder, { recursive: true });
  for (const file of files.filter((name) => name.endsWith('.js'))) {
    const code = (await readFile(join(built.folder, file), 'utf8')).replace(/^\s*(\*|\/\/|\/\*).*$/gm, '');
    expect(code, file).not.toMatch(/\b__(filename|dirname)\b/);
  }
});

it('explains that there is no engine, without a stack trace', async () => {
  const plain = await boathouse('list');
  expect([plain.exitCode, plain.stdout]).toEqual([1, '']);
  expect(plain.stderr).toMatch(/^Error: /);
  expect(plain.stderr).toContain('->');
  expect(plain.stderr).not.toMatch(/^\s+at /m);
  const json = await boathouse('list --json');
  expect(json).toMatchObject({ exitCode: 1, stderr: '' });
  expect(JSON.parse(json.stdout)).toMatchObject({ error: { code: 'engine-unreachable' } });
});

describe('with an engine that never answers', () => {
  let silent: Server;
  const sockets: Socket[] = [];
  let asked: Promise<void>;

  beforeEach(async () => {
    silent = createServer();
    sockets.length = 0;
    silent.on('connection', (socket) => sockets.push(socket));
    asked = new Promise((resolve) => silent.once('connection', () => resolve()));
    await new Promise<void>((resolve) => silent.listen(join(home, 'silent.sock'), resolve));
  });

  afterEach(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => silent.close(resolve));
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('leaves at %s', async (signal) => {
    const child = boathouse('list', { DOCKER_HOST: `unix://${home}/silent.sock` });
    await asked;
    child.kill(signal);
    expect(await child).toMatchObject({ exitCode: 130, stdout: '', stderr: 'Cancelled' });
  });
});

describe('serve', () => {
  /** Starts `boathouse serve`; gives the address that it prints. */
  async function served(words = 'serve') {
    const child = boathouse(words);
    const address = await new Promise<string>((resolve, reject) => {
      let printed = '';
      child.stdout.on('data', (part: Buffer) => {
        printed += part.toString();
        const found = /(http:\S+)\n/.exec(printed)?.[1];
        if (found) resolve(found);
      });
      void child.then((ended) => reject(new Error(`no address: ${ended.stderr}`)));
    });
    return { child, address };
  }

  it('prints one address, the same for whoever asks again, and ends well', async () => {
    const { child, address } = await served();
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}$/);
    const again = await boathouse('serve --json');
    expect(JSON.parse(again.stdout)).toMatchObject({ address, pid: child.pid, started: false });
    const other = await boathouse('serve --port 7399');
    expect(other.exitCode).toBe(1);
    expect(other.stderr).toContain('boathouse serve --stop');
    child.kill('SIGINT');
    expect(await child).toMatchObject({ exitCode: 0 });
    await expect(readFile(join(stateFolder(), 'host.json'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('begins at the file that is opened, and refuses what is none', async () => {
    const file = join(home, 'class.boathouse');
    await writeFile(file, 'kind: ClusterTemplate\n');
    const { child, address } = await served(`open ${file}`);
    const place = `/templates/import?file=${encodeURIComponent(file)}`;
    expect(new URLSearchParams(new URL(address).hash.slice(1)).get('show')).toBe(place);
    child.kill('SIGINT');
    await child;
    expect(await boathouse(`open ${home}/gone.boathouse`)).toMatchObject({ exitCode: 2, stdout: '' });
  });

  /** The process that has the core; the one that was started keeps it alive. */
  const coreOf = async (pid: number | undefined) =>
    Number((await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).trim().split(' ')[0]);

  it('is there again when its core dies: the same address, the same sessions', async () => {
    const { child, address } = await served();
    const { origin, hash } = new URL(address);
    const token = new URLSearchParams(hash.slice(1)).get('token');
    const entry = await fetch(`${origin}/session`, {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    });
    const cookie = entry.headers.get('set-cookie')?.split(';')[0] ?? '';
    const status = async () =>
      (await fetch(`${origin}/session`, { headers: { cookie } }).catch(() => undefined))?.status;
    expect(await status()).toBe(204);
    const core = await coreOf(child.pid);
    process.kill(core, 'SIGKILL');
    await vi.waitFor(async () => expect(await coreOf(child.pid)).not.toBe(core), { timeout: 20_000 });
    await vi.waitFor(async () => expect(await status()).toBe(204), { timeout: 20_000 });
    expect(JSON.parse((await boathouse('serve --json')).stdout)).toMatchObject({ address, started: false });
    child.kill('SIGINT');
    const { exitCode, stderr } = await child;
    expect(exitCode).toBe(0);
    expect(stderr).toContain('The core ended by itself (signal SIGKILL); it is started again.');
    expect(await status()).toBeUndefined();
  });

  it('leaves no core behind when it is killed', async () => {
    const { child } = await served();
    const core = await coreOf(child.pid);
    child.kill('SIGKILL');
    await child;
    await vi.waitFor(() => expect(() => process.kill(core, 0)).toThrow('ESRCH'), { timeout: 20_000 });
  });

  it('is ended by --stop', async () => {
    const { child } = await served();
    expect(await boathouse('serve --stop')).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('no longer'),
    });
    expect(await child).toMatchObject({ exitCode: 0 });
    expect((await boathouse('serve --stop')).stdout).toContain('not served');
  });

  it('goes on in the background, its token in no log', async () => {
    const script = join(built.folder, 'boathouse.js');
    onTestFinished(() => void vi.unstubAllEnvs());
    for (const [name, value] of Object.entries(environment())) vi.stubEnv(name, value);
    const running = await startInBackground(script, stateFolder(), new AbortController().signal);
    expect(await findRunningHost(stateFolder())).toEqual(running);
    expect(running.version).toBe(packageJson.version);
    expect(await readFile(join(stateFolder(), 'host.log'), 'utf8')).not.toContain(running.token);
    expect(await boathouse('serve --stop')).toMatchObject({ exitCode: 0 });
    expect(await findRunningHost(stateFolder())).toBeUndefined();
  });
});
