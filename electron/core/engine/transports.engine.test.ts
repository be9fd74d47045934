// The other ways to an engine, with real programs on both ends: TCP, TLS with its failures, ssh.

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { unreachable } from './connection-failure';
import { resolveEndpoint } from './endpoint';
import { type Engine, openEngine } from './engine';
import { execInContainer } from './exec';
import {
  createTestContainer,
  openTestEngine,
  removeTestContainer,
  testEndpoint,
  type Wire,
  wireToEngine,
} from './testing';

let home: string;
let id: string;
const wires: Wire[] = [];

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'transports-'));
  const container = await createTestContainer(await openTestEngine(), 'transports');
  await container.start();
  id = container.id;
});
afterEach(async () => {
  await Promise.all(wires.splice(0).map((wire) => wire.close()));
});
afterAll(async () => {
  await removeTestContainer(await openTestEngine(), 'transports');
  await rm(home, { recursive: true, force: true });
});

async function open(environment: Record<string, string>): Promise<Engine> {
  const request = { setting: undefined, environment, homeDirectory: home, platform: process.platform };
  const { endpoint, connection } = await resolveEndpoint(request);
  return openEngine(endpoint, connection, AbortSignal.timeout(20_000));
}

async function listen(host: string, tls?: Parameters<typeof wireToEngine>[1]): Promise<number> {
  const wire = await wireToEngine({ host, port: 0 }, tls);
  wires.push(wire);
  return (wire.server.address() as AddressInfo).port;
}

/** Calls of all kinds: plain, streamed, hijacked with the end of the input. */
async function exercise(engine: Engine): Promise<void> {
  expect((await engine.docker.getContainer(id).inspect()).Id).toBe(id);
  const results = await Promise.all(
    [1, 2, 3].map((run) => execInContainer(engine, id, ['busybox', 'cat'], { stdin: `run ${run} `.repeat(10_000) })),
  );
  for (const [index, { exitCode, stdout }] of results.entries()) {
    expect(exitCode).toBe(0);
    expect(stdout).toBe(`run ${index + 1} `.repeat(10_000));
  }
}

test('TCP', async () => {
  const port = await listen('127.0.0.1');
  await exercise(await open({ DOCKER_HOST: `tcp://127.0.0.1:${port}` }));
});

test('TCP over IPv6', async (context) => {
  const port = await listen('::1').catch(() => undefined);
  if (port === undefined) return context.skip('this machine has no IPv6 loopback');
  await exercise(await open({ DOCKER_HOST: `tcp://[::1]:${port}` }));
});

test("the process's own DOCKER_HOST does not leak into a connection that was resolved", async () => {
  const port = await listen('127.0.0.1');
  const before = process.env.DOCKER_HOST;
  try {
    for (const misleading of ['tcp://192.0.2.1:1', ':::malformed', 'ssh://nobody@192.0.2.1']) {
      process.env.DOCKER_HOST = misleading;
      const engine = await open({ DOCKER_HOST: `tcp://127.0.0.1:${port}` });
      expect((await engine.docker.getContainer(id).inspect()).Id).toBe(id);
      expect(process.env.DOCKER_HOST).toBe(misleading);
    }
  } finally {
    if (before === undefined) delete process.env.DOCKER_HOST;
    else process.env.DOCKER_HOST = before;
  }
});

