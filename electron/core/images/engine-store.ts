// Layers straight from where the engine keeps them (overlay2), so that only the wanted ones are read: `docker save` writes the
// whole image to a disk before its first byte.
import { Readable } from 'node:stream';
import { AppError } from '../../../shared/model/errors';
import { getFile, getTree } from '../engine/archive';
import type { Engine } from '../engine/engine';
import { cancelled } from '../engine/failures';
import type { Attached } from './attached';
import { inBlocks } from './blocks';
import type { FoundImage } from './engine-images';
import { chainIds, configSchema, digestOf, dockerManifest, mediaTypes } from './oci';
import type { ImageSource, LayerStream, SourceImage } from './source';
import { fewEnough, type StoreContainer, type StoreContainerRequest } from './store-container';
import { assemble, type ByteReader, byteReader, outlineOf, type TarOutline } from './tar-split';

/**
 * Records of layers are asked for by chain id, one a line, answered by a line with their size and the layer's folder, and then their
 * bytes; a line `files` begins the list of files, ended by NUL each, whose contents are the rest of the answer.
 */
const script = `
while read -r chain; do
  [ "$chain" != files ] || { cd /files && exec xargs -0 cat --; }
  file=/layers/$chain/tar-split.json.gz
  echo "$(wc -c <"$file") $(cat "/layers/$chain/cache-id")"
  cat "$file"
done`;

/**
 * The container that reads it. @param root folder of the engine's data: Docker's classic store on overlay2
 * @param image of the engine, with `sh`, `cat`, `wc` and `xargs`
 */
export function overlayReader(root: string, image: string): StoreContainerRequest {
  const folders = {
    [`${root}/image/overlay2/imagedb/content/sha256`]: '/images',
    [`${root}/image/overlay2/layerdb/sha256`]: '/layers',
    [`${root}/overlay2`]: '/files',
  };
  return { image, script, folders };
}

export interface StoreRequest {
  /** The container of {@link overlayReader}. */
  readonly store: StoreContainer;
  readonly images: readonly FoundImage[];
  /** Bytes of layers by diff id, where nodes know them: the record of a large layer is large, too. */
  readonly known: Promise<ReadonlyMap<string, number>>;
}

interface LayerRecord {
  readonly record: Buffer;
  /** Folder of its files. */
  readonly cache: string;
  readonly outline: TarOutline;
}

/**
 * Reads the store, which is read-only in a container without a network, without rights but to read. What is small is taken out of it by the
 * engine itself, which need not start it for that; for more its program is started. The engine's own record of each layer and its
 * digest are checked: what is read is what `docker save` gives.
 * `close` it in any case. Throws `engine-refused` when the store is not as Docker 20.10 to 29 keep it, and what `engineFailure` knows.
 */
