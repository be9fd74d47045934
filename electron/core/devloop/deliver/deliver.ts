// What an artifact's image is called in the cluster, and how it gets there: straight into nodes, or through a registry.
import { AppError } from '../../../../shared/model/errors';
import type { Engine } from '../../engine/engine';
import { cancelled, engineFailure } from '../../engine/failures';
import { parseImageReference } from '../../engine/image-reference';
import { type Ahead, bringImages } from '../../images/bring';
import type { Kube } from '../../kube/connect';
import { loopHint } from '../words';
import { hostingOf, pushImage } from './registry';

export interface Target {
  readonly engine: Engine;
  readonly kube: Kube;
  /** Running nodes of the cluster on the engine; none: its nodes are elsewhere. */
  readonly nodes: readonly string[];
  /** What the project says of pushing, if anything. */
  readonly push: boolean | undefined;
  /** What was opened for it while the images were still being built. */
  readonly ahead?: Ahead | undefined;
}

export interface BuiltImage {
  /** As manifests call it. */
  readonly image: string;
  /** `sha256:...`, of the engine. */
  readonly id: string;
}

/** By its content: two images never have the same name, so nothing stale can run under it. Pure. */
export function nodeReference({ image, id }: BuiltImage): string {
  return `${parseImageReference(image).name}:dev-${id.replace(/^sha256:/, '').slice(0, 16)}`;
}

/** The name in a local registry: what is before the first slash goes if it is a host. skaffold: `default-repo` rules, shortened. Pure. */
export function registryReference({ image, id }: BuiltImage, host: string): string {
  const { name, registry } = parseImageReference(image);
  const path = name.startsWith(`${registry}/`) ? name.slice(registry.length + 1) : name;
  return `${host}/${path}:dev-${id.replace(/^sha256:/, '').slice(0, 16)}`;
}

export interface DeliverHooks {
  log(line: string): void;
  /** Names that the engine's images are about to be given. */
  onNaming(references: readonly string[]): Promise<void>;
}

/**
 * Brings images into the cluster and returns what manifests are to call them.
 * Throws `not-possible` where there is no way, and what the ways throw.
 */
export async function deliver(
  { engine, kube, nodes, push, ahead }: Target,
  images: readonly BuiltImage[],
  { log, onNaming }: DeliverHooks,
  signal: AbortSignal,
): Promise<Map<string, string>> {
  const references = new Map<string, string>();
  if (nodes.length > 0 && push !== true) {
    await onNaming(images.map(nodeReference));
    for (const built of images) {
      const reference = nodeReference(built);
      await tagImage(engine, built.id, reference, signal);
      references.set(built.image, reference);
    }
    const request = { images: [...references.values()], nodes, log, ...(ahead && { ahead }) };
    const [failure] = (await bringImages(engine, request, signal)).values();
    if (failure) throw failure;
    return references;
  }
  const hosting = await hostingOf(kube, signal);
  for (const built of images) {
    const remote = hosting ? registryReference(built, hosting.host) : push === true ? nodeReference(built) : undefined;
    if (remote === undefined) throw noWay(built.image);
    await onNaming([remote]);
    await tagImage(engine, built.id, remote, signal);
    const pushed = await pushImage(engine, remote, signal, log);
    const inside = hosting?.hostFromContainerRuntime ?? hosting?.host;
    references.set(built.image, hosting && inside ? pushed.replace(hosting.host, inside) : pushed);
  }
  return references;
}

async function tagImage(engine: Engine, id: string, reference: string, signal: AbortSignal): Promise<void> {
  const { name: repo, tag = 'latest' } = parseImageReference(reference);
  try {
    await engine.docker.getImage(id).tag({ repo, tag, abortSignal: signal });
  } catch (error) {
    throw signal.aborted ? cancelled(signal) : engineFailure(error);
  }
}

function noWay(image: string): AppError {
  return new AppError('not-possible', `${image} cannot be brought into this cluster`, {
    params: { name: image },
    hints: [loopHint('connect-registry'), loopHint('push-images')],
  });
}
