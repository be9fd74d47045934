// Archives of images: those that are whole are understood, all others are refused with a reason.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openArchive } from './archive';
import { openPath } from './archive-entries';
import { digestOf } from './oci';
import { unpacked } from './unpacked';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'boathouse-archive-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const never = new AbortController().signal;
type Files = Record<string, string | Buffer>;

async function tarOf(files: Files): Promise<Buffer> {
  const archive = pack();
  for (const [name, content] of Object.entries(files)) archive.entry({ name }, content);
  archive.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archive) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

let numbered = 0;
async function open(content: Buffer | Files, architecture = 'amd64') {
  numbered += 1;
  const path = join(folder, `archive-${numbered}`);
  if (Buffer.isBuffer(content)) await writeFile(path, content);
  else {
    for (const [name, text] of Object.entries(content)) {
      await mkdir(dirname(join(path, name)), { recursive: true });
      await writeFile(join(path, name), text);
    }
  }
  return openArchive({ open: openPath(path), architecture }, never);
}

const layer = Buffer.from('a layer, which is a tar in real life'.repeat(100));
const config = (architecture = 'amd64', diffId = digestOf(layer)) =>
  JSON.stringify({ os: 'linux', architecture, rootfs: { type: 'layers', diff_ids: [diffId] } });
const hex = (content: string | Buffer) => digestOf(content).slice(7);

/** As Docker 20.10 saves it. */
function docker(changes: Files = {}): Files {
  return {
    'abc/layer.tar': layer,
    'config.json': config(),
    'manifest.json': JSON.stringify([{ Config: 'config.json', RepoTags: ['shop/web:dev'], Layers: ['abc/layer.tar'] }]),
    ...changes,
  };
}

function descriptor(content: string | Buffer, more: object = {}) {
  return {
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    digest: digestOf(content),
    size: Buffer.byteLength(content),
    ...more,
  };
}

/** An OCI layout with an index of two platforms and an attestation. */
function oci(blob: Buffer = layer): Files {
  const images = ['amd64', 'arm64'].map((architecture) => {
    const text = config(architecture);
    return {
      architecture,
      text,
      manifest: JSON.stringify({ schemaVersion: 2, config: descriptor(text), layers: [descriptor(blob)] }),
    };
  });
  const index = JSON.stringify({
    schemaVersion: 2,
    manifests: [
      ...images.map(({ manifest, architecture }) => descriptor(manifest, { platform: { os: 'linux', architecture } })),
      descriptor('attestation', { platform: { os: 'unknown', architecture: 'unknown' } }),
    ],
  });
  const blobs = [blob, index, ...images.flatMap(({ text, manifest }) => [text, manifest])];
  const named = descriptor(index, { annotations: { 'io.containerd.image.name': 'docker.io/shop/web:dev' } });
  return {
    'oci-layout': '{"imageLayoutVersion":"1.0.0"}',
    'index.json': JSON.stringify({ schemaVersion: 2, manifests: [named] }),
    ...Object.fromEntries(blobs.map((content) => [`blobs/sha256/${hex(content)}`, content])),
  };
}

// `zstd` of nothing but a raw block: magic, frame header (single segment, 4-byte size), block header, bytes.
function zstdOf(content: Buffer): Buffer {
  const head = Buffer.alloc(12);
  head.writeUInt32LE(0xfd2fb528, 0);
  head.writeUInt8(0xa0, 4);
  head.writeUInt32LE(content.length, 5);
  const block = (content.length << 3) | 1;
  head.writeUIntLE(block, 9, 3);
  return Buffer.concat([head, content]);
}

