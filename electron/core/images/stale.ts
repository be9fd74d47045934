// What still runs the image that a name meant before. Pure.
import type { StaleWorkload } from '../../../shared/model/images';
import type { ClusterView, Pod } from './cluster-view';
import { digestIn, idsByDigest, type NodeStore, storedImages } from './node-store';
import { fullName } from './oci';

/** Workloads of which a pod runs another image than the one that its node has under that name now; `names`: only these images. */
export function staleWorkloads(
  { stores, pods }: Pick<ClusterView, 'stores' | 'pods'>,
  names?: readonly string[],
): StaleWorkload[] {
  const workloads = new Map<string, StaleWorkload>();
  const idsByNode = new Map([...stores].map(([node, store]) => [node, idsOf(store)]));
  for (const pod of pods) {
    const ids = idsByNode.get(pod.spec?.nodeName ?? '');
    const images = ids ? staleImages(pod, ids).filter((image) => !names || names.includes(fullName(image))) : [];
    if (images.length === 0) continue;
    const owner = ownerOf(pod);
    if (!owner) continue;
    const key = `${owner.kind} ${owner.namespace}/${owner.name}`;
    const known = workloads.get(key) ?? { ...owner, images: [], pods: [] };
    known.images = [...new Set([...known.images, ...images])];
    known.pods.push(pod.metadata?.name ?? '');
    workloads.set(key, known);
  }
  return [...workloads.values()].sort((one, other) => one.name.localeCompare(other.name));
}

interface NodeIds {
  readonly byName: ReadonlyMap<string, string>;
  readonly byDigest: ReadonlyMap<string, string>;
}

function idsOf(store: NodeStore): NodeIds {
  const byName = storedImages(store).flatMap(({ id, names }) => names.map((name): [string, string] => [name, id]));
  return { byName: new Map(byName), byDigest: idsByDigest(store) };
}

/** Images, as the pod names them, that the node has anew. */
function staleImages(pod: Pod, { byName, byDigest }: NodeIds): string[] {
  const { phase, containerStatuses = [] } = pod.status ?? {};
  if (pod.metadata?.deletionTimestamp || phase === 'Succeeded' || phase === 'Failed') return [];
  return (pod.spec?.containers ?? []).flatMap(({ name, image }) => {
    const running = containerStatuses.find((status) => status.name === name)?.imageID;
    if (!image || !running || image.includes('@')) return [];
    const now = byName.get(fullName(image));
    return now && byDigest.get(digestIn(running)) !== now ? [image] : [];
  });
}

type Owner = Pick<StaleWorkload, 'kind' | 'namespace' | 'name'>;

/** What to restart: a pod without an owner can only be replaced by whoever made it. */
function ownerOf(pod: Pod): Owner | undefined {
  const { namespace = 'default', name = '', ownerReferences = [], labels = {} } = pod.metadata ?? {};
  const owner = ownerReferences.find((one) => one.controller) ?? ownerReferences[0];
  if (!owner) return { kind: 'Pod', namespace, name };
  if (owner.kind === 'ReplicaSet') {
    const hash = labels['pod-template-hash'];
    if (!hash || !owner.name.endsWith(`-${hash}`)) return undefined;
    return { kind: 'Deployment', namespace, name: owner.name.slice(0, -hash.length - 1) };
  }
  if (owner.kind === 'StatefulSet' || owner.kind === 'DaemonSet')
    return { kind: owner.kind, namespace, name: owner.name };
  return undefined;
}
