// The connection on a real engine behind a wire that can be cut: found late, lost, found again.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { EngineState } from '../../../shared/model/engine';
import { createEngineConnection, type EngineConnection } from './connection';
import { watchEvents } from './events';
import { execInContainer } from './exec';
import {
  createTestContainer,
  openTestEngine,
  removeTestContainer,
  resolveTestEndpoint,
  type Wire,
  wireToEngine,
} from './testing';

let directory: string;
let socket: string;
let lines: string[];
const connections: EngineConnection[] = [];
const wires: Wire[] = [];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'connection-'));
  socket = join(directory, 'docker.sock');
  lines = [];
});
afterEach(async () => {
  await Promise.all(connections.splice(0).map((connection) => connection.dispose()));
  await Promise.all(wires.splice(0).map((wire) => wire.close()));
  await rm(directory, { recursive: true, force: true });
});

function connectTo(address: string | (() => string)): EngineConnection {
  const connection = createEngineConnection({
    resolve: () => resolveTestEndpoint(typeof address === 'string' ? address : address()),
    log: (line) => lines.push(line),
  });
  connections.push(connection);
  return connection;
}

async function wire(path: string): Promise<Wire> {
  const made = await wireToEngine(path);
  wires.push(made);
  return made;
}

async function until<Name extends EngineState['state']>(connection: EngineConnection, name: Name) {
  for await (const state of connection.state.watch(AbortSignal.timeout(30_000))) {
    if (state.state === name) return state as Extract<EngineState, { state: Name }>;
  }
  throw new Error(`never ${name}: ${JSON.stringify(connection.state.get())}`);
}

const available = () => `unix://${socket}`;

test('an engine that is there is known at once, for everybody who asked', async () => {
  await wire(socket);
  const connection = connectTo(available());
  expect(connection.state.get()).toEqual({ state: 'connecting' });
  const engines = await Promise.all([connection.engine(), connection.engine(), connection.engine()]);
  expect(new Set(engines).size).toBe(1);
  expect(connection.state.get()).toMatchObject({
    state: 'connected',
    endpoint: { host: available(), source: 'setting' },
    info: { version: expect.any(String), cpus: expect.any(Number) },
  });
  expect(await engines[0]?.docker.ping()).toBeTruthy();
});

describe('an engine that is not there', () => {
  test('is explained at once, with a next step', async () => {
    const connection = connectTo(available());
    await expect(connection.engine()).rejects.toMatchObject({
      code: 'engine-unreachable',
      message: expect.stringContaining('not installed or not running'),
      hints: expect.arrayContaining([{ text: expect.stringContaining('start docker') }]),
    });
    expect(await until(connection, 'unreachable')).toMatchObject({
      endpoint: { host: available() },
      error: { code: 'engine-unreachable' },
    });
  });

  test('is noticed when its socket appears', async () => {
    const connection = connectTo(available());
    await until(connection, 'unreachable');
    await wire(socket);
    await until(connection, 'connected');
  });

  test('is tried again for whoever asks', async () => {
    const connection = connectTo(available());
    await expect(connection.engine()).rejects.toMatchObject({ code: 'engine-unreachable' });
    await wire(socket);
    expect((await connection.engine()).info.version).toBeTruthy();
  });

  test('is told once in the log, however often it is tried', async () => {
    const connection = connectTo(available());
    for (let attempt = 0; attempt < 5; attempt += 1) await expect(connection.engine()).rejects.toBeDefined();
    expect(lines).toHaveLength(1);
  });
});

describe('a connection that breaks', () => {
  test('is told, and made again', async () => {
    const made = await wire(socket);
    const connection = connectTo(available());
    const before = await connection.engine();
    await made.close();
    await until(connection, 'unreachable');
    await expect(connection.engine()).rejects.toMatchObject({ code: 'engine-unreachable' });
    await wire(socket);
    await until(connection, 'connected');
    expect(await connection.engine()).not.toBe(before);
  });

  test('is made again at once when the engine still listens', async () => {
    const made = await wire(socket);
    const connection = connectTo(available());
    await connection.engine();
    made.cut();
    await until(connection, 'unreachable');
    await until(connection, 'connected');
  });
});

