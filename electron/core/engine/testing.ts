// What tests of this room need: the engine that they run on, containers of their own, and wires to the engine that can be cut.
import { connect, createServer, type NetConnectOpts, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import type Docker from 'dockerode';
import { resolveEndpoint } from './endpoint';
import { type Engine, openEngine } from './engine';
import { statusOf } from './failures';

/** The engine that tests run on. */
export const testEndpoint = process.env.BOATHOUSE_TEST_ENGINE || 'unix:///var/run/docker.sock';
export const testImage = 'testbed/busybox:1';
const prefix = 'bh-engine-test-';

export async function openTestEngine(address = testEndpoint): Promise<Engine> {
  const { endpoint, connection } = await resolveTestEndpoint(address);
  return openEngine(endpoint, connection, AbortSignal.timeout(20_000));
}

export function resolveTestEndpoint(setting: string, environment: Record<string, string> = {}) {
  return resolveEndpoint({ setting, environment, homeDirectory: '/nonexistent', platform: process.platform });
}

export function testName(purpose: string): string {
  return `${prefix}${purpose}`;
}

/** A container of the small image that runs until it is removed; a left-over one of the same name goes first. */
export async function createTestContainer(
  engine: Engine,
  purpose: string,
  options: Partial<Docker.ContainerCreateOptions> = {},
): Promise<Docker.Container> {
  const name = testName(purpose);
  await removeTestContainer(engine, purpose);
  return engine.docker.createContainer({
    name,
    Image: testImage,
    Cmd: ['busybox', 'sleep', '3600'],
    ...options,
    HostConfig: { Init: true, ...options.HostConfig },
  });
}

export async function removeTestContainer(engine: Engine, purpose: string): Promise<void> {
  await engine.docker
    .getContainer(testName(purpose))
    .remove({ force: true, v: true })
    .catch((error: unknown) => {
      if (statusOf(error) !== 404) throw error;
    });
}

export interface Wire {
  server: Server;
  /** Cuts every connection that stands. */
  cut(): void;
  close(): Promise<void>;
}

/** Listens and passes everything on to the test engine, each direction ending by itself. */
export async function wireToEngine(listenOn: string | { port: number; host: string }, tls?: TlsOptions): Promise<Wire> {
  const open = new Set<Socket>();
  const pass = (incoming: Socket) => {
    const outgoing = connect({ ...engineSocket(), allowHalfOpen: true });
    for (const [socket, other] of [
      [incoming, outgoing],
      [outgoing, incoming],
    ] as const) {
      open.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        open.delete(socket);
        other.destroySoon();
      });
      socket.pipe(other);
    }
  };
  const server = tls
    ? createTlsServer({ ...tls, allowHalfOpen: true }, pass)
    : createServer({ allowHalfOpen: true }, pass);
  // Those of TLS too whose handshake fails.
  server.on('connection', (raw: Socket) => {
    open.add(raw);
    raw.on('close', () => open.delete(raw));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(typeof listenOn === 'string' ? { path: listenOn } : listenOn, resolve);
  });
  const cut = () => {
    for (const socket of open) socket.destroy();
  };
  return {
    server,
    cut,
    close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      cut();
      return closed;
    },
  };
}

function engineSocket(): NetConnectOpts {
  const url = new URL(testEndpoint);
  return url.protocol === 'unix:' ? { path: url.pathname } : { host: url.hostname, port: Number(url.port) };
}
