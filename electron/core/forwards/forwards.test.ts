// Forwards over an API that is led by hand: a port that stays while pods come and go, one that is taken, those that are kept.

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect as connectTo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { V1Pod } from '@kubernetes/client-node';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WebSocketServer } from 'ws';
import type { AppError } from '../../../shared/model/errors';
import type { Kube } from '../kube/connect';
import { createForwards, type Forwards } from './forwards';
import { keptIn } from './kept';

const target = { namespace: 'shop', kind: 'deployment' as const, name: 'web' };
const signal = new AbortController().signal;
const pod = (name: string): V1Pod => ({
  metadata: { name, namespace: 'shop' },
  spec: { containers: [{ name: 'c', ports: [{ containerPort: 8080 }] }] },
  status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] },
});

let folder: string;
let server: Server;
/** The pods of the watch; `show` tells it. */
let pods: V1Pod[];
let show: (now: V1Pod[]) => void;
let forwards: Forwards;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'boathouse-forwards-'));
  file = join(folder, 'forwards.json');
  const sockets = new WebSocketServer({ noServer: true });
  server = createServer().on('upgrade', (request, socket, head) => {
    const name = /pods\/([^/]+)\/portforward/.exec(request.url ?? '')?.[1] ?? '';
    if (!pods.some(({ metadata }) => metadata?.name === name)) return socket.destroy();
    sockets.handleUpgrade(request, socket, head, (web) => {
      for (const stream of [0, 1]) web.send(Buffer.from([stream, 0x90, 0x1f]));
      web.on('message', (data: Buffer) => {
        web.send(Buffer.concat([Buffer.of(0), Buffer.from(`${name} heard ${data.subarray(1)}`)]));
        web.close();
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  pods = [pod('web-1')];
  const ears = new Set<() => void>();
  show = (now) => {
    pods = now;
    for (const ear of ears) ear();
  };
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const kube = {
    config: { getCurrentCluster: () => ({ server: address }), applyToHTTPSOptions: async () => {} },
    call: async () => ({ kind: 'Deployment', spec: { selector: { matchLabels: { app: 'web' } } } }),
    async *watch(_path: string, until: AbortSignal) {
      while (!until.aborted) {
        const changed = new Promise<void>((resolve) => {
          ears.add(resolve);
          until.addEventListener('abort', () => resolve(), { once: true });
        });
        yield new Map(pods.map((one) => [one.metadata?.name ?? '', one]));
        await changed;
      }
    },
  } as unknown as Kube;
  const connect = async (context: string) => {
    if (context === 'gone') throw new Error('no such cluster');
    return kube;
  };
  forwards = createForwards(
    connect,
    keptIn(file, () => {}),
  );
});
afterEach(async () => {
  await forwards.dispose();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true });
});

const ask = (port: number) =>
  new Promise<string>((resolve, reject) => {
    let said = '';
    connectTo(port, '127.0.0.1', function (this: import('node:net').Socket) {
      this.write('hello');
    })
      .on('data', (data) => {
        said += data;
      })
      .on('end', () => resolve(said))
      .on('error', reject);
  });

test('a port stays while pods come and go; who asks in between is let through to the next one', async () => {
  const opened = await forwards.open({ context: 'c', target, keep: false }, signal);
  expect(opened).toMatchObject({ state: 'open', pod: 'web-1', port: 8080 });
  expect(await ask(opened.localPort)).toBe('web-1 heard hello');
  show([]);
  await vi.waitFor(() =>
    expect(forwards.feed.get(opened.id)).toMatchObject({ state: 'waiting', error: { code: 'not-ready' } }),
  );
  const between = ask(opened.localPort);
  await vi.waitFor(() => expect(forwards.feed.get(opened.id)?.connections).toBe(1));
  show([pod('web-2')]);
  expect(await between).toBe('web-2 heard hello');
  await vi.waitFor(() =>
    expect(forwards.feed.get(opened.id)).toMatchObject({ state: 'open', pod: 'web-2', connections: 0 }),
  );
  await forwards.close(opened.id);
  await expect(ask(opened.localPort)).rejects.toThrow('ECONNREFUSED');
  expect(forwards.feed.items()).toEqual([]);
});

test('the same is opened once; a port that is taken is told with a free one', async () => {
  const first = await forwards.open({ context: 'c', target, keep: false }, signal);
  expect((await forwards.open({ context: 'c', target, port: 8080, keep: false }, signal)).id).toBe(first.id);
  const other = { context: 'c', target: { ...target, name: 'api' }, localPort: first.localPort, keep: false };
  const refused = await forwards.open(other, signal).then(
    () => undefined,
    (error: AppError) => error.toData(),
  );
  expect(refused).toMatchObject({ code: 'port-taken', params: { port: first.localPort } });
  const action = refused?.hints[0]?.action;
  expect(action?.call).toBe('forwards.open');
  const { localPort } = (action?.input ?? {}) as { localPort: number };
  expect((await forwards.open({ ...other, localPort }, signal)).localPort).toBe(localPort);
});

test('those that are kept are opened again at the same port, those of a cluster that is not there wait; nothing else is stored', async () => {
  const opened = await forwards.open({ context: 'c', target, keep: true }, signal);
  await forwards.open({ context: 'c', target: { ...target, name: 'api' }, keep: false }, signal);
  const stored = JSON.parse(await readFile(file, 'utf8'));
  expect(stored).toEqual([{ context: 'c', target, port: 8080, localPort: opened.localPort, keep: true }]);
  await forwards.dispose();
  const kept = keptIn(file, () => {});
  await kept.write([...stored, { context: 'gone', target, port: 80, localPort: 4000, keep: true }]);
  forwards = createForwards(async (context) => {
    throw new Error(`${context} does not answer`);
  }, kept);
  await forwards.reopen();
  await vi.waitFor(() => expect(forwards.feed.items()).toHaveLength(2));
  expect(forwards.feed.items()[1]).toMatchObject({
    state: 'lost',
    keep: true,
    error: { message: 'gone does not answer' },
  });
  const [first] = forwards.feed.items();
  await forwards.close(first?.id ?? '');
  expect(await kept.read()).toMatchObject([{ context: 'gone' }]);
});
