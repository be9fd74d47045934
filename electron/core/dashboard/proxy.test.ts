// The door with a web server behind it: who gets in, what goes through, WebSockets too, and what is said when nothing is behind it.
import { createServer, get as httpGet, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import WebSocket, { WebSocketServer } from 'ws';
import { type DashboardProxy, openProxy } from './proxy';

let behind: Server;
let sockets: WebSocketServer;
let door: DashboardProxy;
let given: string;
let cookie: string;
/** Headers of what reached the web server, upgrades too. */
let seen: IncomingMessage['headers'][];
let dials: number;
let reachable: boolean;

beforeEach(async () => {
  seen = [];
  dials = 0;
  reachable = true;
  behind = createServer(async (request, response) => {
    seen.push(request.headers);
    response.setHeader('Set-Cookie', ['boathouse-1=x', 'own=1']).end(`${request.url} ${await readText(request)}`);
  });
  sockets = new WebSocketServer({ server: behind });
  sockets.on('connection', (socket, request) => {
    seen.push(request.headers);
    socket.on('message', (data) => socket.send(`heard ${data}`));
  });
  await new Promise<void>((resolve) => behind.listen(0, '127.0.0.1', resolve));
  door = await openProxy({
    async dial() {
      dials += 1;
      if (!reachable) throw new Error('no pod is ready');
      return connect((behind.address() as AddressInfo).port, '127.0.0.1');
    },
    signIn: async () => ({ kind: 'headlamp', cluster: 'main', token: 'secret' }),
  });
  const token = new URLSearchParams(new URL(door.invite()).hash.slice(1)).get('token');
  given = (await enter(token)).headers.get('set-cookie') ?? '';
  [cookie = ''] = given.split(';');
});
afterEach(async () => {
  await door.close();
  sockets.close();
  behind.closeAllConnections();
  await new Promise((resolve) => behind.close(resolve));
});

const origin = () => `http://127.0.0.1:${door.port}`;
const enter = (token: string | null, from = origin()) =>
  fetch(`${origin()}/.boathouse/session`, {
    method: 'POST',
    headers: { Origin: from, 'Content-Type': 'application/json' },
    body: JSON.stringify({ token }),
  });

async function get(path: string, headers: Record<string, string>) {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    httpGet({ host: '127.0.0.1', port: door.port, path, headers }, resolve).once('error', reject);
  });
  return { status: answer.statusCode, text: await readText(answer), headers: answer.headers };
}

describe('who gets in', () => {
  it('whoever was invited, once; the door’s own address again and again; nobody from another page', async () => {
    expect(given).toMatch(/^boathouse-\d+=.*HttpOnly.*SameSite=Strict/);
    expect((await get('/', { cookie })).status).toBe(200);
    const invited = new URL(door.invite()).hash.slice('#token='.length);
    expect((await enter(invited, 'http://evil.example')).status).toBe(401);
    expect((await enter(invited)).status).toBe(204);
    expect((await enter(invited)).status).toBe(401);
    const lasting = new URL(door.address).hash.slice('#token='.length);
    for (let time = 0; time < 2; time += 1) expect((await enter(lasting)).status).toBe(204);
    expect((await enter('wrong')).status).toBe(401);
    expect((await enter('x'.repeat(100_000))).status).toBe(401);
  });

  it('nobody without the cookie, by another name, or from another page', async () => {
    const before = dials;
    expect((await get('/', {})).status).toBe(401);
    expect((await get('/', { cookie: 'boathouse-1=guess' })).status).toBe(401);
    expect((await get('/', { cookie, host: 'evil.example' })).status).toBe(421);
    const post = (from: Record<string, string>) =>
      fetch(`${origin()}/x`, { method: 'POST', headers: { cookie, ...from }, body: 'b' }).then(({ status }) => status);
    expect(await post({})).toBe(403);
    expect(await post({ Origin: 'http://127.0.0.1:7420' })).toBe(403);
    expect(dials).toBe(before);
    expect(seen).toEqual([]);
    expect(await post({ Origin: origin() })).toBe(200);
  });

  it('the page that lets in runs no script but its own, and is in nobody’s history with the token', async () => {
    const page = await get('/.boathouse/open', {});
    expect(page.headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'");
    expect(page.text).not.toMatch(/<script>|on\w+=/);
    expect((await get('/.boathouse/open.js', {})).text).toContain('history.replaceState');
    expect((await get('/.boathouse/other', { cookie })).status).toBe(404);
  });
});

describe('what goes through', () => {
  it('requests with their bodies, signed in; connections are kept', async () => {
    const answer = await fetch(`${origin()}/api?x=1`, {
      method: 'POST',
      headers: { cookie, Origin: origin() },
      body: 'body '.repeat(100_000),
    });
    expect(await answer.text()).toBe(`/api?x=1 ${'body '.repeat(100_000)}`);
    expect(answer.headers.getSetCookie()).toEqual(['own=1']);
    expect(seen[0]?.authorization).toBe('Bearer secret');
    expect(seen[0]?.cookie).toBe('headlamp-auth-main.0=secret');
    for (let time = 0; time < 5; time += 1) await get('/', { cookie });
    expect(dials).toBe(1);
  });

  it('WebSockets of the dashboard’s own pages, signed in', async () => {
    const open = (headers: Record<string, string>) => new WebSocket(`ws://127.0.0.1:${door.port}/ws`, { headers });
    const refused = (headers: Record<string, string>) =>
      new Promise<number | undefined>((resolve) => {
        const socket = open(headers);
        socket.on('unexpected-response', (_request, response) => resolve(response.statusCode));
        socket.on('error', () => {});
      });
    expect(await refused({ Origin: origin() })).toBe(401);
    expect(await refused({ cookie })).toBe(403);
    expect(await refused({ cookie, Origin: 'http://evil.example' })).toBe(403);
    const socket = open({ cookie, Origin: origin() });
    const heard = await new Promise((resolve, reject) => {
      socket.on('open', () => socket.send('hello'));
      socket.on('message', (data) => resolve(String(data)));
      socket.on('error', reject);
    });
    expect(heard).toBe('heard hello');
    expect(seen[0]?.authorization).toBe('Bearer secret');
    const closed = new Promise((resolve) => socket.on('close', resolve));
    await door.close();
    await closed;
  });

  it('says what is wrong where nothing is behind the door', async () => {
    reachable = false;
    const answer = await get('/', { cookie });
    expect(answer.status).toBe(502);
    expect(answer.text).toContain('no pod is ready');
  });
});
