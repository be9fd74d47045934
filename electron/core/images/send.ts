// Layers read once and written to every node that lacks them, each at the pace of the slowest; a node that fails is left out.
import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type Pack, pack } from 'tar-stream';
import { AppError } from '../../../shared/model/errors';
import { cancelled } from '../engine/failures';
import { type Missing, missingIn, type NodeStore } from './node-store';
import { chainIds } from './oci';
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

/** Prepares a stream for every node; nothing is read before `send`. */
export function prepareFleet(
  source: ImageSource,
  stores: ReadonlyMap<string, NodeStore>,
  openWriter: OpenWriter = async () => undefined,
): Fleet {
  const lines = [...stores].map(([node, store]): Line => {
    const missing = missingIn(store, source.images);
    const line: Line = {
      node,
      store,
      missing,
      id: randomUUID(),
      stream: pack(),
      taken: 0,
      out: missing.nothing,
    };
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
  const writer = wanted.size > 0 ? await openWriter(lacking, signal) : undefined;
  try {
    if (wanted.size > 0) await sendLayers(source, lines, wanted, writer, signal);
    await writer?.finish();
    await sendShells(source, lines);
  } finally {
    // Nodes take in what they have meanwhile.
    await writer?.close();
  }
}

/** All but layers, and that it is all. */
async function sendShells(source: ImageSource, lines: readonly Line[]): Promise<void> {
  const shells = await Promise.all(source.images.map(shellArchive));
  for (const line of lines) {
    if (line.out) continue;
    line.stream.entry({ name: 'adopt' }, adopted(line, source.images));
    for (const [index, shell] of shells.entries()) line.stream.entry({ name: `images/${index}` }, shell);
    line.stream.entry({ name: 'complete' }, '');
    line.stream.finalize();
  }
}

async function sendLayers(
  source: ImageSource,
  lines: readonly Line[],
  wanted: ReadonlySet<string>,
  writer: Writer | undefined,
  signal: AbortSignal,
): Promise<void> {
  const sent = new Set<string>();
  for await (const layer of source.read(wanted, signal)) {
    const lacking = lines.filter(({ missing, out }) => missing.digests.has(layer.digest) && !out);
    await sendLayer(layer, lacking, writer, signal);
    sent.add(layer.digest);
    if (sent.size === wanted.size || lines.every(({ out }) => out)) break;
  }
  if (sent.size < wanted.size && lines.some(({ out }) => !out)) {
    throw new AppError('image-missing', 'What was to be loaded has changed while it was read', {
      hints: [{ text: 'Try again.' }],
    });
  }
}

/** The layers of which the node must have the blob because nothing of it is unpacked: digest and size, by line. */
function adopted({ store }: Line, images: readonly SourceImage[]): string {
  const wanted = new Map<string, number>();
  for (const image of images) {
    const chain = chainIds(image.layers.map(({ diffId }) => diffId));
    for (const [index, { digest, size }] of image.layers.entries()) {
      if (!store.snapshots.has(chain[index] ?? '')) wanted.set(digest, size);
    }
  }
  return [...wanted].map(([digest, size]) => `${digest.slice('sha256:'.length)} ${size}\n`).join('');
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
    throw new AppError('image-invalid', `The layer ${layer.digest} is not what its digest says`, {
      hints: [{ text: 'Make or download the image again.' }],
    });
  }
  for (const { line, entry } of sinks) if (!line.out) (entry as unknown as NodeJS.WritableStream).end();
  if (shared.length === 0) return;
  const failures = await writer?.end();
  for (const line of shared) {
    const failure = failures?.get(line.node);
    if (failure) line.stream.destroy(failure);
  }
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
