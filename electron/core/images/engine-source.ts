// Images of the engine as a source for loads: from its store where that can be read, else from what it saves.
import type { Readable } from 'node:stream';
import { AppError } from '../../../shared/model/errors';
import { getStream } from '../engine/client';
import { compareApi, type Engine } from '../engine/engine';
import { explained } from '../engine/failures';
import { openArchive } from './archive';
import { type OpenArchive, tarEntries } from './archive-entries';
import { blobReader, openEngineBlobs } from './engine-blobs';
import type { FoundImage } from './engine-images';
import { openEngineStore, overlayReader } from './engine-store';
import type { ImageSource } from './source';
import { openStoreContainer, type StoreContainer } from './store-container';

export interface EngineSourceRequest {
  readonly images: readonly FoundImage[];
  /** Of the nodes: `amd64`. Asked for only where an image must be chosen by it. */
  readonly architecture: Promise<string>;
  /** What {@link openReader} gave. */
  readonly reader: Promise<StoreContainer | undefined>;
  /** Bytes of layers by diff id, where nodes know them. */
  readonly known: Promise<ReadonlyMap<string, number>>;
  log(line: string): void;
}

export type OpenSource = ImageSource & { close(): Promise<void> };

/**
 * The container that reads the engine's store, where it is one that can be read: made before it is known which image is wanted.
 * It is closed with the source that reads by it, or else here. @param image of the engine, with a shell: the nodes' own
 */
export async function openReader(
  engine: Engine,
  image: string,
  signal: AbortSignal,
): Promise<StoreContainer | undefined> {
  const { overlayRoot: root, blobsFolder: folder } = engine;
  const wanted = root ? overlayReader(root, image) : folder ? blobReader(folder, image) : undefined;
  return wanted && openStoreContainer(engine, wanted, signal);
}

/** Close it in any case. Throws `image-platform`, `image-missing`, `engine-refused`. */
export async function openEngineSource(
  engine: Engine,
  request: EngineSourceRequest,
  signal: AbortSignal,
): Promise<OpenSource> {
  const { known, log } = request;
  const images = together(request.images);
  try {
    const store = await request.reader;
    if (store && engine.overlayRoot) return await openEngineStore(engine, { store, images, known }, signal);
    if (store) {
      const architecture = await request.architecture;
      return await openEngineBlobs(engine, { store, images, architecture }, signal);
    }
  } catch (error) {
    signal.throwIfAborted();
    // A store that is kept otherwise, or not to be mounted: the engine can still save.
    log(`The engine's store cannot be read, so the image is saved: ${error instanceof Error ? error.message : error}`);
  }
  const architecture = await request.architecture;
  const open = openSaved(engine, images, architecture);
  const opened = await openArchive({ open, architecture, trusted: true }, signal);
  return { ...opened, images: named(opened.images, images), async close() {} };
}

/** An image that was named twice is one with two names. */
function together(images: readonly FoundImage[]): FoundImage[] {
  const byId = new Map<string, FoundImage>();
  for (const image of images) {
    const known = byId.get(image.id);
    byId.set(image.id, known ? { ...known, names: [...new Set([...known.names, ...image.names])] } : image);
  }
  return [...byId.values()];
}

/** What is saved has the names that it was asked by; a single one gets those that it was found by. */
function named(images: ImageSource['images'], wanted: readonly FoundImage[]): ImageSource['images'] {
  const [only] = images;
  const [asked] = wanted;
  if (only && asked && images.length === 1 && wanted.length === 1) return [{ ...only, names: asked.names }];
  const names = new Set(wanted.flatMap((image) => image.names));
  return images.map((image) => ({ ...image, names: image.names.filter((name) => names.has(name)) }));
}

/** API 1.48: an index is saved for one platform; before, all of it is, with platforms whose content is not there (kind#3795). */
function openSaved(engine: Engine, images: readonly FoundImage[], architecture: string): OpenArchive {
  const query = new URLSearchParams(images.map(({ reference }) => ['names', reference]));
  if (engine.info.containerdStore && compareApi(engine.info.apiVersion, '1.48') >= 0) {
    query.append('platform', JSON.stringify({ os: 'linux', architecture }));
  }
  return async function* (signal) {
    const stream = await explained(() => getStream(engine.docker, '/images/get', query, signal));
    try {
      yield* tarEntries(chunksOf(stream), signal);
    } finally {
      stream.destroy();
    }
  };
}

async function* chunksOf(stream: Readable): AsyncGenerator<Buffer, void, void> {
  try {
    for await (const chunk of stream) yield chunk as Buffer;
  } catch (error) {
    throw new AppError('engine-unreachable', 'The engine broke off while it saved the image', {
      detail: String(error),
      hints: [{ text: 'Check that Docker is running, then try again.' }],
    });
  }
}
