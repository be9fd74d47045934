// The built command on a real engine: a cluster from create to delete, in JSON and in words, and a create that is cancelled.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa, type Options } from 'execa';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testEndpoint } from '../core/engine/testing';
import { type Built, buildForTest } from './build-for-test';

const image = process.env.BOATHOUSE_TEST_NODE_IMAGE ?? 'testbed/node:v1.20.2';
const kubectl = process.env.BOATHOUSE_TEST_KUBECTL ?? 'kubectl';
const name = `bh-cli-${process.pid}`;
const doomed = `bh-cli-cancel-${process.pid}`;
let built: Built;
let home: string;
let environment: Record<string, string>;

beforeAll(async () => {
  built = await buildForTest(join(import.meta.dirname, '..', '..'), ['cli']);
  home = await mkdtemp(join(tmpdir(), 'boathouse-cli-'));
  environment = {
    PATH: process.env.PATH ?? '',
    HOME: home,
    KUBECONFIG: join(home, 'kubeconfig'),
    DOCKER_HOST: testEndpoint,
  };
});

afterAll(async () => {
  for (const left of [name, doomed]) await boathouse(`delete ${left} --yes`);
  await rm(home, { recursive: true });
  await built.remove();
});

function boathouse(words: string) {
  const options = { env: environment, extendEnv: false, reject: false } satisfies Options;
  return execa(process.execPath, [join(built.folder, 'boathouse.js'), ...words.split(' ')], options);
}

async function docker(...words: string[]): Promise<string> {
  return (await execa('docker', ['--host', testEndpoint, ...words])).stdout;
}

function documents(text: string): Record<string, unknown>[] {
  return text.split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
}

it('makes a cluster, telling programs each step and the result', async () => {
  const made = await boathouse(`create ${name} --image ${image} --json`);
  expect(made.stderr).toBe('');
  expect(made.exitCode).toBe(0);
  const lines = documents(made.stdout);
  expect(lines[0]).toMatchObject({ type: 'operation', kind: 'create', subject: name });
  const ended = lines.filter((line) => (line.step as { state?: string } | undefined)?.state === 'done');
  expect(ended.length).toBeGreaterThan(5);
  expect(lines.at(-1)).toMatchObject({ type: 'result', ok: true, cluster: { name, state: 'running', current: true } });
});

it('shows it', async () => {
  const [list] = documents((await boathouse('list --json')).stdout);
  expect(list?.clusters).toContainEqual(expect.objectContaining({ name, madeBy: 'boathouse' }));
  const status = await boathouse(`status ${name}`);
  expect(status.stdout).toMatch(new RegExp(`${name}-control-plane +control-plane +running, Ready`));
});

it('refuses to make it again', async () => {
  const again = await boathouse(`create ${name} --image ${image}`);
  expect(again.exitCode).toBe(1);
  expect(again.stderr).toContain('->');
});

it('prints a kubeconfig with which kubectl reaches it', async () => {
  const { stdout } = await boathouse(`kubeconfig ${name}`);
  await writeFile(join(home, 'alone'), stdout);
  const nodes = await execa(kubectl, ['--kubeconfig', join(home, 'alone'), 'get', 'nodes', '--no-headers']);
  expect(nodes.stdout).toMatch(new RegExp(`^${name}-control-plane +Ready`));
});

it('stops and starts it', async () => {
  expect(await boathouse(`stop ${name}`)).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('is stopped') });
  expect(documents((await boathouse(`status ${name} --json`)).stdout)[0]).toMatchObject({ state: 'stopped' });
  const started = await boathouse(`start ${name}`);
  expect(started.exitCode).toBe(0);
  expect(started.stdout).toContain('runs again after');
});

it('deletes it with everything that it added', async () => {
  expect(await boathouse(`delete ${name}`)).toMatchObject({ exitCode: 0 });
  expect(await docker('ps', '-aq', '--filter', `name=${name}`)).toBe('');
  expect(await docker('network', 'ls', '-q', '--filter', `name=${name}`)).toBe('');
  expect(await readFile(join(home, 'kubeconfig'), 'utf8')).not.toContain(name);
});

it('undoes a create at Ctrl-C and leaves nothing behind', async () => {
  const child = boathouse(`create ${doomed} --image ${image} --json`);
  await new Promise<void>((resolve) => {
    let printed = '';
    child.stdout.on('data', (part: Buffer) => {
      printed += part.toString();
      if (/"kind":"node-boot"[^\n]*"state":"running"/.test(printed)) resolve();
    });
    void child.then(() => resolve());
  });
  child.kill('SIGINT');
  const cancelled = await child;
  expect(cancelled.exitCode).toBe(130);
  expect(documents(cancelled.stdout).at(-1)).toMatchObject({ type: 'result', ok: false, error: { code: 'cancelled' } });
  expect(await docker('ps', '-aq', '--filter', `name=${doomed}`)).toBe('');
  expect(await docker('network', 'ls', '-q', '--filter', `name=${doomed}`)).toBe('');
  expect(await docker('volume', 'ls', '-q', '--filter', `name=${doomed}`)).toBe('');
});
