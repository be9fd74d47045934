// The order in which an engine's address is looked for, over real directories.
import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { Agent as HttpsAgent } from 'node:https';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nodeFiles } from './docker-config';
import { type EndpointRequest, platformSockets, resolveEndpoint } from './endpoint';

let home: string;
const servers: Server[] = [];

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'endpoint-'));
});

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
  await rm(home, { recursive: true, force: true });
});

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(home, path)), { recursive: true });
  await writeFile(join(home, path), text);
}

async function listen(path: string): Promise<string> {
  await mkdir(dirname(join(home, path)), { recursive: true });
  const server = createServer();
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(join(home, path), resolve));
  return join(home, path);
}

/** A socket file that nobody listens on any more, as a crashed engine leaves it. */
async function leaveStaleSocket(path: string): Promise<string> {
  const { spawnSync } = await import('node:child_process');
  await mkdir(dirname(join(home, path)), { recursive: true });
  const script = `require('node:net').createServer().listen(${JSON.stringify(join(home, path))}, () => process.kill(process.pid, 'SIGKILL'))`;
  spawnSync(process.execPath, ['-e', script]);
  return join(home, path);
}

async function storeContext(name: string, endpoint: object, tls: Record<string, string> = {}): Promise<void> {
  const hash = createHash('sha256').update(name).digest('hex');
  await write(
    `.docker/contexts/meta/${hash}/meta.json`,
    JSON.stringify({ Name: name, Metadata: {}, Endpoints: { docker: endpoint } }),
  );
  for (const [file, text] of Object.entries(tls)) await write(`.docker/contexts/tls/${hash}/docker/${file}.pem`, text);
}

function resolve(request: Partial<EndpointRequest> = {}) {
  return resolveEndpoint({
    setting: undefined,
    environment: {},
    homeDirectory: home,
    platform: 'linux',
    ...request,
    // No engine of this machine may decide a test.
    files: {
      ...nodeFiles,
      probeSocket: async (path) => (path.startsWith(home) ? nodeFiles.probeSocket(path) : 'missing'),
      ...request.files,
    },
  });
}

describe('which address wins', () => {
  beforeEach(async () => {
    await write('.docker/config.json', JSON.stringify({ currentContext: 'colima' }));
    await storeContext('colima', { Host: 'unix:///colima.sock' });
    await storeContext('lab', { Host: 'tcp://lab:2375' });
  });
  const environment = { DOCKER_HOST: 'unix:///env.sock', DOCKER_CONTEXT: 'lab' };

  test('the setting wins over everything', async () => {
    const { endpoint, connection } = await resolve({ setting: ' unix:///set.sock ', environment });
    expect(endpoint).toEqual({ host: 'unix:///set.sock', source: 'setting' });
    expect(connection).toMatchObject({ socketPath: '/set.sock', protocol: 'http' });
  });

  test('DOCKER_HOST wins over contexts', async () => {
    expect((await resolve({ setting: '', environment })).endpoint).toEqual({
      host: 'unix:///env.sock',
      source: 'DOCKER_HOST',
    });
  });

  test('DOCKER_CONTEXT wins over the current context', async () => {
    const { endpoint, connection } = await resolve({ environment: { DOCKER_HOST: '', DOCKER_CONTEXT: 'lab' } });
    expect(endpoint).toEqual({ host: 'tcp://lab:2375', source: 'DOCKER_CONTEXT', context: 'lab' });
    expect(connection).toMatchObject({ host: 'lab', port: 2375, protocol: 'http' });
  });

  test('the current context wins over sockets', async () => {
    await listen('.docker/run/docker.sock');
    expect((await resolve()).endpoint).toEqual({ host: 'unix:///colima.sock', source: 'context', context: 'colima' });
  });

  test('the context "default" means the sockets', async () => {
    const socket = await listen('.docker/run/docker.sock');
    expect((await resolve({ environment: { DOCKER_CONTEXT: 'default' } })).endpoint).toEqual({
      host: `unix://${socket}`,
      source: 'socket',
    });
  });

  test("docker's directory can be elsewhere", async () => {
    await write('elsewhere/config.json', '{}');
    const { endpoint } = await resolve({ environment: { DOCKER_CONFIG: join(home, 'elsewhere') } });
    expect(endpoint.source).toBe('socket');
  });
});

describe('sockets of the platform', () => {
  test('one that answers wins over a stale one that is usual', async () => {
    await leaveStaleSocket('.docker/desktop/docker.sock');
    const live = await listen('.rd/docker.sock');
    const { endpoint, sockets } = await resolve();
    expect(endpoint.host).toBe(`unix://${live}`);
    expect(sockets).toContain(join(home, '.docker/desktop/docker.sock'));
  });

  test('a stale one wins over none', async () => {
    const stale = await leaveStaleSocket('.colima/default/docker.sock');
    expect((await resolve()).endpoint.host).toBe(`unix://${stale}`);
  });

  test('with none at all it is the usual place', async () => {
    expect((await resolve()).endpoint).toEqual({ host: 'unix:///var/run/docker.sock', source: 'socket' });
    expect((await resolve({ platform: 'win32' })).endpoint.host).toBe('npipe:////./pipe/docker_engine');
    expect((await resolve({ platform: 'win32' })).connection.socketPath).toBe('//./pipe/docker_engine');
  });

  test('rootless and Colima directories come from the environment', () => {
    const environment = { XDG_RUNTIME_DIR: '/run/user/1000', COLIMA_HOME: '/c' };
    const linux = platformSockets({ environment, homeDirectory: '/home/u', platform: 'linux' });
    expect(linux).toContain('/run/user/1000/docker.sock');
    expect(linux).toContain('/c/default/docker.sock');
    expect(platformSockets({ environment: {}, homeDirectory: '/Users/u', platform: 'darwin' })).toContain(
      '/Users/u/.orbstack/run/docker.sock',
    );
  });
});