export async function openEngineStore(
  engine: Engine,
  { store, images: wanted, known }: StoreRequest,
  signal: AbortSignal,
): Promise<ImageSource & { close(): Promise<void> }> {
  const records = new Map<string, LayerRecord>();
  /** The chain id of each layer. */
  const chains = new Map<string, string>();
  const recordOf = async (diffId: string): Promise<LayerRecord> => {
    const found = records.get(diffId);
    if (found) return found;
    const chain = hexOf(chains.get(diffId) ?? '');
    const layer = store.started
      ? await askLayer(await store.program(), chain)
      : await takeLayer(engine, store.id, chain);
    const complete = { ...layer, outline: await outlineOf(layer.record) };
    records.set(diffId, complete);
    return complete;
  };
  try {
    const configs = await Promise.all(
      wanted.map(async ({ id }) => {
        const config = await getFile(engine, store.id, `/images/${hexOf(id)}`, signal);
        if (!config || digestOf(config) !== id) throw unlike(`the configuration of ${id}`);
        return { config, parsed: configSchema.parse(JSON.parse(config.toString('utf8'))) };
      }),
    );
    for (const { parsed } of configs) {
      const diffIds = parsed.rootfs.diff_ids ?? [];
      for (const [index, chain] of chainIds(diffIds).entries()) {
        const diffId = diffIds[index] ?? '';
        if (!chains.has(diffId)) chains.set(diffId, chain);
      }
    }
    const sizes = new Map(await known);
    const unknown = [...chains.keys()].filter((diffId) => !sizes.has(diffId));
    if (!fewEnough(unknown.length, 0)) await store.program();
    // The program answers one after the other.
    for (const diffId of unknown) sizes.set(diffId, (await recordOf(diffId)).outline.size);
    const images = wanted.map(({ id, names }, index): SourceImage => {
      const { config, parsed } = configs[index] ?? { config: Buffer.alloc(0), parsed: configSchema.parse({}) };
      const { rootfs, os, architecture } = parsed;
      const layers = (rootfs.diff_ids ?? []).map((diffId) => ({
        digest: diffId,
        diffId,
        size: sizes.get(diffId) ?? 0,
      }));
      const manifest = { mediaType: mediaTypes.dockerManifest, content: dockerManifest(config, layers) };
      return { id, names, config, manifest, platform: { os, architecture }, layers };
    });
    return {
      images,
      async *read(digests, reading) {
        const bytes = [...digests].reduce((sum, digest) => sum + (sizes.get(digest) ?? 0), 0);
        if (!fewEnough(digests.size, bytes)) await store.program();
        const layers: [string, LayerRecord][] = [];
        for (const digest of digests) layers.push([digest, await recordOf(digest)]);
        const contents =
          (!store.started && (await taken(engine, store.id, layers, reading))) || asked(await store.program(), layers);
        for (const [digest, { record, outline }] of layers) {
          reading.throwIfAborted();
          yield { digest, size: outline.size, content: inBlocks(assemble(record, contents)) } satisfies LayerStream;
        }
      },
      close: () => store.close(),
    };
  } catch (error) {
    const complaint = await store.complaint();
    await store.close();
    if (signal.aborted) throw cancelled(signal);
    throw error instanceof AppError ? error : unlike(complaint || String(error));
  }
}

const hexOf = (digest: string) => digest.slice('sha256:'.length);

/** A layer's record without the program. */
async function takeLayer(engine: Engine, container: string, chain: string): Promise<Omit<LayerRecord, 'outline'>> {
  const files = await getTree(engine, container, `/layers/${chain}`);
  const record = files.get('tar-split.json.gz');
  const cache = files.get('cache-id')?.toString('latin1').trim();
  if (!record || !cache) throw unlike(`the layer ${chain}`);
  return { record, cache };
}

/** The contents of layers without the program; undefined when the engine gives them otherwise than their records say. */
async function taken(
  engine: Engine,
  container: string,
  layers: readonly [string, LayerRecord][],
  signal: AbortSignal,
): Promise<ByteReader | undefined> {
  const trees = await Promise.all(
    layers.map(([, { cache }]) => getTree(engine, container, `/files/${cache}/diff`, signal)),
  );
  const contents: Buffer[] = [];
  for (const [index, [, { outline }]] of layers.entries()) {
    for (const { path, size } of outline.files) {
      const content = trees[index]?.get(Buffer.from(path, 'latin1').toString('utf8'));
      // Names that are no UTF-8, and files of which the engine took another name for the first.
      if (content?.length !== size) return undefined;
      contents.push(content);
    }
  }
  return byteReader(Readable.from(contents)[Symbol.asyncIterator]());
}

/** The same by the program, whose last answer it is. */
function asked(door: Attached, layers: readonly [string, LayerRecord][]): ByteReader {
  const list = layers.flatMap(([, { cache, outline }]) => outline.files.map(({ path }) => `${cache}/diff/${path}\0`));
  // Answers are read meanwhile.
  void door.ask(Buffer.concat([Buffer.from('files\n'), Buffer.from(list.join(''), 'latin1')]));
  door.end();
  return door.answers;
}

async function askLayer(door: Attached, chain: string): Promise<Omit<LayerRecord, 'outline'>> {
  await door.ask(`${chain}\n`);
  const [size, cache = ''] = (await door.answers.line()).trim().split(' ');
  const chunks: Buffer[] = [];
  for await (const chunk of door.answers.take(Number(size))) chunks.push(chunk);
  return { record: Buffer.concat(chunks), cache };
}

function unlike(what: string): AppError {
  return new AppError('engine-refused', `The engine's store is not as expected: ${what}`, { detail: what });
}
