// A pod that is deleted is heard to its end, one that is gone at once is named; what is exported holds no secrets.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { connectKube } from '../kube/connect';
import { ageIn } from './events';
import { exportTape } from './export';
import { createTape } from './tape';

let server: Server;
let stop: AbortController;
let watch: ServerResponse | undefined;
let log: ServerResponse | undefined;

const table = (columns: string[], rows: object[], version = '1') => ({
  kind: 'Table',
  metadata: { resourceVersion: version },
  columnDefinitions: columns.map((name) => ({ name, type: 'string' })),
  rows,
});
const podRow = (name: string, more: object = {}) => ({
  cells: [name],
  object: { metadata: { name, namespace: 'shop', resourceVersion: '2', ...more } },
});
const eventRow = {
  cells: ['2m30s', 'Warning', 'BackOff', 'pod/web-1', 'token=abcdefgh12345678 was refused'],
  object: { metadata: { name: 'web-1.17', namespace: 'shop', resourceVersion: '2' } },
};
const pod = {
  metadata: { name: 'web-1', namespace: 'shop', uid: 'u', deletionGracePeriodSeconds: 1 },
  spec: { containers: [{ name: 'web', env: [{ name: 'DB_PASSWORD', value: 'hunter2hunter2' }] }] },
  status: { phase: 'Running', containerStatuses: [{ name: 'web', state: { running: {} }, containerID: 'c1' }] },
};

function answer({ url = '' }: IncomingMessage, response: ServerResponse): void {
  const { pathname, searchParams } = new URL(url, 'http://x');
  const json = (body: object) => response.end(JSON.stringify(body));
  if (pathname.endsWith('/web-1/log')) {
    log = response.writeHead(200, { 'content-type': 'text/plain' });
    response.write('2026-03-14T09:26:53Z password=hunter2hunter2\n');
  } else if (pathname.endsWith('/web-1')) json(pod);
  else if (searchParams.has('watch')) {
    response.writeHead(200).flushHeaders();
    if (pathname.endsWith('/pods')) watch = response;
  } else if (pathname.endsWith('/events')) {
    json(table(['Last Seen', 'Type', 'Reason', 'Object', 'Message'], [eventRow]));
  } else json(table(['Name'], [podRow('web-1'), podRow('web-2')]));
}

beforeEach(async () => {
  [watch, log, stop] = [undefined, undefined, new AbortController()];
  server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  stop.abort();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function filesIn(bytes: AsyncIterable<Buffer>): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  const archive = extract();
  const gunzip = createGunzip();
  const read = (async () => {
    for await (const entry of archive) files[entry.header.name] = await readText(entry as never);
  })();
  gunzip.pipe(archive as never);
  for await (const chunk of bytes) gunzip.write(chunk);
  gunzip.end();
  await read;
  return files;
}

it('hears a pod to its end, names one that went at once, and exports both without secrets', async () => {
  const tape = createTape(() => 1_000_000);
  const { port } = server.address() as AddressInfo;
  const kubeconfig = JSON.stringify({
    clusters: [{ name: 'c', cluster: { server: `http://127.0.0.1:${port}` } }],
    contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
    users: [{ name: 'u', user: {} }],
    'current-context': 'x',
  });
  void tape.record(() => connectKube(kubeconfig), stop.signal);
  const tell = (type: string, row: object) => watch?.write(`${JSON.stringify({ type, object: table([], [row]) })}\n`);
  await vi.waitFor(() => expect(watch).toBeDefined());
  tell('MODIFIED', podRow('web-1', { deletionTimestamp: '2026-03-14T09:26:50Z' }));
  tell('MODIFIED', podRow('web-1', { deletionTimestamp: '2026-03-14T09:26:50Z' }));
  await vi.waitFor(() => expect(tape.pods.items()).toMatchObject([{ state: 'listening', containers: [{ lines: 1 }] }]));
  log?.end('2026-03-14T09:26:54Z bye\n');
  tell('DELETED', podRow('web-1'));
  tell('DELETED', podRow('web-2'));
  await vi.waitFor(() => expect(tape.pods.items().map(({ state }) => state)).toEqual(['kept', 'missed']));
  const [kept] = tape.pods.items();
  const detail = tape.detail(kept?.key ?? '');
  expect(detail?.logs.web?.map(({ text }) => text)).toEqual(['password=hunter2hunter2', 'bye']);
  expect(detail?.events).toMatchObject([{ reason: 'BackOff', at: 1_000_000 - 150_000 }]);
  const files = await filesIn(exportTape(tape));
  expect(Object.keys(files).sort()).toEqual(
    ['events.txt', 'pods/shop/web-1-1/events.txt', 'pods/shop/web-1-1/pod.yaml', 'pods/shop/web-1-1/web.log']
      .concat('pods/shop/web-2-2/events.txt')
      .map((path) => `flight-recorder/${path}`),
  );
  expect(files['flight-recorder/pods/shop/web-1-1/web.log']).toContain('bye');
  expect(JSON.stringify(files)).not.toMatch(/hunter2|abcdefgh12345678/);
});

it('reads ages', () => {
  expect(['45s', '2m30s', '3h', '1d2h', '<unknown>'].map(ageIn)).toEqual([45_000, 150_000, 10_800_000, 93_600_000, 0]);
});
