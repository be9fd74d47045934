// What a server says that does not do what it is asked, and one that says nothing, in words with the next step.
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { asRefused } from './explain';
import { getBody, sendCall } from './request';
import { wayOf } from './way';

let answer: (response: ServerResponse) => void;
const server = createServer((_request, response) => answer(response));
beforeEach(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterEach(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

function way() {
  const made = wayOf({ server: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }, {});
  if (!made) throw new Error('the library is asked for');
  return made;
}

/** What people are told of a GET and of a change that end so. */
async function toldOf(play: (response: ServerResponse) => void, limit?: number, signal = new AbortController().signal) {
  answer = play;
  const thrown = (call: Promise<unknown>) =>
    call.then(
      () => new Error('it was answered'),
      (error: unknown) => error,
    );
  return [
    await thrown(getBody(way(), '/api/v1/pods', signal, limit)),
    asRefused(await thrown(sendCall(way(), { method: 'DELETE', path: '/api/v1/pods/a' }, signal, limit)), 'pods a'),
  ];
}

const status = (code: number, message: string) => (response: ServerResponse) =>
  response.writeHead(code).end(JSON.stringify({ kind: 'Status', code, message }));

test.each([
  [401, 'Unauthorized', /credentials are not taken/],
  [403, 'pods is forbidden', /kubectl auth can-i/],
  [429, 'too many requests', /a little later/],
])('HTTP %i is told with what was said and the next step', async (code, message, hint) => {
  for (const error of await toldOf(status(code, message))) {
    expect(error).toMatchObject({ code: 'kubernetes-refused', message: expect.stringContaining(message) });
    expect(error).toMatchObject({ params: { status: code }, hints: [{ text: expect.stringMatching(hint) }] });
  }
});

test.each([200, 302, 503])('a web page with HTTP %i is told by its title', async (code) => {
  const page = '<!doctype html><html><head><title>Sign in to Harbour</title></head></html>';
  for (const error of await toldOf((response) => response.writeHead(code).end(page))) {
    expect(error).toMatchObject({ code: 'kubernetes-refused' });
    expect(String(error)).toMatch(/not Kubernetes but a web page answered \(HTTP \d+, "Sign in to Harbour"\)/);
  }
});

test('a server that is gone is told', async () => {
  for (const error of await toldOf((response) => response.destroy())) {
    expect(error).toMatchObject({ code: 'kubernetes-refused', message: expect.stringContaining('socket hang up') });
  }
});

test('a server that says nothing is waited for so long and no longer', async () => {
  for (const error of await toldOf(() => {}, 60)) {
    expect(error).toMatchObject({
      code: 'kubernetes-refused',
      message: expect.stringContaining('has not answered for'),
    });
  }
});

test('a long answer that has begun may take its time', async () => {
  answer = (response) => {
    response.write('{"items":');
    setTimeout(() => response.end('[]}'), 150);
  };
  expect(await getBody(way(), '/x', new AbortController().signal, 60)).toEqual({ items: [] });
});

test('waiting can be given up', async () => {
  const stop = new AbortController();
  const given = new Error('given up');
  setTimeout(() => stop.abort(given), 30);
  const [get] = await toldOf(() => {}, undefined, stop.signal);
  expect(get).toBe(given);
});
