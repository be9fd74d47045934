// Images of an archive: everything in it is checked in a first pass, what is wanted is read in a second.
import { createHash } from 'node:crypto';
import { AppError } from '../../../shared/model/errors';
import { type ArchiveEntry, invalid, type OpenArchive } from './archive-entries';
import { dockerImages, type FoundFile, type FoundFiles, ociImages } from './archive-images';
import { inBlocks } from './blocks';
import type { ImageSource, LayerStream } from './source';
import { compressionOf, unpacked } from './unpacked';

/** Bytes up to which a file may be a document, and of all documents together. */
const largestDocument = 4 * 1024 * 1024;
const mostDocuments = 64 * 1024 * 1024;

export interface ArchiveRequest {
  readonly open: OpenArchive;
  /** Which image of an index is meant: `amd64`. */
  readonly architecture: string;
  /** Digests in names are believed: the engine has made the archive, and what travels is checked while it does. */
  readonly trusted?: boolean;
  /** Names that take the place of those in the archive. */
  readonly names?: readonly string[];
  readonly onRead?: (bytes: number) => void;
}

/**
 * Throws `image-invalid` for what is no image archive, is cut off, damaged, leads out of itself or swells beyond reason;
 * `image-platform` when an index has nothing for `architecture`; `not-found`.
 */
export async function openArchive(request: ArchiveRequest, signal: AbortSignal): Promise<ImageSource> {
  const files = await surveyFiles(request, signal);
  const found = files.has('index.json') ? ociImages(files, request) : dockerImages(files);
  if (found.length === 0) throw invalid('There is no image in the archive');
  const { names } = request;
  if (names && found.length > 1) throw invalid(`It holds ${found.length} images, which cannot have one name`);
  const images = names ? found.map((image) => ({ ...image, names })) : found;
  return {
    images,
    async *read(wanted, reading) {
      const left = new Set(wanted);
      for await (const entry of request.open(reading)) {
        const file = files.get(entry.name);
        if ('linkTo' in entry || !file || !left.delete(file.digest)) continue;
        yield { digest: file.digest, size: file.size, content: inBlocks(entry.content) } satisfies LayerStream;
        if (left.size === 0) return;
      }
    },
  };
}

async function surveyFiles(request: ArchiveRequest, signal: AbortSignal): Promise<FoundFiles> {
  const files = new Map<string, FoundFile>();
  const links: { name: string; linkTo: string }[] = [];
  let documents = 0;
  let read = 0;
  for await (const entry of request.open(signal)) {
    if ('linkTo' in entry) {
      links.push(entry);
      continue;
    }
    const file = await surveyFile(entry, request.trusted === true);
    documents += file.document?.length ?? 0;
    if (documents > mostDocuments) throw invalid('It holds more descriptions than any image would');
    files.set(entry.name, file);
    read += entry.size;
    request.onRead?.(read);
  }
  for (const { name, linkTo } of links) {
    const target = files.get(linkTo);
    if (target) files.set(name, target);
  }
  return files;
}

async function surveyFile(entry: Extract<ArchiveEntry, { size: number }>, trusted: boolean): Promise<FoundFile> {
  const { name, size } = entry;
  const named = trusted ? /^blobs\/sha256\/([0-9a-f]{64})$/.exec(name)?.[1] : undefined;
  const keep = size <= largestDocument;
  if (named && !keep) {
    for await (const _chunk of entry.content);
    return { size, digest: `sha256:${named}` };
  }
  const raw = createHash('sha256');
  const kept: Buffer[] = [];
  const passed = async function* () {
    for await (const chunk of entry.content) {
      raw.update(chunk);
      if (keep) kept.push(chunk);
      yield chunk;
    }
  };
  const plain = await hashPlain(passed(), name);
  const document = Buffer.concat(kept);
  const digest = `sha256:${raw.digest('hex')}`;
  return { size, digest, ...(plain && { plain }), ...(keep && document[0] !== 0 && { document }) };
}

/** Digest of the content, unpacked where it is compressed. */
async function hashPlain(chunks: AsyncGenerator<Buffer>, name: string): Promise<FoundFile['plain']> {
  const first = await chunks.next();
  if (first.done) return undefined;
  try {
    const compressed = compressionOf(first.value);
    const whole = async function* () {
      yield first.value;
      yield* chunks;
    };
    const hash = createHash('sha256');
    for await (const chunk of unpacked(whole(), compressed)) hash.update(chunk);
    // Bytes after the end of what was compressed count too.
    for await (const _chunk of chunks);
    return { digest: `sha256:${hash.digest('hex')}`, compressed };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'image-invalid') throw error;
    throw invalid(`${name}: ${error.message}`, error);
  }
}
