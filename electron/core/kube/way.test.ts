// Credentials of a kubeconfig as a request carries them, read without the library; what only the library knows is left to it.
import { writeFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { getBody, sendCall } from './request';
import { wayOf } from './way';

let heard: { headers: IncomingHttpHeaders; socket: Socket; body: string }[];
const server = createServer(async (request, response) => {
  const { headers, socket } = request;
  heard.push({ headers, socket, body: await text(request) });
  response.end('{}');
});
beforeEach(async () => {
  heard = [];
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

async function ask(user: Record<string, unknown>, times = 1) {
  const way = wayOf({ server: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }, user);
  if (!way) throw new Error('the library is asked for');
  for (let at = 0; at < times; at += 1) await getBody(way, '/version', new AbortController().signal);
  return heard.at(-1)?.headers;
}

test('a token goes before a name and password, and whom one acts as is said', async () => {
  expect((await ask({ token: 't', username: 'u', password: 'p' }))?.authorization).toBe('Bearer t');
  const basic = await ask({ username: 'u', password: 'p:ä' });
  expect(Buffer.from(String(basic?.authorization).slice(6), 'base64').toString()).toBe('u:p:ä');
  const acting = await ask({ as: 'ana', 'as-uid': '7', 'as-groups': ['a', 'b'] });
  expect(acting).toMatchObject({ 'impersonate-user': 'ana', 'impersonate-uid': '7', 'impersonate-group': 'a, b' });
  expect(acting?.authorization).toBeUndefined();
});

test("a token's file is read anew each time, and one connection carries several requests", async () => {
  const file = join(tmpdir(), `boathouse-token-${process.pid}`);
  await writeFile(file, 'one\n');
  const user = { token: 'old', tokenFile: file };
  expect((await ask(user))?.authorization).toBe('Bearer one');
  await writeFile(file, 'two\n');
  expect((await ask(user, 2))?.authorization).toBe('Bearer two');
  expect(heard.at(-1)?.socket).toBe(heard.at(-2)?.socket);
});

test.each([
  ['a proxy', { server: 'https://x', 'proxy-url': 'http://proxy' }, {}],
  ['a program that signs in', { server: 'https://x' }, { exec: { command: 'aws' } }],
  ['a provider without a token', { server: 'https://x' }, { 'auth-provider': { name: 'gcp' } }],
  ['fields of another form', { server: 7 }, {}],
])('%s is left to the library', (_what, cluster, user) => {
  expect(wayOf(cluster, user)).toBeUndefined();
});

test('what a DELETE says arrives, and the connection takes the next request', async () => {
  const way = wayOf({ server: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }, {});
  if (!way) throw new Error('the library is asked for');
  const { signal } = new AbortController();
  const object = { kind: 'DeleteOptions', preconditions: { uid: 'ü' } };
  for (const path of ['/a', '/b']) await sendCall(way, { method: 'DELETE', path, object }, signal);
  expect(heard.map(({ body }) => JSON.parse(body))).toEqual([object, object]);
  expect(heard[1]?.socket).toBe(heard[0]?.socket);
});
