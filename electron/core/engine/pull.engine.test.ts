// Pulls by a real engine: from a registry of its own, from where nothing answers, cancelled half-way.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import type Docker from 'dockerode';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { putFiles } from './archive';
import type { Engine } from './engine';
import { execOrThrow } from './exec';
import { lookupName, parseImageReference } from './image-reference';
import { readJsonLines } from './json-lines';
import { freePort } from './ports';
import { imageExists, type PullProgress, pullImage } from './pull';
import { createTestContainer, openTestEngine, removeTestContainer, testImage } from './testing';

const registryConfig = `version: 0.1
storage: { filesystem: { rootdirectory: /var/lib/registry } }
http: { addr: ':5000' }
`;

let engine: Engine;
let registry: string;
let reference: string;

beforeAll(async () => {
  engine = await openTestEngine();
  const port = await freePort(engine);
  const container = await createTestContainer(engine, 'registry', {
    Image: 'testbed/registry:2',
    Cmd: ['serve', '/config.yml'],
    ExposedPorts: { '5000/tcp': {} },
    HostConfig: { PortBindings: { '5000/tcp': [{ HostIp: '127.0.0.1', HostPort: String(port) }] } },
  });
  await putFiles(engine, container.id, [{ path: '/config.yml', content: registryConfig }]);
  await container.start();
  await listening(container);
  registry = `127.0.0.1:${port}`;
  reference = `${registry}/team/small:1`;
  await push(reference);
});
afterAll(async () => {
  await forget(reference);
  await removeTestContainer(engine, 'registry');
});

async function push(target: string): Promise<void> {
  const { name, tag = 'latest' } = parseImageReference(target);
  const image = engine.docker.getImage(target);
  await engine.docker.getImage(testImage).tag({ repo: name, tag });
  const stream = await image.push({ tag, authconfig: { username: '', password: '', serveraddress: registry } });
  for await (const _line of readJsonLines(stream as Readable));
}

/** Ends when the registry says that it listens. */
async function listening(container: Docker.Container): Promise<void> {
  const log = await container.logs({ follow: true, stdout: true, stderr: true });
  for await (const chunk of log) if (String(chunk).includes('listening on')) return;
  throw new Error('The registry ended');
}

async function forget(target: string): Promise<void> {
  const image = engine.docker.getImage(lookupName(parseImageReference(target)));
  await image.remove({ force: true }).catch(() => {});
}

test('an image that is there is known by tag and by id', async () => {
  const found = await imageExists(engine, testImage);
  expect(found).toEqual({ id: expect.stringMatching(/^sha256:/) });
  expect(await imageExists(engine, 'testbed/nope:1')).toBeUndefined();
  await expect(imageExists(engine, 'Not An Image')).rejects.toMatchObject({ code: 'bad-input' });
});

describe('from a registry', () => {
  test('by tag, by digest, by both', async () => {
    const { id } = (await imageExists(engine, reference)) ?? {};
    const { RepoDigests } = await engine.docker.getImage(reference).inspect();
    const digest = RepoDigests.find((text) => text.startsWith(registry))?.split('@')[1];
    await forget(reference);
    for (const wanted of [reference, `${registry}/team/small@${digest}`, `${reference}@${digest}`]) {
      expect(await imageExists(engine, wanted)).toBeUndefined();
      const progress: PullProgress[] = [];
      expect(await pullImage(engine, wanted, { onProgress: (item) => progress.push(item) })).toEqual({ id });
      expect(await imageExists(engine, wanted)).toEqual({ id });
      expect(progress.length).toBeGreaterThan(0);
      await forget(wanted);
    }
  });

  test('a tag and a repository that do not exist', async () => {
    for (const missing of [`${registry}/team/small:nope`, `${registry}/team/nope:1`]) {
      await expect(pullImage(engine, missing)).rejects.toMatchObject({
        code: 'image-missing',
        params: { reference: missing },
        hints: expect.arrayContaining([{ text: expect.stringContaining('spelling') }]),
      });
    }
  });

  test('for an architecture that it does not have', async () => {
    await expect(pullImage(engine, reference, { platform: 'linux/s390x' })).rejects.toMatchObject({
      code: 'image-missing',
      message: expect.stringContaining('architecture'),
    });
  });
});

describe('where no registry answers', () => {
  test.each(['registry.invalid/a:1', '127.0.0.1:1/a:1'])('%s', async (unreachable) => {
    await expect(pullImage(engine, unreachable)).rejects.toMatchObject({
      code: 'image-pull-failed',
      message: expect.stringContaining('cannot be reached'),
      detail: expect.any(String),
      hints: expect.arrayContaining([{ text: expect.stringContaining('network') }]),
    });
  });
});

describe('a registry that lets one wait', () => {
  let server: Server;
  let asked: Promise<void>;
  let address: string;

  beforeAll(async () => {
    asked = new Promise((resolve) => {
      server = createServer(() => resolve());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });

  test('can be left at any time', async () => {
    const controller = new AbortController();
    const pulling = pullImage(engine, `${address}/slow:1`, { signal: controller.signal });
    const failed = expect(pulling).rejects.toMatchObject({ code: 'cancelled' });
    await asked;
    controller.abort();
    await failed;
  });
});

test('credentials reach the registry', async () => {
  const seen: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    seen.push(request.headers.authorization);
    response.writeHead(401, { 'www-authenticate': 'Basic realm="test"' }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const auth = Buffer.from(JSON.stringify({ username: 'me', password: 'pass', serveraddress: address }));
  const authorised: Engine = {
    ...engine,
    credentials: {
      authFor: async (host) => (host === address ? auth.toString('base64url') : undefined),
      registries: async () => [address],
      certificatesFor: async () => '',
    },
  };
  const failure = pullImage(authorised, `${address}/private:1`);
  await expect(failure).rejects.toMatchObject({
    hints: expect.arrayContaining([{ text: expect.stringContaining('docker login') }]),
  });
  expect(seen).toContain(`Basic ${Buffer.from('me:pass').toString('base64')}`);
  await new Promise((resolve) => server.close(resolve));
});

test('the image that was pulled runs', async () => {
  await pullImage(engine, reference);
  const container = await createTestContainer(engine, 'pulled', { Image: reference });
  await container.start();
  expect((await execOrThrow(engine, container.id, ['busybox', 'echo', 'hi'])).stdout).toBe('hi\n');
  await removeTestContainer(engine, 'pulled');
});