describe('TLS', () => {
  const material = { ca: 'CA', cert: 'CERT', key: 'KEY' };

  test('of a context', async () => {
    await storeContext('lab', { Host: 'tcp://lab:2376', SkipTLSVerify: false }, material);
    const { connection } = await resolve({ environment: { DOCKER_CONTEXT: 'lab' } });
    expect(connection).toMatchObject({ host: 'lab', port: 2376, protocol: 'https' });
    expect((connection.agent as HttpsAgent).options).toMatchObject({ ...material, rejectUnauthorized: true });
  });

  test('without verification', async () => {
    await storeContext('lab', { Host: 'tcp://lab:2376', SkipTLSVerify: true });
    const { connection } = await resolve({ environment: { DOCKER_CONTEXT: 'lab' } });
    expect(connection.protocol).toBe('https');
    expect((connection.agent as HttpsAgent).options.rejectUnauthorized).toBe(false);
  });

  test('of the environment, from DOCKER_CERT_PATH or the directory of docker', async () => {
    for (const [file, text] of Object.entries(material)) await write(`certs/${file}.pem`, text);
    const environment = {
      DOCKER_HOST: 'tcp://lab',
      DOCKER_TLS_VERIFY: '1',
      DOCKER_CERT_PATH: join(home, 'certs'),
    };
    const { connection } = await resolve({ environment });
    expect(connection).toMatchObject({ port: 2376, protocol: 'https' });
    expect((connection.agent as HttpsAgent).options).toMatchObject(material);
  });

  test('port 2376 with material needs no variable; without material it is plain', async () => {
    const environment = { DOCKER_HOST: 'tcp://lab:2376' };
    expect((await resolve({ environment })).connection.protocol).toBe('http');
    await write('.docker/ca.pem', 'CA');
    expect((await resolve({ environment })).connection.protocol).toBe('https');
  });

  test('never for a socket', async () => {
    const environment = { DOCKER_HOST: 'unix:///a.sock', DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: '/nowhere' };
    expect((await resolve({ environment })).connection.protocol).toBe('http');
  });
});

describe('what is wrong is said', () => {
  test('a context that does not exist', async () => {
    await expect(resolve({ environment: { DOCKER_CONTEXT: 'gone' } })).rejects.toMatchObject({
      code: 'bad-input',
      message: 'Docker has no context "gone"',
      hints: [{ text: expect.stringContaining('docker context ls') }],
    });
  });

  test('a context for something else than docker', async () => {
    const hash = createHash('sha256').update('aci').digest('hex');
    await write(`.docker/contexts/meta/${hash}/meta.json`, '{"Name":"aci","Endpoints":{}}');
    await expect(resolve({ environment: { DOCKER_CONTEXT: 'aci' } })).rejects.toMatchObject({ code: 'bad-input' });
  });

  test('a certificate without its key', async () => {
    await storeContext('lab', { Host: 'tcp://lab:2376' }, { ca: 'CA', cert: 'CERT' });
    await expect(resolve({ environment: { DOCKER_CONTEXT: 'lab' } })).rejects.toMatchObject({
      code: 'bad-input',
      hints: [{ text: expect.stringContaining('key.pem') }],
    });
  });

  test('TLS material that is a directory', async () => {
    await storeContext('lab', { Host: 'tcp://lab:2376' });
    const hash = createHash('sha256').update('lab').digest('hex');
    await mkdir(join(home, `.docker/contexts/tls/${hash}/docker/ca.pem`), { recursive: true });
    await expect(resolve({ environment: { DOCKER_CONTEXT: 'lab' } })).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('ca.pem cannot be read'),
    });
  });

  test.skipIf(process.getuid?.() === 0)('TLS material that may not be read (skipped as root, who may)', async () => {
    await storeContext('lab', { Host: 'tcp://lab:2376' }, { ca: 'CA' });
    const hash = createHash('sha256').update('lab').digest('hex');
    await chmod(join(home, `.docker/contexts/tls/${hash}/docker/ca.pem`), 0);
    await expect(resolve({ environment: { DOCKER_CONTEXT: 'lab' } })).rejects.toMatchObject({ code: 'bad-input' });
  });

  test.each(['{', '[]', '{"currentContext": 1}'])('a config.json that holds %s', async (text) => {
    await write('.docker/config.json', text);
    await expect(resolve()).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('config.json'),
    });
  });

  test('an empty config.json is none', async () => {
    await write('.docker/config.json', '');
    expect((await resolve()).endpoint.source).toBe('socket');
  });

  test('a malformed address names where it stands', async () => {
    await expect(resolve({ environment: { DOCKER_HOST: 'http+unix:/x' } })).rejects.toMatchObject({
      code: 'bad-input',
      hints: [{ text: expect.stringContaining('DOCKER_HOST') }],
    });
  });
});
