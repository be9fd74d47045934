// Files into and out of real containers, running and not.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { getFile, putFiles } from './archive';
import type { Engine } from './engine';
import { execOrThrow } from './exec';
import { createTestContainer, openTestEngine, removeTestContainer } from './testing';

let engine: Engine;
let id: string;

beforeAll(async () => {
  engine = await openTestEngine();
  id = (await createTestContainer(engine, 'archive', { Volumes: { '/var': {} } })).id;
});
afterAll(() => removeTestContainer(engine, 'archive'));

test('files are there when the container starts, with their modes, in a volume too', async () => {
  const binary = Buffer.from([0, 255, 10, 13, 200]);
  const long = `/etc/${'deep/'.repeat(40)}${'x'.repeat(120)}`;
  await putFiles(engine, id, [
    { path: '/kind/kubeadm.conf', content: 'apiVersion: v1\n', mode: 0o600 },
    { path: '/kind/bin/run', content: '#!/bin/sh\necho ran\n', mode: 0o755 },
    { path: '/var/lib/data', content: binary },
    { path: '/etc/ünïcode', content: 'é' },
    { path: long, content: 'long' },
  ]);
  expect(await getFile(engine, id, '/var/lib/data')).toEqual(binary);

  await engine.docker.getContainer(id).start();
  const mode = async (path: string) =>
    (await execOrThrow(engine, id, ['busybox', 'stat', '-c', '%a %u:%g', path])).stdout.trim();
  expect(await mode('/kind/kubeadm.conf')).toBe('600 0:0');
  expect(await mode('/kind')).toBe('755 0:0');
  expect(await mode('/var/lib/data')).toBe('644 0:0');
  expect((await execOrThrow(engine, id, ['/kind/bin/run'])).stdout).toBe('ran\n');
  expect((await getFile(engine, id, '/etc/ünïcode'))?.toString()).toBe('é');
  expect((await getFile(engine, id, long))?.toString()).toBe('long');
});

describe('in a running container', () => {
  test('directories that exist keep their mode, files are replaced', async () => {
    await execOrThrow(engine, id, ['sh', '-c', 'busybox mkdir -m 700 /private; echo old > /private/file']);
    await putFiles(engine, id, [{ path: '/private/file', content: 'new' }]);
    expect((await execOrThrow(engine, id, ['busybox', 'stat', '-c', '%a', '/private'])).stdout).toBe('700\n');
    expect((await getFile(engine, id, '/private/file'))?.toString()).toBe('new');
  });

  test('a link to a directory stays one', async () => {
    await execOrThrow(engine, id, ['sh', '-c', 'busybox mkdir /real; busybox ln -s /real /alias']);
    await putFiles(engine, id, [{ path: '/alias/file', content: 'x' }]);
    expect((await getFile(engine, id, '/real/file'))?.toString()).toBe('x');
  });

  test('a megabyte comes back whole, an empty file empty', async () => {
    const content = Buffer.alloc(1024 * 1024, 'abc');
    await putFiles(engine, id, [
      { path: '/big', content },
      { path: '/empty', content: '' },
    ]);
    expect((await getFile(engine, id, '/big'))?.equals(content)).toBe(true);
    expect(await getFile(engine, id, '/empty')).toEqual(Buffer.alloc(0));
  });
});

describe('what is not there', () => {
  test('a file is undefined', async () => {
    expect(await getFile(engine, id, '/nope')).toBeUndefined();
    expect(await getFile(engine, id, '/nope/deeper')).toBeUndefined();
  });

  test('a container is an error', async () => {
    await expect(getFile(engine, 'bh-engine-test-nobody', '/x')).rejects.toMatchObject({ code: 'not-found' });
    await expect(putFiles(engine, 'bh-engine-test-nobody', [{ path: '/x', content: '' }])).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  test('a directory is no file', async () => {
    await expect(getFile(engine, id, '/bin')).rejects.toMatchObject({ code: 'bad-input' });
  });

  test('a path that is not absolute is refused', async () => {
    await expect(putFiles(engine, id, [{ path: 'x', content: '' }])).rejects.toMatchObject({ code: 'bad-input' });
  });

  test('no files are no request', async () => {
    await putFiles(engine, 'bh-engine-test-nobody', []);
  });

  test('an abort is a cancel', async () => {
    await expect(getFile(engine, id, '/big', AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
  });
});
