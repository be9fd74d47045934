// The host's rules over real sockets: who is let in, what a page is told, what ends when a socket closes.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type IncomingHttpHeaders, request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { Client } from '../../shared/contract';
import { type Host, startHost } from './host';
import { type StandInCore, standInCore } from './stand-in-core';
import { sampleCluster } from './stand-in-core/samples';

let folder: string;
let core: StandInCore;
let host: Host;
const lines: string[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'boathouse-host-'));
  await mkdir(join(folder, 'renderer', 'assets'), { recursive: true });
  await writeFile(join(folder, 'renderer', 'index.html'), '<!doctype html><title>app</title>');
  await writeFile(join(folder, 'renderer', 'assets', 'index-BH1a2_c3.js'), 'export {};');
  await writeFile(join(folder, 'secret.txt'), 'not for pages');
  core = standInCore({ clusters: [sampleCluster('shop')] });
  host = await serve();
});

afterEach(async () => {
  await host.close();
  await rm(folder, { recursive: true });
  lines.length = 0;
});

function serve(port = 0): Promise<Host> {
  const rendererFolder = join(folder, 'renderer');
  return startHost({ router: core.router, rendererFolder, version: '1.2.3', port, log: (line) => lines.push(line) });
}

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A request with headers as given: fetch would not let us lie about Host and Origin. */
function ask(method: string, path: string, headers: Record<string, string> = {}, body = ''): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: host.port, method, path, headers }, async (answer) => {
      let text = '';
      for await (const part of answer) text += String(part);
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const own = () => `127.0.0.1:${host.port}`;

function signIn(token = host.token, origin: string | undefined = `http://${own()}`): Promise<Answer> {
  return ask('POST', '/session', origin ? { origin } : {}, JSON.stringify({ token }));
}

async function cookie(): Promise<string> {
  return (await signIn()).headers['set-cookie']?.[0]?.split(';')[0] ?? '';
}

/** Opens the socket and gives its close or refusal as a word. */
async function knock(headers: Record<string, string>): Promise<string> {
  const socket = new WebSocket(`ws://${own()}/rpc`, { headers });
  return new Promise((resolve) => {
    socket.on('open', () => {
      socket.close();
      resolve('open');
    });
    socket.on('error', (error) => resolve(error.message));
  });
}

async function connect(): Promise<{ client: Client; socket: WebSocket }> {
  const socket = new WebSocket(`ws://${own()}/rpc`, {
    headers: { cookie: await cookie(), origin: `http://${own()}` },
  });
  // `ws` has what the link uses of a browser's WebSocket.
  const link = new RPCLink({ websocket: socket as unknown as globalThis.WebSocket });
  return { client: createORPCClient(link), socket };
}

it('binds 127.0.0.1 and nothing else', async () => {
  const elsewhere = createServer();
  await new Promise<void>((resolve) => elsewhere.listen(host.port, '127.0.0.2', resolve));
  await new Promise((resolve) => elsewhere.close(resolve));
});

it('carries the token in the fragment of its address only', () => {
  const url = new URL(host.address);
  expect(url.search).toBe('');
  expect(url.hash).toBe(`#token=${host.token}`);
});

it('exchanges the token for a cookie', async () => {
  const answer = await signIn();
  expect(answer.status).toBe(204);
  expect(answer.headers['set-cookie']?.[0]).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/);
});

it('tells a page whether its cookie is good', async () => {
  expect((await ask('GET', '/session')).status).toBe(401);
  expect((await ask('GET', '/session', { cookie: await cookie() })).status).toBe(204);
});

it.each([
  ['a wrong token', () => signIn('wrong'), 401],
  ['no token', () => ask('POST', '/session', { origin: `http://${own()}` }, '{}'), 401],
  ['what is not JSON', () => ask('POST', '/session', { origin: `http://${own()}` }, 'token'), 401],
  ['a body without end', () => ask('POST', '/session', { origin: `http://${own()}` }, 'x'.repeat(5000)), 413],
  ['the token in a query', () => ask('POST', `/session?token=${host.token}`, { origin: `http://${own()}` }), 401],
  ['no Origin', () => ask('POST', '/session', {}, JSON.stringify({ token: host.token })), 403],
  ['a foreign Origin', () => signIn(host.token, 'http://evil.example'), 403],
  ['the Origin null', () => signIn(host.token, 'null'), 403],
])('refuses a session for %s', async (_what, attempt, status) => {
  const answer = await attempt();
  expect(answer.status).toBe(status);
  expect(answer.headers['set-cookie']).toBeUndefined();
});

