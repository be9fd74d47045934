// Layers read once and written to every node that lacks them, each at the pace of the slowest; a node that fails is left out.
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Pack } from 'tar-stream';
import { AppError } from '../../../shared/model/errors';
import { cancelled } from '../engine/failures';
import { type Missing, missingIn, type NodeStore } from './node-store';
import { chainIds, digestOf } from './oci';
import { shellArchive } from './shell-archive';
import type { ImageSource, LayerStream, SourceImage } from './source';
import type { Writer } from './writer';

/** Milliseconds for which a node may take nothing before it counts as stuck: its containerd may be busy unpacking something else. */
const stallLimit = 120_000;

export interface Receiver {
  readonly node: string;
  readonly missing: Missing;
  /** Name of its own among the node's folders for what comes. */
  readonly id: string;
  /** What the node's program reads. */
  readonly stream: Pack;
  /** Called with the bytes of layers that the node has taken so far. */
  onBytes?(bytes: number): void;
}

interface Line extends Receiver {
  readonly store: NodeStore;
  taken: number;
  out: boolean;
  /** Ends a wait for room. */
  wake?: () => void;
}

export interface Fleet {
  readonly receivers: readonly Receiver[];
  /** Writes everything to every node. Throws when what is read is broken; nodes that fail do not count. */
  send(signal: AbortSignal): Promise<void>;
}

/** Opens a writer for those of the nodes that it reaches; undefined where it is not worth its while. */
export type OpenWriter = (receivers: readonly Receiver[], signal: AbortSignal) => Promise<Writer | undefined>;

/** Prepares what every node is sent; nothing is read before `send`. */
export function prepareFleet(
  source: ImageSource,
  nodes: readonly (Pick<Receiver, 'node' | 'id' | 'stream'> & { readonly store: NodeStore })[],
  openWriter: OpenWriter = async () => undefined,
): Fleet {
  const lines = nodes.map((node): Line => {
    const missing = missingIn(node.store, source.images);
    const line: Line = { ...node, missing, taken: 0, out: missing.nothing };
    const leave = () => {
      line.out = true;
      line.wake?.();
    };
    line.stream.once('error', leave);
    line.stream.once('close', leave);
    return line;
  });
  return {
    receivers: lines,
    async send(signal) {
      const abort = () => {
        for (const { stream } of lines) stream.destroy(cancelled(signal));
      };
      if (signal.aborted) abort();
      signal.addEventListener('abort', abort, { once: true });
      try {
        await sendAll(source, lines, openWriter, signal);
      } catch (error) {
        for (const { stream } of lines) stream.destroy(error instanceof Error ? error : new Error(String(error)));
        throw signal.aborted ? cancelled(signal) : error;
      } finally {
        signal.removeEventListener('abort', abort);
      }
    },
  };
}

async function sendAll(
  source: ImageSource,
  lines: readonly Line[],
  openWriter: OpenWriter,
  signal: AbortSignal,
): Promise<void> {
  const wanted = new Set(lines.flatMap(({ missing }) => [...missing.digests]));
  const lacking = lines.filter(({ missing }) => missing.digests.size > 0);
  const layers = source.read(wanted, signal);
  // It is got ready while the writer is.
  const first = wanted.size > 0 ? layers.next() : undefined;
  first?.catch(() => {});
  const writer = first && (await openWriter(lacking, signal));
  const kept: KeptLayers = new Map();
  try {
    if (first) await sendLayers({ first, layers, wanted, lines, writer, kept }, signal);
    await writer?.finish();
    await sendShells(source, lines, kept);
  } finally {
    // Nodes take in what they have meanwhile.
    await writer?.close();
  }
}

/** Small layers travel with what they belong to: containerd is told of both at once. */
type KeptLayers = Map<string, Buffer>;

/** Bytes up to which a layer counts as small, and of all that are kept. */
const smallLayer = 4 * 1024 * 1024;
const mostKept = 16 * 1024 * 1024;

/** Everything but large layers, and that it is all. */
async function sendShells(source: ImageSource, lines: readonly Line[], kept: KeptLayers): Promise<void> {
  const shells = await Promise.all(source.images.map((image) => shellArchive(image, kept)));
  for (const line of lines) {
    if (line.out) continue;
    line.stream.entry({ name: 'adopt' }, adopted(line, source.images, kept));
    for (const [index, shell] of shells.entries()) line.stream.entry({ name: `images/${index}` }, shell);
    line.stream.entry({ name: 'complete' }, '');
    line.stream.finalize();
  }
}

interface Sending {
  readonly first: Promise<IteratorResult<LayerStream, void>>;
  /** All after the first. */
  readonly layers: AsyncGenerator<LayerStream, void, void>;
  readonly wanted: ReadonlySet<string>;
  readonly lines: readonly Line[];
  readonly writer: Writer | undefined;
  readonly kept: KeptLayers;
}

