// What a node holds, as plain data, and what of an image it still lacks.
import { chainIds, configSchema, indexSchema, manifestSchema } from './oci';
import type { SourceImage } from './source';

export interface NodeStore {
  /** As images call it: `amd64`, `arm64` ... */
  readonly architecture: string;
  /** Folder of the content store. */
  readonly content: string;
  readonly snapshotter: string;
  /** Device and number of the folder in it where what comes is put first: by them it is known from elsewhere. */
  readonly staging: string;
  /** Name -> digest of its manifest or index. */
  readonly names: ReadonlyMap<string, string>;
  /** Chain ids of unpacked layers. */
  readonly snapshots: ReadonlySet<string>;
  /** Digest -> bytes. */
  readonly blobs: ReadonlyMap<string, number>;
  readonly documents: ReadonlyMap<string, unknown>;
}

const architectures: Readonly<Record<string, string>> = {
  x86_64: 'amd64',
  aarch64: 'arm64',
  armv7l: 'arm',
  i686: '386',
};

/** Undefined when the text is not whole. */
export function parseSurvey(text: string): NodeStore | undefined {
  const lines = text.split('\n');
  if (!lines.includes('end')) return undefined;
  const facts = new Map<string, string>();
  const names = new Map<string, string>();
  const snapshots = new Set<string>();
  const blobs = new Map<string, number>();
  const documents = new Map<string, unknown>();
  for (const line of lines) {
    const [kind = '', first = '', ...more] = line.split(' ');
    const rest = more.join(' ');
    if (kind === 'image') names.set(rest, first);
    else if (kind === 'snapshot') snapshots.add(first);
    else if (kind === 'blob') blobs.set(`sha256:${first}`, Number(rest));
    else if (kind === 'json') documents.set(`sha256:${first}`, parsed(rest));
    else facts.set(kind, first);
  }
  const machine = facts.get('machine') ?? '';
  return {
    architecture: architectures[machine] ?? machine,
    content: facts.get('content') ?? '',
    snapshotter: facts.get('snapshotter') ?? 'overlayfs',
    staging: facts.get('staging') ?? '',
    names,
    snapshots,
    blobs,
    documents,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A layer may begin with a brace too.
    return undefined;
  }
}

/** An image of a node: all its names, its id, and what it takes. */
export interface StoredImage {
  readonly id: string;
  readonly names: readonly string[];
  /** Bytes of its layers as they came. */
  readonly size: number;
  /** When it was built, RFC 3339. */
  readonly created?: string;
}

/** The images of a node, each once; names that lead to nothing whole are left out. */
export function storedImages(store: NodeStore): StoredImage[] {
  const images = new Map<string, { id: string; names: string[]; size: number; created?: string }>();
  for (const [name, digest] of store.names) {
    const resolved = resolve(store, digest);
    if (!resolved) continue;
    const known = images.get(resolved.id);
    if (known) known.names.push(name);
    else images.set(resolved.id, { ...resolved, names: [name] });
  }
  return [...images.values()];
}

/**
 * Every digest by which Kubernetes may call an image of the node -> its id: the id itself, its manifest's, that of an index. A
 * kubelet tells the id for what was loaded under a name only, else a name with a digest.
 */
export function idsByDigest(store: NodeStore): Map<string, string> {
  const ids = new Map<string, string>();
  for (const digest of [...store.names.values(), ...store.documents.keys()]) {
    const id = resolve(store, digest)?.id;
    if (id) ids.set(digest, id).set(id, id);
  }
  return ids;
}

/** The digest in what a kubelet calls an image: `sha256:...`, or what comes after `@`. */
export function digestIn(imageId: string): string {
  return imageId.slice(imageId.indexOf('@') + 1).replace(/^docker:\/\//, '');
}

/** The id and size of what a digest of the node leads to; undefined when its configuration is not there. */
function resolve(store: NodeStore, digest: string): Omit<StoredImage, 'names'> | undefined {
  const document = store.documents.get(digest);
  const index = indexSchema.safeParse(document);
  if (index.success) {
    const fitting = index.data.manifests.filter(
      ({ platform }) => !platform || (platform.os === 'linux' && platform.architecture === store.architecture),
    );
    return fitting.map((one) => resolve(store, one.digest)).find((one) => one !== undefined);
  }
  const manifest = manifestSchema.safeParse(document);
  if (!manifest.success) return undefined;
  const { config, layers } = manifest.data;
  const parsedConfig = configSchema.safeParse(store.documents.get(config.digest));
  if (!parsedConfig.success) return undefined;
  const { created } = parsedConfig.data;
  return {
    id: config.digest,
    size: layers.reduce((sum, layer) => sum + layer.size, config.size),
    ...(created && { created }),
  };
}

/** Bytes of layers that are not compressed, so that their digest is their diff id, as the manifests of nodes have them. */
export function layerSizes(stores: Iterable<NodeStore>): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const { documents } of stores) {
    for (const document of documents.values()) {
      const manifest = manifestSchema.safeParse(document);
      for (const { mediaType, digest, size } of manifest.data?.layers ?? []) {
        if (/\.tar$/.test(mediaType)) sizes.set(digest, size);
      }
    }
  }
  return sizes;
}

export interface Missing {
  /** Digests of the layers that must travel. */
  readonly digests: ReadonlySet<string>;
  /** Bytes that must travel, and that need not. */
  readonly bytes: number;
  readonly present: number;
  /** It has everything, under every name: nothing is to be done. */
  readonly nothing: boolean;
}

/**
 * What a node lacks of images. A layer is there when it is unpacked (blobs may have been discarded after unpacking:
 * containerd's `discard_unpacked_layers`) or when its blob is.
 */
export function missingIn(store: NodeStore, images: readonly SourceImage[]): Missing {
  const digests = new Set<string>();
  const counted = new Set<string>();
  let bytes = 0;
  let present = 0;
  for (const image of images) {
    const chain = chainIds(image.layers.map(({ diffId }) => diffId));
    for (const [index, layer] of image.layers.entries()) {
      if (counted.has(layer.digest)) continue;
      counted.add(layer.digest);
      if (store.snapshots.has(chain[index] ?? '') || store.blobs.get(layer.digest) === layer.size) {
        present += layer.size;
      } else {
        bytes += layer.size;
        digests.add(layer.digest);
      }
    }
  }
  return { digests, bytes, present, nothing: digests.size === 0 && images.every((image) => isWhole(store, image)) };
}

function isWhole(store: NodeStore, image: SourceImage): boolean {
  const last = chainIds(image.layers.map(({ diffId }) => diffId)).at(-1);
  const unpacked = last === undefined || store.snapshots.has(last);
  const named = image.names.map((name) => store.names.get(name));
  return unpacked && named.length > 0 && named.every((digest) => digest && resolve(store, digest)?.id === image.id);
}
