// A load from a source into nodes: looks at them, sends what each lacks, and lets each take it in.
import { Readable } from 'node:stream';
import { AppError, asAppError } from '../../../shared/model/errors';
import type { Transfer } from '../../../shared/model/operation';
import type { Engine } from '../engine/engine';
import { execOrThrow } from '../engine/exec';
import { explained } from '../engine/failures';
import { wrongPlatform } from './archive-images';
import type { NodeStore } from './node-store';
import { receiveCommand } from './receive';
import { type Fleet, type OpenWriter, prepareFleet } from './send';
import type { ImageSource } from './source';
import { surveyNode } from './survey';
import { openSharedWriter } from './writer';

export interface Survey {
  readonly stores: ReadonlyMap<string, NodeStore>;
  /** Nodes that could not be asked, and why. */
  readonly failures: ReadonlyMap<string, AppError>;
  /** Of the nodes that could be asked. */
  readonly architecture: string;
}

/** Asks all nodes at once. Throws the first failure when none could be asked. */
export async function surveyNodes(engine: Engine, nodes: readonly string[], signal: AbortSignal): Promise<Survey> {
  const stores = new Map<string, NodeStore>();
  const failures = new Map<string, AppError>();
  await Promise.all(
    nodes.map(async (node) => {
      try {
        stores.set(node, await surveyNode(engine, node, signal));
      } catch (error) {
        signal.throwIfAborted();
        failures.set(node, asAppError(error));
      }
    }),
  );
  const [first] = stores.values();
  const [failure] = failures.values();
  if (!first)
    throw (
      failure ?? new AppError('not-ready', 'There is no node to load into', { params: { what: 'nodes', seconds: 0 } })
    );
  return { stores, failures, architecture: first.architecture };
}

/** Throws `image-platform` when an image could not run on the nodes. */
export function refuseOtherPlatforms(source: ImageSource, architecture: string): void {
  for (const { platform, names, id } of source.images) {
    if (platform.os === 'linux' && platform.architecture === architecture) continue;
    throw wrongPlatform(architecture, [`${platform.os}/${platform.architecture}`], names[0] ?? id);
  }
}

export interface Loading {
  readonly fleet: Fleet;
  readonly survey: Survey;
}

/** @param log hears why bytes must pass the engine once for each node */
export function prepareLoading(
  engine: Engine,
  source: ImageSource,
  survey: Survey,
  log: (line: string) => void,
): Loading {
  refuseOtherPlatforms(source, survey.architecture);
  const openWriter: OpenWriter = async (receivers, signal) => {
    const nodes = receivers.flatMap(({ node, id }) => {
      const store = survey.stores.get(node);
      return store ? [{ node, id, store }] : [];
    });
    if (nodes.length < 2 || Math.max(...receivers.map(({ missing }) => missing.bytes)) < worthSharing) return undefined;
    try {
      return await openSharedWriter(engine, nodes, signal);
    } catch (error) {
      signal.throwIfAborted();
      log(`Every node is sent its own copy: ${error instanceof Error ? error.message : error}`);
      return undefined;
    }
  };
  return { fleet: prepareFleet(source, survey.stores, openWriter), survey };
}

/** Bytes from which a container that writes for all nodes saves more than it takes. */
const worthSharing = 16 * 1024 * 1024;

export interface ReceiveHooks {
  transfer?(bytes: Transfer): void;
  /** All bytes are there; the node unpacks them. */
  onUnpacking?(): void;
}

/**
 * Runs what takes the load in on one node, until it has the images under all their names.
 * Throws `exec-failed`, `out-of-disk` and the like with the node's words; what was begun is cleared away by the node itself.
 */
export async function receive(
  engine: Engine,
  { fleet, survey }: Loading,
  node: string,
  signal: AbortSignal,
  hooks: ReceiveHooks = {},
): Promise<void> {
  const failure = survey.failures.get(node);
  if (failure) throw failure;
  const store = survey.stores.get(node);
  const receiver = fleet.receivers.find((one) => one.node === node);
  if (!store || !receiver) throw new AppError('internal', `${node} was not prepared`);
  const { missing, stream, id } = receiver;
  const told = { total: missing.bytes, present: missing.present };
  hooks.transfer?.({ moved: 0, ...told });
  if (missing.nothing) return;
  receiver.onBytes = (moved) => hooks.transfer?.({ moved, ...told });
  const stdin = Readable.from(stream as unknown as AsyncIterable<Buffer>, { objectMode: false });
  try {
    await execOrThrow(engine, node, receiveCommand(store.content, store.snapshotter, id), {
      signal,
      stdin,
      onLine: (line) => line === 'received' && hooks.onUnpacking?.(),
    });
  } finally {
    stdin.destroy();
    stream.destroy();
  }
}

/** Id of the image that a node runs from: the engine has it, and it has a shell. */
export async function imageOfNode(engine: Engine, node: string): Promise<string> {
  return (await explained(() => engine.docker.getContainer(node).inspect())).Image;
}
