// `images.list`: which image is on which node, which pods use it, and what runs an older one under the same name.
import type { Cluster } from '../../../shared/model/cluster';
import type { ClusterImage, ClusterImages } from '../../../shared/model/images';
import { refuseUnable } from '../clusters/able';
import { connectAsAdmin } from '../clusters/admin';
import type { ClusterDependencies } from '../clusters/dependencies';
import { findCluster, providerOf } from '../clusters/find';
import type { Engine } from '../engine/engine';
import { chosenNodes } from './chosen-nodes';
import type { ClusterView, Pod } from './cluster-view';
import { digestIn, idsByDigest, storedImages } from './node-store';
import { fullName } from './oci';
import { staleWorkloads } from './stale';
import { surveyNodes } from './transfer';

/** Throws what the contract's `images.list` says. */
export async function listImages(
  dependencies: ClusterDependencies,
  name: string,
  signal: AbortSignal,
): Promise<ClusterImages> {
  const { engine, cluster } = await findCluster(dependencies, name);
  refuseUnable(cluster, 'images');
  const nodes = chosenNodes(cluster);
  const [survey, pods] = await Promise.all([
    surveyNodes(engine, nodes, signal),
    podsOf(dependencies, engine, cluster, signal),
  ]);
  const view = { cluster, stores: survey.stores, pods: pods ?? [] };
  return {
    nodes: nodes.map((node) => {
      const problem = survey.failures.get(node)?.message;
      return { name: node, ...(problem && { problem }) };
    }),
    images: clusterImages(view),
    stale: staleWorkloads(view),
  };
}

/** All pods; undefined when the API does not answer: what is on the nodes can be told all the same. */
export async function podsOf(
  dependencies: ClusterDependencies,
  engine: Engine,
  cluster: Cluster,
  signal: AbortSignal,
): Promise<Pod[] | undefined> {
  try {
    const kube = await connectAsAdmin(engine, cluster, signal, providerOf(dependencies, cluster).access);
    return (await kube.get<{ items: Pod[] }>('/api/v1/pods', signal)).items;
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}

/** The matrix, largest first. Pure. */
export function clusterImages({ cluster, stores, pods }: ClusterView): ClusterImage[] {
  const images = new Map<string, ClusterImage>();
  for (const [node, store] of stores) {
    for (const { id, names, size, created } of storedImages(store)) {
      const known = images.get(id);
      const own = namesToShow(names);
      if (known) {
        known.nodes.push(node);
        known.names = [...new Set([...known.names, ...own])];
      } else {
        const system = own.some((name) => isSystem(name, cluster));
        images.set(id, { id, names: own, size, ...(created && { created }), nodes: [node], pods: [], system });
      }
    }
  }
  const ids = new Map([...stores.values()].flatMap((store) => [...idsByDigest(store)]));
  for (const pod of pods) {
    for (const image of imagesOfPod(pod, images, ids)) {
      const { namespace = '', name = '' } = pod.metadata ?? {};
      if (!image.pods.some((one) => one.namespace === namespace && one.name === name))
        image.pods.push({ namespace, name });
    }
  }
  return [...images.values()].sort((one, other) => other.size - one.size);
}

/** containerd keeps an image under its id and under digests too, which say nothing beside a name. */
function namesToShow(names: readonly string[]): string[] {
  return names.filter((name) => !name.startsWith('sha256:') && !/^import-[\d-]+@/.test(name)).sort();
}

/** What Kubernetes itself and the node image's additions are made of. */
function isSystem(name: string, { provider }: Pick<Cluster, 'provider'>): boolean {
  const repositories = [/^(registry\.k8s\.io|k8s\.gcr\.io)\//, /^docker\.io\/kindest\//];
  if (provider === 'k3s') repositories.push(/^docker\.io\/rancher\//);
  if (provider === 'minikube') repositories.push(/^gcr\.io\/k8s-minikube\//);
  return repositories.some((repository) => repository.test(name));
}

function imagesOfPod(
  pod: Pod,
  images: ReadonlyMap<string, ClusterImage>,
  ids: ReadonlyMap<string, string>,
): ClusterImage[] {
  const { phase, containerStatuses = [], initContainerStatuses = [] } = pod.status ?? {};
  if (phase === 'Succeeded' || phase === 'Failed') return [];
  const found = new Set<ClusterImage>();
  for (const { imageID, image } of [...containerStatuses, ...initContainerStatuses]) {
    const known = images.get(ids.get(digestIn(imageID)) ?? '') ?? byName(images, image);
    if (known) found.add(known);
  }
  for (const { image } of [...(pod.spec?.containers ?? []), ...(pod.spec?.initContainers ?? [])]) {
    const known = image ? byName(images, image) : undefined;
    if (known) found.add(known);
  }
  return [...found];
}

function byName(images: ReadonlyMap<string, ClusterImage>, name: string): ClusterImage | undefined {
  let full: string;
  try {
    full = fullName(name);
  } catch {
    return undefined;
  }
  return [...images.values()].find(({ names }) => names.includes(full) || names.includes(name));
}
