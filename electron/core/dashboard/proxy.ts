// The door to a dashboard: a server on 127.0.0.1 that lets in whoever Boathouse has let in, and signs each request in.
import {
  Agent,
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type RequestOptions,
  type ServerResponse,
  STATUS_CODES,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { asAppError } from '../../../shared/model/errors';
import { isOwnHost, isOwnOrigin } from '../loopback/rules';
import { createSessions, createToken, type Sessions } from '../loopback/session';
import { answerEntry, entryPath } from './entry';
import { answerHeaders, requestHeaders, type SignIn } from './headers';

export interface Upstream {
  /** A connection to the dashboard. */
  dial(): Promise<Duplex>;
  /** What it is signed in with, valid now. */
  signIn(): Promise<SignIn>;
}

export interface DashboardProxy {
  port: number;
  /** What lets browsers in as long as the door is open. */
  address: string;
  /** An address that lets one browser in, for a minute. */
  invite(): string;
  close(): Promise<void>;
}

/** Connections that are kept to the dashboard. */
const mostConnections = 16;

/** Every connection of HTTP is one through the API server. */
class Connections extends Agent {
  readonly #dial: Upstream['dial'];
  constructor(dial: Upstream['dial'], options: ConstructorParameters<typeof Agent>[0]) {
    super(options);
    this.#dial = dial;
  }
  override createConnection(_options: unknown, done?: (error: Error | null, stream: Duplex) => void): undefined {
    this.#dial().then(
      (stream) => done?.(null, stream),
      (error: unknown) => done?.(asAppError(error), undefined as unknown as Duplex),
    );
  }
}

/** Listens on a free port of 127.0.0.1. */
export async function openProxy(upstream: Upstream): Promise<DashboardProxy> {
  const kept = new Connections(upstream.dial, { keepAlive: true, maxSockets: mostConnections });
  const alone = new Connections(upstream.dial, { keepAlive: false });
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => explain(response, error));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const token = createToken();
  const sessions = createSessions(token, port);
  const entry = (key: string) => `http://127.0.0.1:${port}${entryPath}#token=${key}`;
  const upgraded = new Set<Duplex>();

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!isOwnHost(request.headers.host, port))
      return say(response, 421, 'This port answers to 127.0.0.1 and localhost only.');
    if (await answerEntry(request, response, { port, sessions })) return;
    const refused = refusalOf(request, port, sessions);
    if (refused) return say(response, ...refused);
    const headers = requestHeaders(request.headers, await upstream.signIn());
    const answer = await ask(request, { agent: kept, headers });
    response.writeHead(answer.statusCode ?? 502, answerHeaders(answer.headers));
    await pipeline(answer, response);
  }

  server.on('upgrade', (request, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    upgrade(request, socket, head).catch(() => refuse(socket, 502));
  });

  async function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const { host, origin, cookie } = request.headers;
    if (!isOwnHost(host, port)) return refuse(socket, 421);
    if (!isOwnOrigin(origin, host, port)) return refuse(socket, 403);
    if (!sessions.covers(cookie)) return refuse(socket, 401);
    const headers = requestHeaders(request.headers, await upstream.signIn(), true);
    const outgoing = httpRequest({ ...target(request), agent: alone, headers });
    outgoing.on('error', () => refuse(socket, 502));
    outgoing.on('response', (answer) => {
      refuse(socket, answer.statusCode ?? 502);
      answer.destroy();
    });
    outgoing.on('upgrade', (answer, beyond: Duplex, first: Buffer) => {
      for (const [one, other] of [
        [socket, beyond],
        [beyond, socket],
      ] as const) {
        upgraded.add(one);
        one.on('error', () => other.destroy());
        one.on('close', () => {
          upgraded.delete(one);
          other.destroy();
        });
      }
      socket.write(headText(answer));
      if (first.length > 0) socket.write(first);
      if (head.length > 0) beyond.write(head);
      beyond.pipe(socket).pipe(beyond);
    });
    outgoing.end();
  }

  return {
    port,
    address: entry(token),
    invite: () => entry(sessions.invite()),
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const stream of upgraded) stream.destroy();
      server.closeAllConnections();
      kept.destroy();
      alone.destroy();
      await closed;
    },
  };
}

/** Which status and words refuse a request; undefined when it may pass. */
function refusalOf(
  { method, headers }: IncomingMessage,
  port: number,
  sessions: Sessions,
): [number, string] | undefined {
  if (!sessions.covers(headers.cookie)) return [401, 'Open the dashboard from Boathouse: only that lets a browser in.'];
  const reads = method === 'GET' || method === 'HEAD';
  if (reads || isOwnOrigin(headers.origin, headers.host, port)) return undefined;
  return [403, 'Only pages of this dashboard may do that.'];
}

function target({ method, url }: IncomingMessage): RequestOptions {
  return { method: method ?? 'GET', path: url ?? '/', host: '127.0.0.1', setHost: false };
}

/** Sends a request on, its body with it. */
function ask(request: IncomingMessage, options: RequestOptions): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest({ ...target(request), ...options }, resolve);
    outgoing.on('error', reject);
    pipeline(request, outgoing).catch(reject);
  });
}

function headText({ statusCode = 101, headers }: IncomingMessage): string {
  const lines = Object.entries(answerHeaders(headers, true)).flatMap(([name, value]) =>
    [value].flat().map((one) => `${name}: ${one}`),
  );
  return `HTTP/1.1 ${statusCode} ${STATUS_CODES[statusCode]}\r\n${lines.join('\r\n')}\r\n\r\n`;
}

function refuse(socket: Duplex, status: number): void {
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () =>
    socket.destroy(),
  );
}

function say(response: ServerResponse, status: number, words: string): void {
  response
    .writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' })
    .end(`${words}\n`);
}

/** What went wrong on the way is told where it happened; a page that has begun is cut off. */
function explain(response: ServerResponse, error: unknown): void {
  if (response.headersSent) response.destroy();
  else say(response, 502, `The dashboard cannot be reached: ${asAppError(error).message}`);
}