describe('TLS', () => {
  interface Identity {
    cert: string;
    key: string;
  }
  let ca: Identity;
  let server: Identity;
  let client: Identity;
  let port: number;

  /** A key and its certificate, signed by `issuer` or by itself. */
  async function issue(name: string, issuer: string | undefined, extension: string): Promise<Identity> {
    const file = (kind: string) => join(home, `${name}.${kind}`);
    const openssl = (words: string[]) => promisify(execFile)('openssl', words);
    const signing = issuer ? ['-CA', join(home, `${issuer}.crt`), '-CAkey', join(home, `${issuer}.key`)] : [];
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', file('key')];
    await openssl([
      'req',
      '-x509',
      ...key,
      '-subj',
      `/CN=${name}`,
      '-days',
      '1',
      '-addext',
      extension,
      ...signing,
      '-out',
      file('crt'),
    ]);
    return { cert: await readFile(file('crt'), 'utf8'), key: await readFile(file('key'), 'utf8') };
  }

  beforeAll(async () => {
    ca = await issue('ca', undefined, 'keyUsage=keyCertSign,digitalSignature');
    server = await issue('engine', 'ca', 'subjectAltName=DNS:localhost');
    client = await issue('client', 'ca', 'extendedKeyUsage=clientAuth');
  });

  async function storeContext(name: string, extras: object, material: Record<string, string>): Promise<string> {
    port = await listen('127.0.0.1', { ...server, ca: ca.cert, requestCert: true, rejectUnauthorized: true });
    const hash = createHash('sha256').update(name).digest('hex');
    const meta = join(home, '.docker/contexts/meta', hash);
    const tls = join(home, '.docker/contexts/tls', hash, 'docker');
    await mkdir(meta, { recursive: true });
    await mkdir(tls, { recursive: true });
    const docker = { Host: `tcp://localhost:${port}`, ...extras };
    await writeFile(join(meta, 'meta.json'), JSON.stringify({ Name: name, Endpoints: { docker } }));
    for (const [file, pem] of Object.entries(material)) await writeFile(join(tls, `${file}.pem`), pem);
    return name;
  }

  test('with both sides verified, from a context', async () => {
    const name = await storeContext('secure', {}, { ca: ca.cert, ...client });
    await exercise(await open({ DOCKER_CONTEXT: name }));
  });

  test('without verification', async () => {
    const name = await storeContext('careless', { SkipTLSVerify: true }, { ...client });
    await exercise(await open({ DOCKER_CONTEXT: name }));
  });

  test.each([
    ['an unknown authority', {}, () => ({ ca: client.cert, ...client })],
    ['a name that is not in the certificate', { Host: '' }, () => ({ ca: ca.cert, ...client })],
    ['a client without a certificate', {}, () => ({ ca: ca.cert })],
  ])('%s is explained', async (title, extras, material) => {
    const name = await storeContext(title, extras, material());
    if ('Host' in extras) await storeContext(title, { Host: `tcp://127.0.0.1:${port}` }, material());
    const error = await open({ DOCKER_CONTEXT: name }).catch((thrown: unknown) => thrown);
    const failure = unreachable(error, { host: `tcp://localhost:${port}`, source: 'context', context: name });
    expect(failure).toMatchObject({
      code: 'engine-unreachable',
      message: expect.stringContaining('secure connection'),
      hints: [{ text: expect.stringContaining('certificates') }, { text: expect.stringContaining(name) }],
    });
  });
});

describe('ssh', () => {
  const path = process.env.PATH;
  let hasDocker: boolean;

  beforeAll(async () => {
    hasDocker = await promisify(execFile)('docker', ['--version']).then(
      () => true,
      () => false,
    );
    process.env.PATH = `${join(home, 'bin')}:${path}`;
  });
  afterAll(() => {
    process.env.PATH = path;
  });

  /** Stands in for the other side: it takes the arguments that ssh takes, and runs the command here. */
  async function installSsh(script: string): Promise<void> {
    await mkdir(join(home, 'bin'), { recursive: true });
    await writeFile(join(home, 'bin/ssh'), `#!/bin/sh\n${script}\n`);
    await chmod(join(home, 'bin/ssh'), 0o755);
  }

  test('runs docker on the other side, input half-closed too', async (context) => {
    if (!hasDocker) return context.skip('the docker program is not here');
    await installSsh(`while [ "$1" != -- ]; do shift; done; shift 2; DOCKER_HOST=${testEndpoint} exec "$@"`);
    const engine = await open({ DOCKER_HOST: 'ssh://me@lab' });
    await exercise(engine);
    expect(engine.endpoint).toEqual({ host: 'ssh://me@lab', source: 'DOCKER_HOST' });
  });

  test('what ssh says is in the explanation', async () => {
    await installSsh('echo "me@lab: Permission denied (publickey)." >&2; exit 255');
    const error = await open({ DOCKER_HOST: 'ssh://me@lab' }).catch((thrown: unknown) => thrown);
    expect(unreachable(error, { host: 'ssh://me@lab', source: 'DOCKER_HOST' })).toMatchObject({
      code: 'engine-unreachable',
      message: expect.stringContaining('over ssh'),
      detail: expect.stringContaining('Permission denied (publickey)'),
    });
  });

  test('without the program ssh that is said', async () => {
    process.env.PATH = join(home, 'nothing');
    const error = await open({ DOCKER_HOST: 'ssh://me@lab' }).catch((thrown: unknown) => thrown);
    expect(unreachable(error, { host: 'ssh://me@lab', source: 'DOCKER_HOST' }).detail).toContain('ssh');
    process.env.PATH = `${join(home, 'bin')}:${path}`;
  });
});