describe('what runs when the engine goes away', () => {
  test('a program in a container is told from one that failed, and ended', async () => {
    const made = await wire(socket);
    const engine = await connectTo(available()).engine();
    const container = await createTestContainer(engine, 'cut');
    await container.start();
    const running = execInContainer(engine, container.id, ['sh', '-c', 'echo up; busybox sleep 4720'], {
      onLine: () => made.cut(),
    });
    await expect(running).rejects.toMatchObject({ code: 'engine-unreachable' });
    const { stdout } = await execInContainer(engine, container.id, ['busybox', 'ps']);
    expect(stdout).not.toContain('sleep 4720');
    await removeTestContainer(await openTestEngine(), 'cut');
  });

  test('a wait for events is told', async () => {
    const made = await wire(socket);
    const engine = await connectTo(available()).engine();
    const events = watchEvents(engine, {}, AbortSignal.timeout(30_000), () => made.cut());
    await expect(events.next()).rejects.toMatchObject({ code: 'engine-unreachable' });
  });
});

test('reconnect asks anew where the engine is, and lets running calls end', async () => {
  await wire(socket);
  const other = join(directory, 'other.sock');
  await wire(other);
  let address = available();
  const connection = connectTo(() => address);
  const engine = await connection.engine();
  const container = await createTestContainer(engine, 'reconnect');
  await container.start();
  try {
    const waiting = container.wait();
    address = `unix://${other}`;
    connection.reconnect();
    expect(connection.state.get()).toEqual({ state: 'connecting' });
    expect((await connection.engine()).endpoint.host).toBe(address);
    await container.kill();
    expect(await waiting).toMatchObject({ StatusCode: 137 });
  } finally {
    await removeTestContainer(await openTestEngine(), 'reconnect');
  }
});

describe('what is no engine', () => {
  test('a file that is no socket', async () => {
    await writeFile(socket, '');
    await expect(connectTo(available()).engine()).rejects.toMatchObject({ code: 'engine-unreachable' });
  });

  test('a server that is something else', async () => {
    const server = createServer((_request, response) => response.end('<html>'));
    await new Promise<void>((resolve) => server.listen(socket, resolve));
    await expect(connectTo(available()).engine()).rejects.toMatchObject({
      code: 'engine-unreachable',
      hints: expect.arrayContaining([expect.anything()]),
    });
    await new Promise((resolve) => server.close(resolve));
  });

  test('an engine that is too old', async () => {
    const server = createServer((_request, response) => response.end('{"Version":"19.03.1","ApiVersion":"1.40"}'));
    await new Promise<void>((resolve) => server.listen(socket, resolve));
    await expect(connectTo(available()).engine()).rejects.toMatchObject({ code: 'engine-unsupported' });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  test('a malformed address', async () => {
    const connection = connectTo('gopher://lab');
    await expect(connection.engine()).rejects.toMatchObject({ code: 'bad-input' });
    expect(connection.state.get()).toMatchObject({ state: 'unreachable', error: { code: 'bad-input' } });
  });
});

describe('waiting for the engine', () => {
  test('can be left', async () => {
    const server = createServer(() => {});
    await new Promise<void>((resolve) => server.listen(socket, resolve));
    const controller = new AbortController();
    const waiting = connectTo(available()).engine(controller.signal);
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  test('ends with the connection', async () => {
    const server = createServer(() => {});
    await new Promise<void>((resolve) => server.listen(socket, resolve));
    const connection = connectTo(available());
    const waiting = connection.engine();
    const failed = expect(waiting).rejects.toMatchObject({ code: 'engine-unreachable' });
    await connection.dispose();
    await failed;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
});

test('events tell what happens to containers, with their labels', async () => {
  const engine = await openTestEngine();
  const controller = new AbortController();
  const seen: string[] = [];
  let onOpen = () => {};
  const open = new Promise<void>((resolve) => {
    onOpen = resolve;
  });
  const filters = { types: ['container'], labels: ['dev.boathouse.test=events'] } as const;
  const watching = (async () => {
    for await (const event of watchEvents(engine, filters, controller.signal, onOpen)) {
      seen.push(event.action);
      expect(event.attributes).toMatchObject({ name: 'bh-engine-test-events', 'dev.boathouse.test': 'events' });
      if (event.action === 'destroy') controller.abort();
    }
  })();
  await open;
  const container = await createTestContainer(engine, 'events', { Labels: { 'dev.boathouse.test': 'events' } });
  await container.start();
  await removeTestContainer(engine, 'events');
  await watching;
  expect(seen).toEqual(expect.arrayContaining(['create', 'start', 'die', 'destroy']));
});
