// The WebSocket that carries the contract: let in by cookie, Origin and Host, and with it ends everything asked through it.
import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { RPCHandler } from '@orpc/server/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { isOwnHost, isOwnOrigin } from '../core/loopback/rules';
import type { Sessions } from '../core/loopback/session';
import type { Core } from '../core/options';

/** Bytes; the largest thing a page sends is a template's text of up to a million characters. */
const largestMessage = 8 * 1024 * 1024;

/** Milliseconds that a page gets to answer the closing of its socket. */
const closeGrace = 1000;

export interface RpcSocketOptions {
  router: Core['router'];
  port(): number;
  sessions(): Sessions;
  log(line: string): void;
}

export interface RpcSocket {
  /** For the HTTP server's `upgrade` event. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): Promise<void>;
}

/** Which HTTP status refuses a request to open the socket; undefined when it may. */
export function refusal(request: IncomingMessage, port: number, sessions: Sessions): number | undefined {
  const { host, origin, cookie } = request.headers;
  if (!isOwnHost(host, port)) return 421;
  if (request.url !== '/rpc') return 404;
  if (!isOwnOrigin(origin, host, port)) return 403;
  if (!sessions.covers(cookie)) return 401;
  return undefined;
}

export function createRpcSocket(options: RpcSocketOptions): RpcSocket {
  const server = new WebSocketServer({ noServer: true, maxPayload: largestMessage });
  const handler = new RPCHandler(options.router);

  function serve(socket: WebSocket): void {
    socket.on('error', (error) => options.log(`socket: ${error.message}`));
    // oRPC waits for what `send` returns: a slow page slows its feeds down instead of filling the memory.
    const send = (data: Parameters<WebSocket['send']>[0]) =>
      new Promise<void>((resolve) => socket.send(data, () => resolve()));
    void handler.upgrade({ addEventListener: socket.addEventListener.bind(socket), send }, { context: {} });
  }

  return {
    upgrade(request, socket, head) {
      const status = refusal(request, options.port(), options.sessions());
      if (status !== undefined) {
        socket.on('error', () => socket.destroy());
        socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () =>
          socket.destroy(),
        );
        return;
      }
      server.handleUpgrade(request, socket, head, serve);
    },
    close() {
      for (const socket of server.clients) {
        socket.close(1001, 'the host ends');
        const timer = setTimeout(() => socket.terminate(), closeGrace);
        socket.once('close', () => clearTimeout(timer));
      }
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
