// Images of the engine into nodes, without an operation of its own: for whoever builds an image and delivers it.
import { type AppError, asAppError } from '../../../shared/model/errors';
import type { Engine } from '../engine/engine';
import { type FoundImage, findEngineImage } from './engine-images';
import { type OpenSource, openEngineSource } from './engine-source';
import { layerSizes } from './node-store';
import { imageOfNode, type OpenNodes, openNodes, prepareLoading, type ReceiveHooks, receive } from './transfer';

export interface BringRequest {
  /** Names or ids; one that is given by its id keeps the names that the engine has for it. */
  readonly images: readonly string[];
  /** Names of running nodes of one cluster. */
  readonly nodes: readonly string[];
  /** The same nodes, asked while the image was still being built (`openNodes`): half a load's fixed price. They are closed here. */
  readonly ahead?: OpenNodes;
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
  const asked = ahead ?? openNodes(engine, nodes, signal);
  try {
    const source = await openImages(engine, await findAll(engine, images, signal), asked, { log, signal });
    const failures = new Map<string, AppError>();
    try {
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
    } finally {
      await source.close();
    }
    return failures;
  } finally {
    await asked.close();
  }
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
  { log, signal }: { log(line: string): void; signal: AbortSignal },
): Promise<OpenSource> {
  const helperImage = await imageOfNode(engine, nodes.sessions[0]?.node ?? '');
  const architecture = nodes.survey.then((survey) => survey.architecture);
  const known = nodes.survey.then(({ stores }) => layerSizes(stores.values()));
  // Not every engine is asked for all of it.
  architecture.catch(() => {});
  known.catch(() => {});
  return openEngineSource(engine, { images, architecture, known, helperImage, log }, signal);
}
