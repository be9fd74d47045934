// What an action would do, without doing it: of a deletion all that goes and what stays, of a drain the pods that move.
import type {
  KubernetesObject,
  V1CustomResourceDefinition,
  V1PersistentVolume,
  V1PersistentVolumeClaim,
  V1Pod,
  V1StatefulSet,
} from '@kubernetes/client-node';
import { type ActionPlan, kubectlCommand, type ObjectAction, type ObjectRef } from '../../../shared/model/actions';
import { kindName } from '../../../shared/model/objects';
import { bare, movable, podsOf } from '../clusters/change/drain';
import type { Kube } from '../kube/connect';
import { contentsOf, dependentsOf, metadataOf, someOf } from './dependents';
import type { Target } from './target';

export type Told = Omit<ActionPlan, 'command' | 'local'>;

const nothing: Told = { losses: [], moves: [], keeps: [], data: [], owners: [], usedBy: [], finalizers: [] };

export async function planAction(
  target: Target,
  action: ObjectAction,
  context: string,
  signal: AbortSignal,
): Promise<Omit<ActionPlan, 'local'>> {
  const command = kubectlCommand(context, target.ref, action);
  if (action.verb === 'drain') return { command, ...(await drainPlan(target, action.force, signal)) };
  if (action.verb === 'delete') return { command, ...(await deletePlan(target, action.orphans, signal)) };
  return { command, ...nothing };
}

async function drainPlan({ kube, ref }: Target, force: boolean, signal: AbortSignal): Promise<Told> {
  const pods = movable(await podsOf(kube, ref.name, signal));
  const lost = bare(pods);
  const moving = pods.filter((pod) => !lost.includes(pod));
  const data = pods.flatMap(({ metadata, spec }) =>
    (spec?.volumes ?? []).flatMap(({ name, emptyDir }) =>
      emptyDir ? [`${metadata?.namespace}/${metadata?.name}: ${name} (emptyDir)`] : [],
    ),
  );
  return {
    ...nothing,
    moves: listed('pods', moving),
    // Without force a drain does not begin while there are such pods.
    losses: force || lost.length > 0 ? listed('pods', lost) : [],
    data,
  };
}

export async function deletePlan(target: Target, orphans: boolean, signal: AbortSignal): Promise<Told> {
  const { kube, ref, object } = target;
  const { metadata } = object;
  const called = kindName(ref.kind);
  const itself = { kind: called, names: [ref.name], count: 1 };
  const owner = metadata?.ownerReferences?.find(({ controller }) => controller);
  const dependents =
    called === 'namespaces'
      ? await contentsOf(kube, ref.name, signal)
      : [
          ...(await dependentsOf(kube, ref, metadata?.uid ?? '', signal)),
          ...(await instancesOf(kube, called, object, signal)),
        ];
  const [keeps, data, usedBy] = await Promise.all([
    called === 'statefulsets.apps' ? claimsOf(kube, object as V1StatefulSet, signal) : [],
    dataOf(target, signal),
    usersOf(kube, ref, signal),
  ]);
  const lostClaims = retention(object) === 'Delete' ? keeps : [];
  return {
    losses: [itself, ...(orphans ? [] : [...dependents, ...lostClaims])],
    moves: [],
    keeps: [...(orphans ? dependents : []), ...(lostClaims.length > 0 ? [] : keeps)],
    data,
    owners: owner ? [{ kind: owner.kind, name: owner.name }] : [],
    usedBy,
    finalizers: metadata?.finalizers ?? [],
  };
}

function listed(kind: string, items: readonly KubernetesObject[]) {
  return items.length === 0 ? [] : [someOf(kind, items)];
}

/** Objects of a kind go with its definition. */
async function instancesOf(kube: Kube, called: string, object: KubernetesObject, signal: AbortSignal) {
  if (called !== 'customresourcedefinitions.apiextensions.k8s.io') return [];
  const { group, names, versions } = (object as V1CustomResourceDefinition).spec;
  const version = versions.find(({ served }) => served)?.name;
  if (version === undefined) return [];
  const all = await metadataOf(kube, { group, version, resource: names.plural }, undefined, signal).catch(
    () => undefined,
  );
  const more = all?.metadata?.remainingItemCount;
  return all && all.items.length > 0 ? [someOf(`${names.plural}.${group}`, all.items, more)] : [];
}

