// `images.remove` and `images.prunable`: images taken off nodes, never one that a pod uses.
import type { Cluster } from '../../../shared/model/cluster';
import { AppError, asAppError } from '../../../shared/model/errors';
import type { ClusterImage } from '../../../shared/model/images';
import type { PlannedStep } from '../../../shared/model/operation';
import { refuseUnable } from '../clusters/able';
import type { ClusterDependencies } from '../clusters/dependencies';
import { findCluster } from '../clusters/find';
import type { Engine } from '../engine/engine';
import { execOrThrow } from '../engine/exec';
import type { StepAction } from '../operations/operation';
import { explainFailure } from '../problems/explain';
import { chosenNodes } from './chosen-nodes';
import { nearName } from './engine-images';
import { listImages } from './list';
import { type NodeStore, storedImages } from './node-store';
import { fullName } from './oci';
import { surveyNode } from './survey';

export interface RemoveRequest {
  readonly name: string;
  /** Names or ids. */
  readonly images: readonly string[];
  readonly nodes?: readonly string[] | undefined;
}

/** Starts the operation. Throws `not-found` with near names, `busy` when a pod uses one of them, `not-ready`. */
export async function removeImages(dependencies: ClusterDependencies, request: RemoveRequest, signal: AbortSignal) {
  const { engine, cluster } = await findCluster(dependencies, request.name);
  refuseUnable(cluster, 'images');
  const { images } = await listImages(dependencies, request.name, signal);
  const wanted = request.images.map((word) => imageFor(request.name, images, word));
  for (const image of wanted) refuseUsed(image);
  const ids = new Set(wanted.map(({ id }) => id));
  const holders = new Set(wanted.flatMap(({ nodes }) => nodes));
  const nodes = chosenNodes(cluster, request.nodes).filter((node) => holders.has(node));
  const steps = nodes.map((node) => removal(node, wanted));
  const actions = new Map(
    nodes.map((node): [string, StepAction] => [`image-remove:${node}`, removing(engine, node, ids)]),
  );
  const explain = (error: AppError) => explainFailure(error, { cluster: request.name, kept: false });
  const plan = { kind: 'remove-images' as const, subject: request.name, steps };
  return dependencies.operations.start({ plan, actions, explain }, engine.endpoint.host);
}

function removal(node: string, images: readonly ClusterImage[]): PlannedStep {
  const what = images.length === 1 ? (images[0]?.names[0] ?? images[0]?.id ?? '') : `${images.length} images`;
  return {
    id: `image-remove:${node}`,
    kind: 'image-remove',
    title: `Removing ${what} from ${node}`,
    lane: node,
    weight: 1,
    after: [],
    command: `docker exec ${node} crictl rmi ${images.map(({ names, id }) => names[0] ?? id).join(' ')}`,
  };
}

function removing(engine: Engine, node: string, ids: ReadonlySet<string>): StepAction {
  return async ({ signal, failedAlone, log }) => {
    try {
      const names = allNames(await surveyNode(engine, node, signal), ids);
      if (names.length === 0) return;
      // containerd deletes what nothing refers to any more before the last one is answered.
      await execOrThrow(engine, node, ['ctr', '--namespace=k8s.io', 'images', 'rm', '--sync', ...names], { signal });
      log(`removed ${names.join(' ')}`);
    } catch (error) {
      signal.throwIfAborted();
      failedAlone(asAppError(error));
    }
  };
}

/** Every name of images, those too that containerd keeps for itself. Pure. */
export function allNames(store: NodeStore, ids: ReadonlySet<string>): string[] {
  return storedImages(store).flatMap(({ id, names }) => (ids.has(id) ? names : []));
}

/** By its name as one writes it, its full name, or (the beginning of) its id. */
export function imageFor(
  cluster: Pick<Cluster, 'name'>['name'],
  images: readonly ClusterImage[],
  word: string,
): ClusterImage {
  const full = nameOrSelf(word);
  const found = images.find(({ names, id }) => names.includes(full) || names.includes(word) || id === word);
  const byId = images.filter(({ id }) => /^[0-9a-f]{6,}$/.test(word) && id.startsWith(`sha256:${word}`));
  const image = found ?? (byId.length === 1 ? byId[0] : undefined);
  if (image) return image;
  const near = nearName(
    word,
    images.flatMap(({ names }) => names.map((name) => name.replace(/^docker\.io\/(library\/)?/, ''))),
  );
  throw new AppError('not-found', `No node of ${cluster} has an image ${word}`, {
    params: { what: word },
    hints: [
      {
        text:
          near.length > 0
            ? `Did you mean ${near.join(' or ')}?`
            : `See what there is: boathouse images list ${cluster}`,
      },
    ],
  });
}

function nameOrSelf(word: string): string {
  try {
    return fullName(word);
  } catch {
    return word;
  }
}

function refuseUsed({ names, id, pods }: ClusterImage): void {
  if (pods.length === 0) return;
  const list = pods
    .slice(0, 3)
    .map(({ namespace, name }) => `${namespace}/${name}`)
    .join(', ');
  const more = pods.length > 3 ? ` and ${pods.length - 3} more` : '';
  throw new AppError('busy', `${names[0] ?? id} is used by ${list}${more}`, {
    params: { subject: names[0] ?? id },
    hints: [{ text: 'Delete what uses it first.' }],
  });
}

/** What a prune takes away: no pod uses it, and it is none of Kubernetes' own. */
export async function prunableImages(dependencies: ClusterDependencies, name: string, signal: AbortSignal) {
  const { images } = await listImages(dependencies, name, signal);
  return images
    .filter(({ pods, system }) => pods.length === 0 && !system)
    .map(({ id, names, size, nodes }) => ({ id, names, size, nodes }));
}
