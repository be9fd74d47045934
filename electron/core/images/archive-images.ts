// Which images the files of an archive make: an OCI layout's index, or the list of a docker-archive. Pure.
import { z } from 'zod';
import { AppError } from '../../../shared/model/errors';
import { invalid } from './archive-entries';
import {
  configSchema,
  type Descriptor,
  dockerManifest,
  fullName,
  indexSchema,
  manifestSchema,
  mediaTypes,
} from './oci';
import type { SourceImage, SourceLayer } from './source';
import type { Compression } from './unpacked';

export interface FoundFile {
  readonly size: number;
  /** Of its bytes. */
  readonly digest: string;
  /** Of its bytes when unpacked; absent when its name is believed. */
  readonly plain?: { readonly digest: string; readonly compressed: Compression | undefined } | undefined;
  /** Its bytes, when it is small. */
  readonly document?: Buffer;
}
export type FoundFiles = ReadonlyMap<string, FoundFile>;

const dockerListSchema = z.array(
  z.object({ Config: z.string(), RepoTags: z.array(z.string()).nullish(), Layers: z.array(z.string()).nullish() }),
);

/** What `docker save` wrote before version 25. Throws `image-invalid`. */
export function dockerImages(files: FoundFiles): SourceImage[] {
  const list = parse(dockerListSchema, files.get('manifest.json')?.document, 'manifest.json');
  return list.map(({ Config, RepoTags, Layers }) => {
    const config = files.get(Config)?.document;
    const { rootfs, os, architecture } = parse(configSchema, config, Config);
    const diffIds = rootfs.diff_ids ?? [];
    const names = Layers ?? [];
    if (!config || names.length !== diffIds.length) throw invalid('Its list of layers does not fit its configuration');
    const found = names.map((name, index) => {
      const file = files.get(name);
      if (!file) throw invalid(`The layer ${name} is missing: the archive is cut off or was edited`);
      const diffId = diffIds[index] ?? '';
      if (file.plain?.digest !== diffId) throw invalid(`The layer ${name} is not what its digest ${diffId} says`);
      return { digest: file.digest, size: file.size, diffId, compressed: file.plain.compressed };
    });
    const id = files.get(Config)?.digest ?? '';
    const manifest = { mediaType: mediaTypes.dockerManifest, content: dockerManifest(config, found) };
    return {
      id,
      names: (RepoTags ?? []).map(fullName),
      config,
      manifest,
      platform: { os, architecture },
      layers: found,
    };
  });
}

interface OciRequest {
  readonly architecture: string;
}

/** An OCI layout, also as Docker 25 and newer save it. Throws `image-invalid`, `image-platform`. */
export function ociImages(files: FoundFiles, { architecture }: OciRequest): SourceImage[] {
  const { manifests } = parse(indexSchema, files.get('index.json')?.document, 'index.json');
  const images = new Map<string, SourceImage & { names: string[] }>();
  for (const descriptor of manifests) {
    if (isAttestation(descriptor)) continue;
    const image = imageOf(files, chosen(files, descriptor, architecture));
    const known = images.get(image.id) ?? { ...image, names: [] };
    const name = nameOf(descriptor);
    if (name && !known.names.includes(name)) known.names.push(name);
    images.set(image.id, known);
  }
  return [...images.values()];
}

/** BuildKit puts what it says of a build beside the images, for a platform that no node has. */
function isAttestation({ platform, annotations }: Descriptor): boolean {
  return platform?.os === 'unknown' || annotations?.['vnd.docker.reference.type'] === 'attestation-manifest';
}

/** containerd names by its own annotation; others put a whole reference or only a tag into the specification's. */
function nameOf({ annotations }: Descriptor): string | undefined {
  const name = annotations?.['io.containerd.image.name'] ?? annotations?.['org.opencontainers.image.ref.name'];
  return name && /[/:]/.test(name) ? fullName(name) : undefined;
}

/** The manifest that a descriptor leads to, through indexes. */
function chosen(files: FoundFiles, descriptor: Descriptor, architecture: string): Descriptor {
  const document = blobOf(files, descriptor).document;
  const index = indexSchema.safeParse(jsonOf(document));
  if (!index.success) return descriptor;
  const real = index.data.manifests.filter((one) => !isAttestation(one));
  const fitting = real.filter(
    ({ platform }) => !platform || (platform.os === 'linux' && platform.architecture === architecture),
  );
  const [first] = fitting.filter((one) => files.has(blobName(one.digest)));
  if (first) return chosen(files, first, architecture);
  if (fitting.length > 0) throw invalid(`The content for linux/${architecture} is not in the archive`);
  throw wrongPlatform(
    architecture,
    real.map(({ platform }) => `${platform?.os}/${platform?.architecture}`),
  );
}

export function wrongPlatform(architecture: string, offered: readonly string[], name = 'The image'): AppError {
  const list = [...new Set(offered)].join(', ') || 'nothing';
  return new AppError('image-platform', `${name} is for ${list}; the nodes are linux/${architecture}`, {
    params: { offered: list, wanted: `linux/${architecture}` },
    hints: [{ text: `Build or pull it for the nodes: docker build --platform linux/${architecture}` }],
  });
}

function imageOf(files: FoundFiles, descriptor: Descriptor): SourceImage {
  const content = blobOf(files, descriptor).document;
  const manifest = parse(manifestSchema, content, descriptor.digest);
  const config = blobOf(files, manifest.config).document;
  const { rootfs, os, architecture } = parse(configSchema, config, manifest.config.digest);
  const diffIds = rootfs.diff_ids ?? [];
  if (!content || !config || manifest.layers.length !== diffIds.length) {
    throw invalid('Its list of layers does not fit its configuration');
  }
  const layers = manifest.layers.map((layer, index): SourceLayer => {
    const { plain, size } = blobOf(files, layer);
    const diffId = diffIds[index] ?? '';
    if (plain && plain.digest !== diffId)
      throw invalid(`The layer ${layer.digest} is not what its digest ${diffId} says`);
    return { digest: layer.digest, size, diffId };
  });
  const mediaType = z.object({ mediaType: z.string() }).safeParse(jsonOf(content)).data?.mediaType;
  return {
    id: manifest.config.digest,
    names: [],
    config,
    manifest: { mediaType: mediaType ?? (descriptor.mediaType || mediaTypes.ociManifest), content },
    platform: { os, architecture },
    layers,
  };
}

const blobName = (digest: string) => `blobs/sha256/${digest.slice('sha256:'.length)}`;

function blobOf(files: FoundFiles, { digest, size }: Descriptor): FoundFile {
  const file = files.get(blobName(digest));
  if (!file) throw invalid(`${digest} is missing: the archive is cut off or was edited`);
  if (file.digest !== digest || file.size !== size) throw invalid(`${digest} is not what its digest says`);
  return file;
}

function jsonOf(document: Buffer | undefined): unknown {
  try {
    return JSON.parse(document?.toString('utf8') ?? '');
  } catch {
    return undefined;
  }
}

function parse<Schema extends z.ZodType>(schema: Schema, document: Buffer | undefined, name: string): z.infer<Schema> {
  const result = schema.safeParse(jsonOf(document));
  if (result.success) return result.data;
  throw document
    ? invalid(`Its ${name} is not as an image's is`, result.error)
    : invalid(`It is no image archive: it has no ${name}`);
}
