// For tests: an image of two platforms of which one is not there, as the containerd image store keeps one that was pulled for its own.
import { pack } from 'tar-stream';
import { digestOf } from '../images/oci';

const types = {
  index: 'application/vnd.oci.image.index.v1+json',
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  config: 'application/vnd.oci.image.config.v1+json',
  layer: 'application/vnd.oci.image.layer.v1.tar',
};

async function tarOf(files: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const archive = pack();
  for (const [name, content] of Object.entries(files)) archive.entry({ name }, content);
  archive.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archive) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** An OCI archive with the content for amd64 alone, and the id of that image. @param name full, with a tag */
export async function halfAnIndex(name: string): Promise<{ archive: Buffer; id: string }> {
  const layer = await tarOf({ hello: 'hello '.repeat(10_000) });
  const descriptor = (mediaType: string, content: string | Buffer, more: object = {}) => ({
    mediaType,
    digest: digestOf(content),
    size: Buffer.byteLength(content),
    ...more,
  });
  const made = (architecture: string) => {
    const config = JSON.stringify({
      os: 'linux',
      architecture,
      config: {},
      rootfs: { type: 'layers', diff_ids: [digestOf(layer)] },
    });
    const manifest = JSON.stringify({
      schemaVersion: 2,
      mediaType: types.manifest,
      config: descriptor(types.config, config),
      layers: [descriptor(types.layer, layer)],
    });
    return {
      config,
      manifest,
      entry: descriptor(types.manifest, manifest, { platform: { os: 'linux', architecture } }),
    };
  };
  const [there, missing] = [made('amd64'), made('arm64')];
  const index = JSON.stringify({ schemaVersion: 2, mediaType: types.index, manifests: [missing.entry, there.entry] });
  const named = descriptor(types.index, index, { annotations: { 'io.containerd.image.name': name } });
  const blobs = [layer, there.config, there.manifest, index];
  const archive = await tarOf({
    'oci-layout': '{"imageLayoutVersion":"1.0.0"}',
    'index.json': JSON.stringify({ schemaVersion: 2, manifests: [named] }),
    ...Object.fromEntries(blobs.map((blob) => [`blobs/sha256/${digestOf(blob).slice('sha256:'.length)}`, blob])),
  });
  return { archive, id: digestOf(there.config) };
}
