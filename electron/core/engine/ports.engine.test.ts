// Host ports on a real engine: claims of running and stopped containers, and who is told.
import { createServer } from 'node:net';
import { afterEach, beforeAll, expect, test } from 'vitest';
import type { Engine } from './engine';
import { engineFailure } from './failures';
import { canListen, claimedPorts, freePort, namePortOwner, whoUsesPort } from './ports';
import { createTestContainer, openTestEngine, removeTestContainer } from './testing';

let engine: Engine;
beforeAll(async () => {
  engine = await openTestEngine();
});
afterEach(async () => {
  for (const purpose of ['port', 'port-other']) await removeTestContainer(engine, purpose);
});

const claiming = (purpose: string, port: number, labels: Record<string, string> = {}) =>
  createTestContainer(engine, purpose, {
    Labels: labels,
    ExposedPorts: { '6443/tcp': {} },
    HostConfig: { PortBindings: { '6443/tcp': [{ HostIp: '127.0.0.1', HostPort: String(port) }] } },
  });

test('a port is claimed before, while and after its container runs', async () => {
  const port = await freePort(engine);
  expect(await whoUsesPort(engine, port)).toBeUndefined();
  const container = await claiming('port', port, { 'k3d.cluster': 'bh-engine-shop' });
  const claim = { port, container: 'bh-engine-test-port', containerId: container.id, cluster: 'bh-engine-shop' };
  expect(await whoUsesPort(engine, port)).toEqual({ ...claim, running: false });
  await container.start();
  expect(await whoUsesPort(engine, port)).toEqual({ ...claim, running: true });
  await container.kill();
  await container.wait();
  expect(await whoUsesPort(engine, port)).toEqual({ ...claim, running: false });
});

test('free ports are free, all different, and none that systems hand out', async () => {
  const claimed = (await claimedPorts(engine)).map(({ port }) => port);
  const ports = await Promise.all(Array.from({ length: 20 }, () => freePort(engine)));
  expect(new Set(ports).size).toBe(20);
  for (const port of ports) {
    expect(port).toBeLessThan(30_000);
    expect(claimed).not.toContain(port);
    expect(await canListen(port)).toBe(true);
  }
});

test('a port on which somebody listens is not free', async () => {
  const port = await freePort(engine);
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  expect(await canListen(port)).toBe(false);
  await new Promise((resolve) => server.close(resolve));
});

test('who has the port is said: a cluster, a container, another program', async () => {
  const port = await freePort(engine);
  const loser = await claiming('port', port);
  const start = async () => {
    const failure = engineFailure(await loser.start().catch((error: unknown) => error));
    expect(failure).toMatchObject({ code: 'port-taken', params: { port } });
    return namePortOwner(engine, failure, loser.id);
  };

  const cluster = await claiming('port-other', port, { 'k3d.cluster': 'bh-engine-shop' });
  await cluster.start();
  expect(await start()).toMatchObject({
    message: `Port ${port} is taken by the cluster bh-engine-shop`,
    params: { port, cluster: 'bh-engine-shop', container: 'bh-engine-test-port-other' },
    hints: [{ action: { call: 'clusters.stop', input: { name: 'bh-engine-shop' } } }, { text: 'Choose another port.' }],
  });

  await (await claiming('port-other', port)).start();
  expect((await start()).message).toBe(`Port ${port} is taken by the container bh-engine-test-port-other`);

  await removeTestContainer(engine, 'port-other');
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  expect((await start()).message).toBe(`Port ${port} is taken by another program`);
  await new Promise((resolve) => server.close(resolve));
});

test('any other failure stays as it is', async () => {
  const failure = engineFailure(new Error('no space left on device'));
  expect(await namePortOwner(engine, failure, 'x')).toBe(failure);
});
