// What nodes are sent: small layers with the image that they belong to, large ones as files; and what is not as its digest says.
import { text } from 'node:stream/consumers';
import { extract, type Pack, pack } from 'tar-stream';
import { expect, test } from 'vitest';
import type { NodeStore } from './node-store';
import { chainIds, digestOf } from './oci';
import { prepareFleet } from './send';
import type { ImageSource, LayerStream } from './source';

const contents = [Buffer.alloc(5 * 1024 * 1024, 'large'), Buffer.from('small')];
const layers = contents.map((content) => ({
  digest: digestOf(content),
  diffId: digestOf(content),
  size: content.length,
}));
const [large = '', small = ''] = layers.map(({ digest }) => digest.slice('sha256:'.length));
const config = Buffer.from('{}');

function sourceOf(read: (index: number) => Buffer = (index) => contents[index] ?? Buffer.alloc(0)): ImageSource {
  const manifest = { mediaType: '', content: Buffer.from('{"manifest":true}') };
  const platform = { os: 'linux', architecture: 'amd64' };
  return {
    images: [{ id: digestOf(config), names: ['docker.io/shop/web:dev'], config, manifest, platform, layers }],
    async *read(wanted) {
      for (const [index, { digest, size }] of layers.entries()) {
        const content = async function* () {
          yield read(index);
        };
        if (wanted.has(digest)) yield { digest, size, content: content() } satisfies LayerStream;
      }
    },
  };
}

function storeWith(...snapshots: string[]): NodeStore {
  const none = { names: new Map(), blobs: new Map(), documents: new Map() };
  const where = { architecture: 'amd64', content: '/content', snapshotter: 'overlayfs', staging: '' };
  return { ...where, ...none, snapshots: new Set(snapshots) };
}

async function entriesOf(stream: Pack): Promise<Map<string, string>> {
  const entries = new Map<string, string>();
  for await (const entry of stream.pipe(extract())) entries.set(entry.header.name, await text(entry));
  return entries;
}

test('a node that has the large layer gets the small one with the image alone; another gets both', async () => {
  const chain = chainIds(layers.map(({ diffId }) => diffId));
  const nodes = [storeWith(), storeWith(chain[0] ?? '')].map((store, index) => ({
    node: `node${index}`,
    id: `${index}`,
    stream: pack(),
    store,
  }));
  const fleet = prepareFleet(sourceOf(), nodes);
  const sent = Promise.all(nodes.map(({ stream }) => entriesOf(stream)));
  await fleet.send(AbortSignal.timeout(10_000));
  const [bare, knowing] = await sent;
  expect([...(bare?.keys() ?? [])]).toEqual([`layers/${large}`, 'adopt', 'images/0', 'complete']);
  expect(bare?.get('adopt')).toBe(`${large} ${contents[0]?.length}\n`);
  expect([...(knowing?.keys() ?? [])]).toEqual(['adopt', 'images/0', 'complete']);
  expect(knowing?.get('adopt')).toBe('');
  for (const node of [bare, knowing]) expect(node?.get('images/0')).toContain(`blobs/sha256/${small}`);
});

test.each([
  ['large', 0],
  ['small', 1],
] as const)('a %s layer that is not as its digest says reaches no node', async (_, broken) => {
  const node = { node: 'node', id: '0', stream: pack(), store: storeWith() };
  const other = (index: number) => {
    const content = Buffer.from(contents[index] ?? '');
    if (index === broken) content[0] = 0;
    return content;
  };
  const fleet = prepareFleet(sourceOf(other), [node]);
  const sent = entriesOf(node.stream).catch((error: Error) => error);
  await expect(fleet.send(AbortSignal.timeout(10_000))).rejects.toMatchObject({ code: 'image-invalid' });
  expect(await sent).toBeInstanceOf(Error);
});