it('answers to no other name, whatever is asked', async () => {
  for (const [method, path] of [
    ['GET', '/'],
    ['GET', '/health'],
    ['POST', '/session'],
  ] as const) {
    const answer = await ask(method, path, { host: `evil.example:${host.port}`, origin: `http://evil.example` });
    expect(answer.status).toBe(421);
    expect(answer.body).not.toContain('app');
  }
});

it('opens the socket for cookie, Origin and Host together', async () => {
  const good = { cookie: await cookie(), origin: `http://${own()}` };
  expect(await knock(good)).toBe('open');
  expect(await knock({ origin: good.origin })).toContain('401');
  expect(await knock({ ...good, cookie: `boathouse-${host.port}=guess` })).toContain('401');
  expect(await knock({ cookie: good.cookie })).toContain('403');
  expect(await knock({ ...good, origin: 'http://evil.example' })).toContain('403');
  expect(await knock({ ...good, origin: `http://localhost:${host.port}` })).toContain('403');
  expect(await knock({ ...good, host: 'evil.example' })).toContain('421');
});

it('carries calls, typed errors and feeds', async () => {
  const { client, socket } = await connect();
  expect((await client.clusters.list()).map((cluster) => cluster.name)).toEqual(['shop']);
  await expect(client.clusters.get({ name: 'none' })).rejects.toMatchObject({
    code: 'APP_ERROR',
    data: { code: 'not-found' },
  });
  const feed = await client.clusters.watch();
  const snapshot = await feed.next();
  expect(snapshot.value).toMatchObject({ type: 'snapshot', items: [{ name: 'shop' }] });
  core.clusters.remove('shop');
  expect((await feed.next()).value).toMatchObject({ type: 'patch', removes: ['shop'] });
  socket.close();
});

it('ends everything that was asked through a socket when it closes', async () => {
  const { client, socket } = await connect();
  await (await client.clusters.watch()).next();
  await (await client.operations.watch()).next();
  expect(core.watching()).toBe(2);
  socket.terminate();
  await vi.waitFor(() => expect(core.watching()).toBe(0));
});

it('ends sockets and feeds with itself', async () => {
  const { client, socket } = await connect();
  await (await client.clusters.watch()).next();
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  await host.close();
  expect(await closed).toBe(1001);
  await vi.waitFor(() => expect(core.watching()).toBe(0));
  host = await serve();
});

it('serves the app with its policy, the page never from a cache, hashed files for ever', async () => {
  const page = await ask('GET', '/');
  expect(page.status).toBe(200);
  expect(page.headers['content-type']).toContain('text/html');
  expect(page.headers['cache-control']).toBe('no-store');
  expect(page.headers['content-security-policy']).toContain(`ws://127.0.0.1:${host.port}`);
  expect(page.headers['x-content-type-options']).toBe('nosniff');
  expect(page.headers['referrer-policy']).toBe('no-referrer');
  const script = await ask('GET', '/assets/index-BH1a2_c3.js');
  expect(script.headers['content-type']).toContain('javascript');
  expect(script.headers['cache-control']).toContain('immutable');
  const gone = await ask('GET', '/assets/index-AAAAAAAA.js');
  expect([gone.status, gone.headers['cache-control']]).toEqual([404, 'no-store']);
});

it.each([
  '/../secret.txt',
  '/%2e%2e/secret.txt',
  '/..%2fsecret.txt',
  '/..\\secret.txt',
  '/assets/..%5c..%5csecret.txt',
])('serves nothing outside its folder: %s', async (path) => {
  const answer = await ask('GET', path);
  expect([400, 404]).toContain(answer.status);
  expect(answer.body).not.toContain('not for pages');
});

it('tells its health to whoever has the token or the cookie', async () => {
  expect((await ask('GET', '/health')).status).toBe(401);
  const answer = await ask('GET', '/health', { authorization: `Bearer ${host.token}` });
  expect(JSON.parse(answer.body)).toEqual({ product: 'boathouse', version: '1.2.3', pid: process.pid });
  expect((await ask('GET', '/health', { cookie: await cookie() })).status).toBe(200);
});

it('says which port is taken', async () => {
  await expect(serve(host.port)).rejects.toMatchObject({ code: 'port-taken', params: { port: host.port } });
});

it('takes the next free port when none is asked for', async () => {
  const options = { router: core.router, rendererFolder: join(folder, 'renderer'), version: '1', log: () => {} };
  const first = await startHost(options);
  onTestFinished(() => first.close());
  const second = await startHost(options);
  onTestFinished(() => second.close());
  expect(second.port).not.toBe(first.port);
});

it('never logs the token', async () => {
  const { client, socket } = await connect();
  await client.clusters.list();
  await signIn('wrong');
  socket.terminate();
  await host.close();
  expect(lines.join('\n')).not.toContain(host.token);
  host = await serve();
});
