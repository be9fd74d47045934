// An image without its layers, or with small ones alone, as an OCI archive that containerd imports when it has the others already.
import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';
import { digestOf } from './oci';
import type { SourceImage } from './source';

const hex = (digest: string) => digest.slice('sha256:'.length);

/** containerd 1.6 and 2.x name images by `io.containerd.image.name`; one without a name gets that of its digest. */
export async function shellArchive(image: SourceImage, layers: ReadonlyMap<string, Buffer>): Promise<Buffer> {
  const { mediaType, content } = image.manifest;
  const descriptor = { mediaType, digest: digestOf(content), size: content.length, platform: image.platform };
  const named = image.names.map((name) => ({ ...descriptor, annotations: { 'io.containerd.image.name': name } }));
  const index = { schemaVersion: 2, manifests: named.length > 0 ? named : [descriptor] };
  const archive = pack();
  archive.entry({ name: 'oci-layout' }, JSON.stringify({ imageLayoutVersion: '1.0.0' }));
  archive.entry({ name: `blobs/sha256/${hex(digestOf(content))}` }, content);
  archive.entry({ name: `blobs/sha256/${hex(image.id)}` }, image.config);
  for (const digest of new Set(image.layers.map((layer) => layer.digest))) {
    const content = layers.get(digest);
    if (content) archive.entry({ name: `blobs/sha256/${hex(digest)}` }, content);
  }
  archive.entry({ name: 'index.json' }, JSON.stringify(index));
  archive.finalize();
  return buffer(archive);
}
