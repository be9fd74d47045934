// Lists that end, grow too old, go away and come back, as a server of our own plays them.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { connectKube } from '../kube/connect';
import { followTable } from './follow-table';

type Play = (request: IncomingMessage, response: ServerResponse) => void;

let server: Server;
let stop: AbortController;
let asked: URLSearchParams[];
let plays: Play[];
/** What was heard, in order. */
let heard: string[];

beforeEach(async () => {
  [asked, plays, heard] = [[], [], []];
  stop = new AbortController();
  server = createServer((request, response) => {
    asked.push(new URL(request.url ?? '', 'http://x').searchParams);
    const play = plays.shift();
    if (play) play(request, response);
    // After the last play a watch stays open.
    else response.writeHead(200).flushHeaders();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  stop.abort();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const row = (name: string, version: string) => ({
  cells: [name],
  object: { metadata: { name, namespace: 'a', resourceVersion: version } },
});
const list =
  (names: string[], version: string, next?: string): Play =>
  (_request, response) =>
    response.end(
      JSON.stringify({
        kind: 'Table',
        metadata: { resourceVersion: version, ...(next && { continue: next }) },
        columnDefinitions: [{ name: 'Name', type: 'string' }],
        rows: names.map((name) => row(name, '1')),
      }),
    );
const events =
  (...all: [type: string, object: object][]): Play =>
  (_request, response) =>
    response.end(all.map(([type, object]) => `${JSON.stringify({ type, object })}\n`).join(''));
const told = (name: string, version: string) => ({ kind: 'Table', rows: [row(name, version)] });

async function follow(patience?: number): Promise<void> {
  const { port } = server.address() as AddressInfo;
  const cluster = { server: `http://127.0.0.1:${port}`, 'insecure-skip-tls-verify': true };
  const kubeconfig = JSON.stringify({
    clusters: [{ name: 'c', cluster }],
    contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
    users: [{ name: 'u', user: {} }],
    'current-context': 'x',
  });
  const kube = await connectKube(kubeconfig);
  const ear = {
    columns: () => {},
    upsert: ({ name }: { name: string }) => void heard.push(`+${name}`),
    remove: (key: string) => void heard.push(`-${key}`),
    state: (state: string, error?: Error) => void heard.push(error ? `${state}: ${error.message}` : state),
  };
  void followTable(async () => kube, '/api/v1/pods', ear, stop.signal, patience);
}
const hears = (...lines: string[]) => vi.waitFor(() => expect(heard).toEqual(lines), { timeout: 5000 });

it('reads in chunks, then follows; a watch that ends is taken up where it was', async () => {
  plays = [
    list(['p1'], '10', 'more'),
    list(['p2'], '10'),
    events(['MODIFIED', told('p1', '12')]),
    events(['DELETED', told('p2', '13')]),
  ];
  await follow();
  await hears('listing', '+p1', '+p2', 'live', '+p1', '-a/p2');
  await vi.waitFor(() => expect(asked).toHaveLength(5));
  expect(asked.map((query) => query.get('continue') ?? query.get('resourceVersion'))).toEqual([
    null,
    'more',
    '10',
    '12',
    '13',
  ]);
});

it('goes on at a bookmark’s version', async () => {
  plays = [list([], '10'), events(['BOOKMARK', { kind: 'Table', metadata: { resourceVersion: '99' } }])];
  await follow();
  await vi.waitFor(() => expect(asked.at(-1)?.get('resourceVersion')).toBe('99'));
});

it('reads anew what is too old, and drops what is gone meanwhile', async () => {
  const tooOld = { kind: 'Status', code: 410, message: 'too old' };
  plays = [list(['p1', 'p2'], '10'), events(['ERROR', tooOld]), list(['p2'], '20')];
  await follow();
  await hears('listing', '+p1', '+p2', 'live', 'listing', '+p2', '-a/p1', 'live');
});

it('a chunk that has waited too long begins the list again', async () => {
  const gone: Play = (_request, response) => response.writeHead(410).end('{"kind":"Status","code":410}');
  plays = [list(['p1'], '10', 'more'), gone, list(['p1'], '11')];
  await follow();
  await hears('listing', '+p1', 'listing', '+p1', 'live');
});

it.each<[string, Play, RegExp]>([
  ['HTML', (_request, response) => response.end('<html>Sign in</html>'), /what answers is not Kubernetes/],
  ['401', (_request, response) => response.writeHead(401).end('{}'), /HTTP 401/],
  ['403', (_request, response) => response.writeHead(403).end('{}'), /HTTP 403/],
  ['429', (_request, response) => response.writeHead(429).end('slow down'), /HTTP 429/],
  [
    'a Status',
    (_request, response) => response.writeHead(403).end('{"message":"pods is forbidden"}'),
    /pods is forbidden/,
  ],
  ['a broken connection', (request) => request.destroy(), /did not answer/],
])('%s is told, and tried again', async (_name, play, words) => {
  plays = [play, list(['p1'], '10')];
  await follow();
  await vi.waitFor(() => expect(heard.at(-1)).toBe('live'), { timeout: 5000 });
  expect(heard[1]).toMatch(/^lost: /);
  expect(heard[1]).toMatch(words);
  expect(heard.slice(2)).toEqual(['listing', '+p1', 'live']);
});

it('a server that says nothing is told, and asked again', async () => {
  plays = [() => {}, list(['p1'], '10')];
  await follow(100);
  await hears(
    'listing',
    'lost: Kubernetes did not answer /api/v1/pods: it has not answered for 0 s',
    'listing',
    '+p1',
    'live',
  );
});