describe('what is whole', () => {
  test.each<[string, () => Promise<Buffer | Files>]>([
    ['a docker-archive', () => tarOf(docker())],
    ['one in gzip', async () => gzipSync(await tarOf(docker()))],
    ['one in zstd', async () => zstdOf(await tarOf(docker()))],
    ['an OCI archive', () => tarOf(oci())],
    ['an OCI archive with layers in gzip', () => tarOf(oci(gzipSync(layer)))],
    ['an OCI layout folder', async () => oci()],
  ])('%s', async (_name, made) => {
    const source = await open(await made());
    expect(source.images).toMatchObject([
      {
        id: digestOf(config()),
        names: ['docker.io/shop/web:dev'],
        platform: { architecture: 'amd64' },
        layers: [{ diffId: digestOf(layer) }],
      },
    ]);
    const [first] = source.images[0]?.layers ?? [];
    const read: Buffer[] = [];
    for await (const { content, digest } of source.read(new Set([first?.digest ?? '']), never)) {
      expect(digest).toBe(first?.digest);
      for await (const chunk of content) read.push(chunk);
    }
    expect(digestOf(Buffer.concat(read))).toBe(first?.digest);
  });

  test('of an index, the image for the nodes is taken', async () => {
    const source = await open(await tarOf(oci()), 'arm64');
    expect(source.images).toMatchObject([{ id: digestOf(config('arm64')) }]);
  });
});

describe('what is refused', () => {
  const invalid = (words: RegExp) => ({ code: 'image-invalid', message: expect.stringMatching(words) });
  test.each<[string, () => Promise<Buffer>, RegExp]>([
    ['something that is no archive', async () => Buffer.from('hello world'.repeat(200)), /no image archive|cut off/],
    ['an empty file', async () => Buffer.alloc(0), /empty/],
    ['a tar without an image', () => tarOf({ 'readme.txt': 'hello' }), /no manifest\.json/],
    ['a docker-archive that is cut short', async () => (await tarOf(docker())).subarray(0, 2000), /cut off/],
    ['gzip that is cut short', async () => gzipSync(await tarOf(docker())).subarray(0, 100), /damaged or cut off/],
    ['one without its layer', () => tarOf({ ...docker(), 'abc/layer.tar': '' }), /not what its digest/],
    ['a layer with another digest', () => tarOf(docker({ 'abc/layer.tar': 'changed' })), /not what its digest/],
    [
      'an OCI blob with another digest',
      () => tarOf({ ...oci(), [`blobs/sha256/${hex(layer)}`]: 'changed' }),
      /not what its digest/,
    ],
    ['a path that climbs out', () => tarOf({ '../../etc/passwd': 'root', ...docker() }), /leads out/],
    ['an absolute path', () => tarOf({ '/etc/passwd': 'root', ...docker() }), /leads out/],
    ['a zip file', async () => Buffer.from('PK\x03\x04 something', 'latin1'), /compressed with zip/],
    ['a manifest that is no JSON', () => tarOf(docker({ 'manifest.json': 'no' })), /not as an image/],
  ])('%s', async (_name, made, words) => {
    await expect(open(await made())).rejects.toMatchObject(invalid(words));
  });

  test('what swells beyond reason', async () => {
    const [bomb, usual] = [
      gzipSync(Buffer.alloc(2_000_000)),
      gzipSync(Buffer.from(Array.from({ length: 5000 }, (_, i) => i))),
    ];
    const all = async (content: Buffer) => {
      for await (const _chunk of unpacked(Readable.from([content]), 'gzip', { swelling: 200, beyond: 100_000 }));
    };
    await expect(all(bomb)).rejects.toMatchObject(invalid(/zip bomb/));
    await all(usual);
  });

  test('an image for another processor, with what it is for', async () => {
    await expect(open(await tarOf(oci()), 's390x')).rejects.toMatchObject({
      code: 'image-platform',
      params: { offered: 'linux/amd64, linux/arm64', wanted: 'linux/s390x' },
    });
  });

  test('a file that is not there', async () => {
    await expect(openArchive({ open: openPath('/nowhere/x.tar'), architecture: 'amd64' }, never)).rejects.toMatchObject(
      { code: 'not-found' },
    );
  });
});
