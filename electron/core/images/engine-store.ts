// Layers straight from where the engine keeps them (overlay2), so that only the wanted ones are read: `docker save` writes the
// whole image to a disk before its first byte.
import { AppError } from '../../../shared/model/errors';
import { getJson } from '../engine/client';
import type { Engine } from '../engine/engine';
import { cancelled, explained } from '../engine/failures';
import { type Attached, attach, attachedContainer } from './attached';
import { inBlocks } from './blocks';
import type { FoundImage } from './engine-images';
import { chainIds, configSchema, digestOf, dockerManifest, mediaTypes } from './oci';
import type { ImageSource, LayerStream, SourceImage } from './source';
import { assemble, outlineOf, type TarOutline } from './tar-split';

/**
 * Blobs are asked for by lines (`i` an image's configuration, `l` a layer's record, by chain id), answered by a line with their
 * size and then their bytes; a line `f` begins the list of files, ended by NUL each, whose contents are the rest of the answer.
 */
const script = `
while read -r what key; do
  case $what in
    i) file=/images/$key cache=- ;;
    l) file=/layers/$key/tar-split.json.gz cache=$(cat "/layers/$key/cache-id") ;;
    f) cd /files && exec xargs -0 cat -- ;;
  esac
  echo "$(wc -c <"$file") $cache"
  cat "$file"
done`;

/** Whether images can be read this way: Docker's classic store on overlay2. */
export async function canReadStore(engine: Engine, signal: AbortSignal): Promise<string | undefined> {
  if (engine.info.containerdStore) return undefined;
  const info = (await explained(() => getJson(engine.docker, '/info', signal))) as Record<string, unknown>;
  const root = info.DockerRootDir;
  return info.Driver === 'overlay2' && typeof root === 'string' && root.startsWith('/') ? root : undefined;
}

/**
 * Opens the store read-only in a container without a network, without rights but to read, made of `helperImage` (needs `sh`, `cat`,
 * `wc` and `xargs`). The engine's own record of each layer and its digest are checked: what is read is what `docker save` gives.
 * `close` it in any case. Throws `engine-refused` when the store is not as Docker 20.10 to 29 keep it, and what `engineFailure` knows.
 */
export async function openEngineStore(
  engine: Engine,
  root: string,
  helperImage: string,
  wanted: readonly FoundImage[],
  signal: AbortSignal,
): Promise<ImageSource & { close(): Promise<void> }> {
  const door = await attach(engine, readerContainer(root, helperImage), signal);
  try {
    const configs = new Map<string, Buffer>();
    for (const { id } of wanted) configs.set(id, (await ask(door, 'i', id)).content);
    const records = new Map<string, { record: Buffer; cache: string; outline: TarOutline }>();
    const images: SourceImage[] = [];
    for (const { id, names } of wanted) {
      const config = configs.get(id) ?? Buffer.alloc(0);
      if (digestOf(config) !== id) throw unlike(`the configuration of ${id}`);
      const { rootfs, os, architecture } = configSchema.parse(JSON.parse(config.toString('utf8')));
      const diffIds = rootfs.diff_ids ?? [];
      const chain = chainIds(diffIds);
      for (const [index, diffId] of diffIds.entries()) {
        if (records.has(diffId)) continue;
        const { content, cache } = await ask(door, 'l', chain[index] ?? '');
        records.set(diffId, { record: content, cache, outline: await outlineOf(content) });
      }
      const layers = diffIds.map((diffId) => ({
        digest: diffId,
        diffId,
        size: records.get(diffId)?.outline.size ?? 0,
      }));
      const manifest = { mediaType: mediaTypes.dockerManifest, content: dockerManifest(config, layers) };
      images.push({ id, names, config, manifest, platform: { os, architecture }, layers });
    }
    return {
      images,
      async *read(digests, reading) {
        const layers = [...records].filter(([digest]) => digests.has(digest));
        const list = layers.flatMap(([, { cache, outline }]) =>
          outline.files.map(({ path }) => `${cache}/diff/${path}\0`),
        );
        // Answers are read meanwhile.
        void door.ask(Buffer.concat([Buffer.from('f -\n'), Buffer.from(list.join(''), 'latin1')]));
        door.end();
        for (const [digest, { record, outline }] of layers) {
          reading.throwIfAborted();
          yield { digest, size: outline.size, content: inBlocks(assemble(record, door.answers)) } satisfies LayerStream;
        }
      },
      close: () => door.close(),
    };
  } catch (error) {
    await door.close();
    if (signal.aborted) throw cancelled(signal);
    throw error instanceof AppError ? error : unlike(door.complaint() || String(error));
  }
}

async function ask(door: Attached, what: 'i' | 'l', digest: string): Promise<{ content: Buffer; cache: string }> {
  await door.ask(`${what} ${digest.slice('sha256:'.length)}\n`);
  const [size, cache = ''] = (await door.answers.line()).trim().split(' ');
  const chunks: Buffer[] = [];
  for await (const chunk of door.answers.take(Number(size))) chunks.push(chunk);
  return { content: Buffer.concat(chunks), cache };
}

/** It sees three folders of the store, read-only, and may read what is not its own. */
function readerContainer(root: string, image: string) {
  const mount = (from: string, to: string) => ({
    Type: 'bind' as const,
    Source: `${root}/${from}`,
    Target: to,
    ReadOnly: true,
    // Mounts of running containers below it must not be held.
    BindOptions: { NonRecursive: true } as unknown as { Propagation: 'private' },
  });
  return attachedContainer(
    { image, script, role: 'image-reader' },
    {
      CapAdd: ['DAC_READ_SEARCH'],
      Mounts: [
        mount('image/overlay2/imagedb/content/sha256', '/images'),
        mount('image/overlay2/layerdb/sha256', '/layers'),
        mount('overlay2', '/files'),
      ],
    },
  );
}

function unlike(what: string): AppError {
  return new AppError('engine-refused', `The engine's store is not as expected: ${what}`, { detail: what });
}
