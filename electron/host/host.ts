// The host itself: one HTTP server on 127.0.0.1 that serves the app and carries its calls to a core.
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { AppError } from '../../shared/model/errors';
import { createSessions, createToken, type Sessions } from '../core/loopback/session';
import type { Core } from '../core/options';
import { createRpcSocket } from './rpc-socket';
import { createWebApp } from './web-app';

/** Tried first, then the next ones, unless a port is asked for. */
export const firstPort = 7420;
const portsToTry = 20;

export interface HostOptions {
  router: Core['router'];
  rendererFolder: string;
  version: string;
  /** Exactly this port; undefined: the first free one from 7420. 0: any. */
  port?: number | undefined;
  /** Which process stops it; by default this one. */
  pid?: number;
  /** Those of an earlier host, whose pages go on; by default new ones. */
  token?: string | undefined;
  secret?: string | undefined;
  log(line: string): void;
}

export interface Host {
  port: number;
  token: string;
  /** What the cookies of its pages carry. */
  secret: string;
  /** What a browser opens. The token is in the fragment, which browsers keep to themselves. */
  address: string;
  /** Ends every connection, and with them every call that is not an operation. */
  close(): Promise<void>;
}

/** The address that opens the app of a host. */
export function addressOf(port: number, token: string): string {
  return `http://127.0.0.1:${port}/#token=${token}`;
}

/** @param show where in the app the address is to begin, such as `/doctor`; by default at home */
export function addressAt(address: string, show: string | undefined): string {
  return show === undefined ? address : `${address}&show=${encodeURIComponent(show)}`;
}

/**
 * Listens on 127.0.0.1.
 * @throws AppError `port-taken`
 */
export async function startHost(options: HostOptions): Promise<Host> {
  const { token = createToken(), secret = createToken(), pid = process.pid } = options;
  let port = 0;
  let sessions: Sessions | undefined;
  const parts = {
    port: () => port,
    sessions: () => {
      sessions ??= createSessions(token, port, secret);
      return sessions;
    },
  };
  const app = createWebApp({ ...parts, rendererFolder: options.rendererFolder, version: options.version, pid });
  const socket = createRpcSocket({ ...parts, router: options.router, log: options.log });
  // Without `createServer` the adaptor makes an HTTP/1 server; its type covers HTTP/2 as well.
  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false }) as Server;
  server.on('upgrade', (request, stream, head) => socket.upgrade(request, stream, head));
  port = await listen(server, options.port);
  return {
    port,
    token,
    secret,
    address: addressOf(port, token),
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await socket.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function listen(server: Server, wanted: number | undefined): Promise<number> {
  if (wanted !== undefined) return listenOn(server, wanted);
  for (let port = firstPort; port < firstPort + portsToTry; port += 1) {
    try {
      return await listenOn(server, port);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
    }
  }
  return listenOn(server, 0);
}

function listenOn(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE' || error.code === 'EACCES';
      reject(taken ? portTaken(port, error) : error);
    };
    server.once('error', failed);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', failed);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function portTaken(port: number, cause: NodeJS.ErrnoException): AppError {
  const forbidden = cause.code === 'EACCES';
  return new AppError('port-taken', `Port ${port} ${forbidden ? 'needs more rights' : 'is in use'}`, {
    params: { port },
    hints: [{ text: 'Leave --port out to take the next free one, or name another' }],
    cause,
  });
}