async function sendLayers(sending: Sending, signal: AbortSignal): Promise<void> {
  const { first, layers, wanted, lines, writer, kept } = sending;
  const sent = new Set<string>();
  let room = mostKept;
  try {
    for (let next = await first; !next.done; next = await layers.next()) {
      const layer = next.value;
      const lacking = lines.filter(({ missing, out }) => missing.digests.has(layer.digest) && !out);
      if (layer.size <= Math.min(smallLayer, room)) {
        room -= layer.size;
        kept.set(layer.digest, await keepLayer(layer, lacking));
      } else await sendLayer(layer, lacking, writer, signal);
      sent.add(layer.digest);
      if (sent.size === wanted.size || lines.every(({ out }) => out)) break;
    }
  } finally {
    await layers.return();
  }
  if (sent.size < wanted.size && lines.some(({ out }) => !out)) {
    throw new AppError('image-missing', 'What was to be loaded has changed while it was read', {
      hints: [{ text: 'Try again.' }],
    });
  }
}

/** The layers of which the node must have the blob because nothing of it is unpacked: digest and size, by line. */
function adopted({ store }: Line, images: readonly SourceImage[], kept: KeptLayers): string {
  const wanted = new Map<string, number>();
  for (const image of images) {
    const chain = chainIds(image.layers.map(({ diffId }) => diffId));
    for (const [index, { digest, size }] of image.layers.entries()) {
      if (!store.snapshots.has(chain[index] ?? '') && !kept.has(digest)) wanted.set(digest, size);
    }
  }
  return [...wanted].map(([digest, size]) => `${digest.slice('sha256:'.length)} ${size}\n`).join('');
}

/** Throws `image-invalid`. */
async function keepLayer(layer: LayerStream, lines: readonly Line[]): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of layer.content) chunks.push(chunk);
  const content = Buffer.concat(chunks);
  if (digestOf(content) !== layer.digest) throw unlikeDigest(layer);
  for (const line of lines) note(line, content.length);
  return content;
}

async function sendLayer(
  layer: LayerStream,
  lines: readonly Line[],
  writer: Writer | undefined,
  signal: AbortSignal,
): Promise<void> {
  const hex = layer.digest.slice('sha256:'.length);
  const shared = lines.filter(({ node }) => writer?.reaches(node));
  const sinks = lines
    .filter((line) => !shared.includes(line))
    .map((line) => ({ line, entry: line.stream.entry({ name: `layers/${hex}`, size: layer.size }) }));
  for (const { line, entry } of sinks) entry.on('error', () => (line.out = true));
  if (shared.length > 0) await writer?.begin(hex, layer.size, shared);
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of layer.content) {
    bytes += chunk.length;
    hash.update(chunk);
    await Promise.all([...sinks.map((sink) => write(sink, chunk, signal)), shared.length > 0 && writer?.write(chunk)]);
    for (const line of shared) note(line, chunk.length);
    if (lines.length > 0 && lines.every(({ out }) => out)) return;
  }
  if (bytes !== layer.size || `sha256:${hash.digest('hex')}` !== layer.digest) {
    throw unlikeDigest(layer);
  }
  for (const { line, entry } of sinks) if (!line.out) (entry as unknown as NodeJS.WritableStream).end();
  if (shared.length === 0) return;
  const failures = await writer?.end();
  for (const line of shared) {
    const failure = failures?.get(line.node);
    if (failure) line.stream.destroy(failure);
  }
}

function unlikeDigest({ digest }: LayerStream): AppError {
  return new AppError('image-invalid', `The layer ${digest} is not what its digest says`, {
    hints: [{ text: 'Make or download the image again.' }],
  });
}

function note(line: Line, bytes: number): void {
  if (line.out) return;
  line.taken += bytes;
  line.onBytes?.(line.taken);
}

type Sink = { line: Line; entry: ReturnType<Pack['entry']> };

/** Resolves when the node has room for more; one that takes nothing for too long is out. */
async function write({ line, entry }: Sink, chunk: Buffer, signal: AbortSignal): Promise<void> {
  if (line.out) return;
  if (!entry.write(chunk)) {
    const stop = new AbortController();
    const gone = new Promise<void>((resolve) => {
      entry.once('drain', () => resolve());
      line.wake = resolve;
    });
    const waited = AbortSignal.any([signal, stop.signal]);
    const stuck = pause(stallLimit, 'stuck' as const, { signal: waited }).catch(() => undefined);
    const outcome = await Promise.race([gone, stuck]);
    stop.abort();
    if (outcome === 'stuck') {
      line.stream.destroy(
        new AppError('not-ready', `The node ${line.node} takes nothing`, {
          params: { what: line.node, seconds: stallLimit / 1000 },
        }),
      );
    }
    signal.throwIfAborted();
  }
  note(line, chunk.length);
}