/** A StatefulSet's claims outlive it, unless it says otherwise (Kubernetes 1.27). */
async function claimsOf(kube: Kube, set: V1StatefulSet, signal: AbortSignal) {
  const namespace = set.metadata?.namespace ?? '';
  const templates = (set.spec?.volumeClaimTemplates ?? []).map(({ metadata }) => metadata?.name);
  if (templates.length === 0) return [];
  const { items } = await metadataOf(kube, claims, namespace, signal);
  const own = new RegExp(`^(${templates.join('|')})-${set.metadata?.name}-\\d+$`);
  return listed(
    'persistentvolumeclaims',
    items.filter(({ metadata }) => own.test(metadata?.name ?? '')),
  );
}

const claims = { group: '', version: 'v1', resource: 'persistentvolumeclaims' };

function retention(object: KubernetesObject): string | undefined {
  const { spec } = object as { spec?: { persistentVolumeClaimRetentionPolicy?: { whenDeleted?: string } } };
  return spec?.persistentVolumeClaimRetentionPolicy?.whenDeleted;
}

/** A claim's volume goes with it where its class says so, and so do those of a namespace. */
async function dataOf({ kube, ref, object }: Target, signal: AbortSignal): Promise<string[]> {
  const called = kindName(ref.kind);
  if (called !== 'persistentvolumeclaims' && called !== 'namespaces') return [];
  const volumes = await kube
    .get<{ items: V1PersistentVolume[] }>('/api/v1/persistentvolumes', signal)
    .catch(() => ({ items: [] as V1PersistentVolume[] }));
  const lost = volumes.items.filter(({ metadata, spec }) => {
    if (spec?.persistentVolumeReclaimPolicy !== 'Delete') return false;
    if (called === 'namespaces') return spec.claimRef?.namespace === ref.name;
    return metadata?.name === (object as V1PersistentVolumeClaim).spec?.volumeName;
  });
  return lost.map(({ metadata, spec }) => `${metadata?.name} (${spec?.capacity?.storage ?? '?'})`);
}

/** Pods that need a ConfigMap, a Secret, a claim or an account. */
async function usersOf(kube: Kube, { kind, namespace, name }: ObjectRef, signal: AbortSignal) {
  const called = kindName(kind);
  if (!['configmaps', 'secrets', 'persistentvolumeclaims', 'serviceaccounts'].includes(called)) return [];
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace ?? '')}/pods`;
  const { items } = await kube.get<{ items: V1Pod[] }>(path, signal).catch(() => ({ items: [] as V1Pod[] }));
  return listed(
    'pods',
    items.filter((pod) => uses(pod, called, name)),
  );
}

export function uses({ spec }: V1Pod, called: string, name: string): boolean {
  if (called === 'serviceaccounts') return (spec?.serviceAccountName ?? 'default') === name;
  const containers = [...(spec?.initContainers ?? []), ...(spec?.containers ?? [])];
  const volumes = spec?.volumes ?? [];
  const projected = volumes.flatMap(({ projected: all }) => all?.sources ?? []);
  const variables = containers.flatMap(({ env = [] }) => env.map(({ valueFrom }) => valueFrom));
  const sources = containers.flatMap(({ envFrom = [] }) => envFrom);
  if (called === 'persistentvolumeclaims') {
    return volumes.some(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName === name);
  }
  if (called === 'configmaps') {
    return (
      [...volumes, ...projected].some(({ configMap }) => configMap?.name === name) ||
      variables.some((from) => from?.configMapKeyRef?.name === name) ||
      sources.some(({ configMapRef }) => configMapRef?.name === name)
    );
  }
  return (
    volumes.some(({ secret }) => secret?.secretName === name) ||
    projected.some(({ secret }) => secret?.name === name) ||
    variables.some((from) => from?.secretKeyRef?.name === name) ||
    sources.some(({ secretRef }) => secretRef?.name === name) ||
    (spec?.imagePullSecrets ?? []).some((pull) => pull.name === name)
  );
}
