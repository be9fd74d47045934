// Registry credentials out of docker's configuration, with helper programs that really run.
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createRegistryCredentials } from './credentials';

let home: string;
let lines: string[];

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'credentials-'));
  lines = [];
});
afterEach(() => rm(home, { recursive: true, force: true }));

async function configure(config: object): Promise<void> {
  await mkdir(join(home, '.docker'), { recursive: true });
  await writeFile(join(home, '.docker/config.json'), JSON.stringify(config));
}

async function install(helper: string, script: string): Promise<void> {
  const path = join(home, 'bin', `docker-credential-${helper}`);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
}

const opened = () =>
  createRegistryCredentials({
    environment: { PATH: `${join(home, 'bin')}:${process.env.PATH}` },
    homeDirectory: home,
    log: (line) => lines.push(line),
  });

async function authFor(registry: string, signal?: AbortSignal): Promise<unknown> {
  const header = await opened().authFor(registry, signal);
  return header && JSON.parse(Buffer.from(header, 'base64url').toString());
}

const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('inline', () => {
  test.each([
    ['docker.io', 'https://index.docker.io/v1/'],
    ['ghcr.io', 'ghcr.io'],
    ['r.example.com:5000', 'https://r.example.com:5000/v2/'],
  ])('for %s under %s', async (registry, key) => {
    await configure({ auths: { [key]: { auth: base64('me:pass:word') } } });
    expect(await authFor(registry)).toEqual({ username: 'me', password: 'pass:word', serveraddress: key });
    expect(await authFor('other.example.com')).toBeUndefined();
  });

  test('an identity token', async () => {
    await configure({ auths: { 'a.io': { auth: base64('00000000-0000:'), identitytoken: 'T' } } });
    expect(await authFor('a.io')).toEqual({ identitytoken: 'T', serveraddress: 'a.io' });
  });

  test('an empty entry is none, as Docker Desktop leaves it beside a helper', async () => {
    await configure({ auths: { 'a.io': {} } });
    expect(await authFor('a.io')).toBeUndefined();
  });

  test('bytes that mean something else in URLs survive', async () => {
    await configure({ auths: { 'a.io': { auth: base64('me:~~~???>>>ÿÿ') } } });
    expect(await authFor('a.io')).toMatchObject({ password: '~~~???>>>ÿÿ' });
  });
});

describe('through a helper', () => {
  const answer = `[ "$1" = get ] && read -r key; printf '{"ServerURL":"%s","Username":"me","Secret":"for %s"}' "$key" "$key"`;

  test('of all registries, which is asked by the key of docker', async () => {
    await install('all', answer);
    await configure({ credsStore: 'all' });
    expect(await authFor('docker.io')).toMatchObject({ username: 'me', password: 'for https://index.docker.io/v1/' });
    expect(await authFor('ghcr.io')).toMatchObject({ password: 'for ghcr.io' });
  });

  test('of one registry wins over that of all', async () => {
    await install('all', 'exit 1');
    await install('one', answer);
    await configure({ credsStore: 'all', credHelpers: { 'ghcr.io': 'one' } });
    expect(await authFor('ghcr.io')).toMatchObject({ username: 'me' });
  });

  test('an identity token', async () => {
    await install('all', `printf '{"ServerURL":"x","Username":"<token>","Secret":"T"}'`);
    await configure({ credsStore: 'all' });
    expect(await authFor('a.io')).toEqual({ identitytoken: 'T', serveraddress: 'a.io' });
  });

  test.each([
    ['that is not installed', undefined],
    ['that has none', 'echo "credentials not found in native keychain"; exit 1'],
    ['that answers nonsense', 'echo secret-nonsense'],
  ])('%s means anonymous, with a line in the log that holds no secret', async (_name, script) => {
    if (script) await install('all', script);
    await configure({ credsStore: 'all' });
    expect(await authFor('a.io')).toBeUndefined();
    expect(lines).toEqual([expect.stringContaining('docker-credential-all gave none')]);
    expect(lines.join()).not.toContain('secret-nonsense');
  });

  test('a helper that fails leaves what is inline', async () => {
    await configure({ credsStore: 'gone', auths: { 'a.io': { auth: base64('me:p') } } });
    expect(await authFor('a.io')).toMatchObject({ username: 'me' });
  });

  test('a name that is a path is not run', async () => {
    await configure({ credsStore: '../../evil' });
    expect(await authFor('a.io')).toBeUndefined();
  });

  test('a helper that waits for its user ends with the abort', async () => {
    await install('all', 'exec sleep 60');
    await configure({ credsStore: 'all' });
    const controller = new AbortController();
    const waiting = authFor('a.io', controller.signal);
    setImmediate(() => controller.abort());
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  });
});

test('no configuration at all is no credentials', async () => {
  expect(await authFor('docker.io')).toBeUndefined();
  expect(lines).toEqual([]);
});

test('the registries that docker knows are those of its file and its helper, each once', async () => {
  await configure({
    credsStore: 'all',
    auths: { 'https://index.docker.io/v1/': {} },
    credHelpers: { 'gcr.io': 'other' },
  });
  await install('all', `echo '{"https://index.docker.io/v1/": "ana", "https://quay.io": "ana"}'`);
  expect(await opened().registries()).toEqual(['docker.io', 'gcr.io', 'quay.io']);
});

test('the certificates that docker trusts for one registry are read, and no keys', async () => {
  const folder = join(home, '.docker/certs.d/r.example.com:5000');
  await mkdir(folder, { recursive: true });
  for (const name of ['a.crt', 'b.crt', 'client.key']) await writeFile(join(folder, name), name);
  expect(await opened().certificatesFor('r.example.com:5000')).toBe('a.crt\nb.crt');
  expect(await opened().certificatesFor('other')).toBe('');
});
