// Images of the engine into nodes, without an operation of its own: for whoever builds an image and delivers it.
import { type AppError, asAppError } from '../../../shared/model/errors';
import type { Engine } from '../engine/engine';
import { type FoundImage, findEngineImage } from './engine-images';
import { type OpenSource, openEngineSource, openReader } from './engine-source';
import { layerSizes } from './node-store';
import type { StoreContainer } from './store-container';
import { imageOfNode, type OpenNodes, openNodes, prepareLoading, type ReceiveHooks, receive } from './transfer';

export interface BringRequest {
  /** Names or ids; one that is given by its id keeps the names that the engine has for it. */
  readonly images: readonly string[];
  /** Names of running nodes of one cluster. */
  readonly nodes: readonly string[];
  /**
   * The same nodes and the engine's store, opened while the image was still being built: most of a load's fixed price. Whoever opened
   * it closes it, beside what comes next.
   */
  readonly ahead?: Ahead;
  log?(line: string): void;
  /** Bytes of each node as they move, and when it unpacks. */
  hooksOf?(node: string): ReceiveHooks;
}

/**
 * Brings what each node lacks, to all at once. Resolves with the nodes that failed by themselves, and why; the others have the images
 * under all their names. Throws `image-missing`, `image-platform`, `bad-input`, `cancelled`, and when no node could be asked, why.
 */
export async function bringImages(
  engine: Engine,
  { images, nodes, ahead, log = () => {}, hooksOf }: BringRequest,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, AppError>> {
  const opened = ahead ?? openAhead(engine, nodes, signal);
  const { nodes: asked, reader } = opened;
  try {
    const source = await openImages(engine, await findAll(engine, images, signal), asked, { log, signal, reader });
    const failures = new Map<string, AppError>();
    const loading = await prepareLoading(engine, source, asked, log);
    const taking = nodes.map(async (node) => {
      try {
        await receive(loading, node, hooksOf?.(node));
      } catch (error) {
        signal.throwIfAborted();
        failures.set(node, asAppError(error));
      }
    });
    await Promise.all([loading.fleet.send(signal), ...taking]);
    return failures;
  } finally {
    if (!ahead) await opened.close();
  }
}

/** What a load opens before it is known which images it brings. */
export interface Ahead {
  readonly nodes: OpenNodes;
  /** The engine's store; rejects where it cannot be opened. */
  readonly reader: Promise<StoreContainer | undefined>;
  close(): Promise<void>;
}

/** Asks all nodes at once, and opens the engine's store. Close it in any case. */
export function openAhead(engine: Engine, nodes: readonly string[], signal: AbortSignal): Ahead {
  const asked = openNodes(engine, nodes, signal);
  const reader = imageOfNode(engine, nodes[0] ?? '').then((image) => openReader(engine, image, signal));
  reader.catch(() => {});
  return {
    nodes: asked,
    reader,
    async close() {
      const store = reader.then(
        (opened) => opened?.close(),
        () => {},
      );
      await Promise.all([store, asked.close()]);
    },
  };
}

/** Throws `image-missing`, `bad-input`. */
export function findAll(engine: Engine, images: readonly string[], signal: AbortSignal): Promise<FoundImage[]> {
  return Promise.all(images.map((image) => findEngineImage(engine, image, signal)));
}

/** Close it in any case. Throws what `openEngineSource` does. */
export async function openImages(
  engine: Engine,
  images: readonly FoundImage[],
  nodes: OpenNodes,
  {
    log,
    signal,
    reader = imageOfNode(engine, nodes.sessions[0]?.node ?? '').then((image) => openReader(engine, image, signal)),
  }: { log(line: string): void; signal: AbortSignal; reader?: Ahead['reader'] },
): Promise<OpenSource> {
  const architecture = nodes.survey.then((survey) => survey.architecture);
  const known = nodes.survey.then(({ stores }) => layerSizes(stores.values()));
  // Not every engine is asked for all of it.
  architecture.catch(() => {});
  known.catch(() => {});
  return openEngineSource(engine, { images, architecture, known, reader, log }, signal);
}
