// Images of the engine as a source for loads: from its store where that can be read, else from what it saves.
import type { Readable } from 'node:stream';
import { AppError } from '../../../shared/model/errors';
import { getStream } from '../engine/client';
import { compareApi, type Engine } from '../engine/engine';
import { explained } from '../engine/failures';
import { openArchive } from './archive';
import { type OpenArchive, tarEntries } from './archive-entries';
import { openEngineBlobs } from './engine-blobs';
import type { FoundImage } from './engine-images';
import { openEngineStore } from './engine-store';
import type { ImageSource } from './source';

export interface EngineSourceRequest {
  readonly images: readonly FoundImage[];
  /** Of the nodes: `amd64`. Asked for only where an image must be chosen by it. */
  readonly architecture: Promise<string>;
  /** An image of the engine with a shell: the nodes' own. */
  readonly helperImage: string;
  /** Bytes of layers by diff id, where nodes know them. */
  readonly known: Promise<ReadonlyMap<string, number>>;
  log(line: string): void;
}

export type OpenSource = ImageSource & { close(): Promise<void> };

/** Close it in any case. Throws `image-platform`, `image-missing`, `engine-refused`. */
export async function openEngineSource(
  engine: Engine,
  request: EngineSourceRequest,
  signal: AbortSignal,
): Promise<OpenSource> {
  const { helperImage, known, log } = request;
  const images = together(request.images);
  const { overlayRoot: root, blobsFolder: folder } = engine;
  try {
    if (root) return await openEngineStore(engine, { root, helperImage, images, known }, signal);
    if (folder) {
      const architecture = await request.architecture;
      return await openEngineBlobs(engine, { folder, helperImage, images, architecture }, signal);
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
