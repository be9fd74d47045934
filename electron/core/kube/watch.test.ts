// What the events of a Kubernetes watch make of a list, and what becomes of a watch that a server ends.
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { KubernetesObject } from '@kubernetes/client-node';
import { describe, expect, test } from 'vitest';
import { applyEvent, type Objects, watchList } from './watch';
import { wayOf } from './way';

const pod = (name: string, namespace = 'default', resourceVersion = '1'): KubernetesObject => ({
  kind: 'Pod',
  metadata: { name, namespace, resourceVersion },
});
const before: Objects<KubernetesObject> = new Map([
  ['default/web', pod('web')],
  ['kube-system/dns', pod('dns', 'kube-system')],
]);

test('an added object comes in beside one of its name in another namespace', () => {
  const after = applyEvent(before, { type: 'ADDED', object: pod('dns') });
  expect([...after.keys()]).toEqual(['default/web', 'kube-system/dns', 'default/dns']);
});

test('a modified object takes the place of its old self, also one that was missed', () => {
  const after = applyEvent(before, { type: 'MODIFIED', object: pod('web', 'default', '2') });
  expect(after.get('default/web')?.metadata?.resourceVersion).toBe('2');
  expect(after.size).toBe(2);
  expect(applyEvent(before, { type: 'MODIFIED', object: pod('new') }).has('default/new')).toBe(true);
});

test('a deleted object is gone, and deleting it again changes nothing', () => {
  const after = applyEvent(before, { type: 'DELETED', object: pod('web') });
  expect([...after.keys()]).toEqual(['kube-system/dns']);
  expect(applyEvent(after, { type: 'DELETED', object: pod('web') })).toEqual(after);
});

test('objects without a namespace are known by their name', () => {
  const node = { kind: 'Node', metadata: { name: 'shop-worker' } };
  const after = applyEvent(new Map(), { type: 'ADDED', object: node });
  expect(after.get('/shop-worker')).toBe(node);
});

test.each(['BOOKMARK', 'ERROR'] as const)('%s carries no object of the list', (type) => {
  expect(applyEvent(before, { type, object: { kind: 'Status', metadata: {} } })).toBe(before);
});

test('the list before an event stays as it was', () => {
  applyEvent(before, { type: 'DELETED', object: pod('web') });
  applyEvent(before, { type: 'ADDED', object: pod('new') });
  expect([...before.keys()]).toEqual(['default/web', 'kube-system/dns']);
});

describe('a server', () => {
  const list = (...names: string[]) =>
    JSON.stringify({ metadata: { resourceVersion: '5' }, items: names.map((name) => pod(name)) });

  /** What was listed, over all answers of a server: those to lists and those to watches, each in turn. */
  async function heardOf(lists: string[], watches: ((response: ServerResponse) => void)[], rounds: number) {
    const server = createServer((request, response) => {
      if (!request.url?.includes('watch=1')) return response.end(lists.shift() ?? list());
      const play = watches.shift();
      if (play) play(response);
      else response.writeHead(200).flushHeaders();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const stop = new AbortController();
    try {
      const { port } = server.address() as AddressInfo;
      const way = wayOf({ server: `http://127.0.0.1:${port}` }, {});
      if (!way) throw new Error('no way');
      const heard: string[][] = [];
      const began = performance.now();
      for await (const objects of watchList(way, '/api/v1/pods', stop.signal)) {
        heard.push([...objects.values()].map(({ metadata }) => metadata?.name ?? ''));
        if (heard.length === rounds) break;
      }
      return { heard, milliseconds: performance.now() - began };
    } finally {
      stop.abort();
      server.closeAllConnections();
      server.close();
    }
  }

  const gone = { kind: 'Status', code: 410, message: 'too old' };

  test.each<[string, (response: ServerResponse) => void]>([
    ['ends a watch', (response) => void response.end()],
    ['answers a watch with 410', (response) => void response.writeHead(410).end(JSON.stringify(gone))],
    ['says 410 in a watch', (response) => void response.end(`${JSON.stringify({ type: 'ERROR', object: gone })}\n`)],
  ])('that %s is asked for the list anew, and not as fast as it answers', async (_what, play) => {
    const { heard, milliseconds } = await heardOf([list('a'), list('a', 'b'), list('b')], [play, play], 3);
    expect(heard).toEqual([['a'], ['a', 'b'], ['b']]);
    expect(milliseconds).toBeGreaterThan(900);
  });

  test('that has said something is asked again at once', async () => {
    const added = `${JSON.stringify({ type: 'ADDED', object: pod('b') })}\n`;
    const { heard, milliseconds } = await heardOf([list('a'), list('c')], [(response) => void response.end(added)], 3);
    expect(heard).toEqual([['a'], ['a', 'b'], ['c']]);
    expect(milliseconds).toBeLessThan(450);
  });

  test('that turns out to be a page of something else is told as such', async () => {
    const page = (response: ServerResponse) => void response.end('<html>Sign in</html>\n');
    await expect(heardOf([list('a')], [page], 2)).rejects.toMatchObject({
      code: 'kubernetes-refused',
      message: expect.stringContaining('not Kubernetes'),
    });
  });
});
