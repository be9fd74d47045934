// Images of an engine with the containerd image store, blob by blob from its content store, so that only the wanted ones are read.
import { AppError } from '../../../shared/model/errors';
import { getFile } from '../engine/archive';
import type { Engine } from '../engine/engine';
import { cancelled } from '../engine/failures';
import { type FoundFile, ociImages } from './archive-images';
import { inBlocks } from './blocks';
import type { FoundImage } from './engine-images';
import { digestOf, indexSchema, manifestSchema } from './oci';
import type { ImageSource, LayerStream } from './source';
import { fewEnough, type StoreContainer, type StoreContainerRequest } from './store-container';

export interface BlobsRequest {
  /** The container of {@link blobReader}. */
  readonly store: StoreContainer;
  readonly images: readonly FoundImage[];
  /** Of the nodes: `amd64`. */
  readonly architecture: string;
}

/** Each line is a blob's name; their contents are the answer, one after the other. */
const script = 'cd /blobs && while read -r blob; do cat "$blob"; done';

/** The container that reads it. @param image of the engine, with `sh` and `cat` */
export function blobReader(folder: string, image: string): StoreContainerRequest {
  return { image, script, folders: { [folder]: '/blobs' } };
}

const blobPath = (digest: string) => `/blobs/${digest.slice('sha256:'.length)}`;
const fileName = (digest: string) => `blobs/sha256/${digest.slice('sha256:'.length)}`;

/**
 * `close` it in any case. Throws `image-platform`, `image-invalid` when the content for the nodes' platform is not there, and what
 * `engineFailure` knows.
 */
export async function openEngineBlobs(
  engine: Engine,
  { store, images, architecture }: BlobsRequest,
  signal: AbortSignal,
): Promise<ImageSource & { close(): Promise<void> }> {
  try {
    const files = new Map<string, FoundFile>();
    const take = (digest: string) => documentsFrom(engine, store, digest, { architecture, files, signal });
    const found = await Promise.all(
      images.map(async ({ id, names }) => {
        await take(id);
        const file = files.get(fileName(id));
        if (!file) throw new AppError('engine-refused', `The engine's store does not have ${id}`);
        const annotations = names.map((name) => ({ 'io.containerd.image.name': name }));
        return (annotations.length > 0 ? annotations : [undefined]).map((one) => ({
          mediaType: '',
          digest: id,
          size: file.size,
          ...(one && { annotations: one }),
        }));
      }),
    );
    const index = Buffer.from(JSON.stringify({ manifests: found.flat() }));
    files.set('index.json', { size: index.length, digest: digestOf(index), document: index });
    const sources = ociImages(files, { architecture });
    const sizes = new Map(sources.flatMap(({ layers }) => layers.map(({ digest, size }) => [digest, size])));
    return {
      images: sources,
      async *read(wanted, reading) {
        const digests = [...wanted];
        const bytes = digests.reduce((sum, digest) => sum + (sizes.get(digest) ?? 0), 0);
        const contentOf = fewEnough(digests.length, bytes)
          ? (digest: string) => one(engine, store, digest, reading)
          : await all(store, digests, sizes);
        for (const digest of digests) {
          reading.throwIfAborted();
          yield { digest, size: sizes.get(digest) ?? 0, content: inBlocks(contentOf(digest)) } satisfies LayerStream;
        }
      },
      close: () => store.close(),
    };
  } catch (error) {
    await store.close();
    throw signal.aborted ? cancelled(signal) : error;
  }
}

interface Documents {
  readonly architecture: string;
  readonly files: Map<string, FoundFile>;
  readonly signal: AbortSignal;
}

/** The documents that an image is made of, as far as they are there and of a platform that nodes can run; layers by what is said of them. */
async function documentsFrom(engine: Engine, store: StoreContainer, digest: string, wanted: Documents): Promise<void> {
  const { architecture, files, signal } = wanted;
  const document = await getFile(engine, store.id, blobPath(digest), signal);
  if (!document) return;
  files.set(fileName(digest), { size: document.length, digest: digestOf(document), document });
  const json: unknown = JSON.parse(document.toString('utf8'));
  const index = indexSchema.safeParse(json);
  const fitting = (index.data?.manifests ?? []).filter(
    ({ platform }) => !platform || (platform.os === 'linux' && platform.architecture === architecture),
  );
  await Promise.all(fitting.map((one) => documentsFrom(engine, store, one.digest, wanted)));
  const manifest = manifestSchema.safeParse(json).data;
  if (!manifest) return;
  for (const layer of manifest.layers) files.set(fileName(layer.digest), layer);
  await documentsFrom(engine, store, manifest.config.digest, wanted);
}

async function* one(engine: Engine, store: StoreContainer, digest: string, signal: AbortSignal) {
  const content = await getFile(engine, store.id, blobPath(digest), signal);
  if (!content) throw new AppError('image-missing', `The engine's store does not have ${digest} any more`);
  yield content;
}

async function all(store: StoreContainer, digests: readonly string[], sizes: ReadonlyMap<string, number>) {
  const program = await store.program();
  // Answers are read meanwhile.
  void program.ask(digests.map((digest) => `${digest.slice('sha256:'.length)}\n`).join(''));
  program.end();
  return (digest: string) => program.answers.take(sizes.get(digest) ?? 0);
}
