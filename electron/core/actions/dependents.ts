// What belongs to an object in a cluster: found by owner references, asked of metadata alone.
import type { KubernetesObject } from '@kubernetes/client-node';
import type { ObjectRef, SomeObjects } from '../../../shared/model/actions';
import { type KindRef, kindName } from '../../../shared/model/objects';
import type { Kube } from '../kube/connect';
import { kindsOf, listPath } from '../objects/kinds';

const metadataOnly = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json';
/** Names that are told; of more, how many there are. */
const mostNames = 20;
/** Objects of one kind that are asked for. */
const mostObjects = 500;

interface Found {
  items: KubernetesObject[];
  metadata?: { remainingItemCount?: number };
}

const core = (resource: string): KindRef => ({ group: '', version: 'v1', resource });
const pods = core('pods');
const replicaSets: KindRef = { group: 'apps', version: 'v1', resource: 'replicasets' };
const jobs: KindRef = { group: 'batch', version: 'v1', resource: 'jobs' };

/** What controllers of Kubernetes' own make, level by level. */
const made: Record<string, readonly KindRef[]> = {
  'deployments.apps': [replicaSets, pods],
  'replicasets.apps': [pods],
  'statefulsets.apps': [pods],
  'daemonsets.apps': [pods],
  'jobs.batch': [pods],
  'cronjobs.batch': [jobs, pods],
  replicationcontrollers: [pods],
};
/** These own nothing that anybody misses. */
const childless = new Set(['pods', 'configmaps', 'secrets', 'services', 'serviceaccounts', 'events', 'nodes']);

/** Objects of a kind, without what they are about. */
export async function metadataOf(
  kube: Kube,
  kind: KindRef,
  namespace: string | undefined,
  signal: AbortSignal,
): Promise<Found> {
  const path = `${listPath(kind, namespace)}?limit=${mostObjects}`;
  const found = await kube.call<Found>({ method: 'GET', path, accept: metadataOnly }, signal);
  // Kubernetes 1.20: of none it says null.
  return { ...found, items: found.items ?? [] };
}

/** All that is deleted with an object, by kind, the nearest first. Kinds that one may not read are left out. */
export async function dependentsOf(
  kube: Kube,
  { kind, namespace }: ObjectRef,
  uid: string,
  signal: AbortSignal,
): Promise<SomeObjects[]> {
  const called = kindName(kind);
  if (childless.has(called)) return [];
  const known = made[called];
  const kinds = known ?? (await kindsOf(kube, signal)).filter(({ resource }) => resource !== 'events');
  const asked = kinds.filter((one) => known !== undefined || namespace === undefined || isNamespaced(one));
  const lists = await Promise.all(
    asked.map(async (one) => {
      const { items } = await metadataOf(kube, one, namespace, signal).catch((): Found => ({ items: [] }));
      signal.throwIfAborted();
      return { kind: one, items };
    }),
  );
  return ownedBy(uid, lists);
}

function isNamespaced(kind: KindRef): boolean {
  return !('namespaced' in kind) || kind.namespaced === true;
}

/** Those of the lists that lead to an owner, also over others. Pure. */
export function ownedBy(
  uid: string,
  lists: readonly { kind: KindRef; items: readonly KubernetesObject[] }[],
): SomeObjects[] {
  const owners = new Set([uid]);
  const found = new Map<KindRef, KubernetesObject[]>();
  // As deep as there are kinds: each round finds what belongs to the round before.
  for (let before = 0; before !== owners.size; ) {
    before = owners.size;
    for (const { kind, items } of lists) {
      for (const item of items) {
        const id = item.metadata?.uid ?? '';
        if (owners.has(id) || !item.metadata?.ownerReferences?.some((owner) => owners.has(owner.uid))) continue;
        owners.add(id);
        found.set(kind, [...(found.get(kind) ?? []), item]);
      }
    }
  }
  return [...found].map(([kind, items]) => someOf(kindName(kind), items));
}

/** By their names, of the first of them. */
export function someOf(kind: string, items: readonly KubernetesObject[], more = 0): SomeObjects {
  const names = items.slice(0, mostNames).map(({ metadata }) => metadata?.name ?? '');
  return { kind, names, count: items.length + more };
}

/** All that is in a namespace, by kind; what the cluster writes there by itself is left out. */
export async function contentsOf(kube: Kube, namespace: string, signal: AbortSignal): Promise<SomeObjects[]> {
  const noise = new Set(['events', 'endpoints', 'endpointslices', 'leases', 'controllerrevisions']);
  const kinds = (await kindsOf(kube, signal)).filter((kind) => kind.namespaced && !noise.has(kind.resource));
  const found = await Promise.all(
    kinds.map(async (kind) => {
      const all = await metadataOf(kube, kind, namespace, signal).catch((): Found => ({ items: [] }));
      const items = all.items.filter((item) => !isEverywhere(kindName(kind), item.metadata?.name));
      return someOf(kindName(kind), items, all.metadata?.remainingItemCount);
    }),
  );
  signal.throwIfAborted();
  return found.filter(({ count }) => count > 0);
}

/** Every namespace has these. */
function isEverywhere(kind: string, name: string | undefined): boolean {
  return (kind === 'serviceaccounts' && name === 'default') || (kind === 'configmaps' && name === 'kube-root-ca.crt');
}
