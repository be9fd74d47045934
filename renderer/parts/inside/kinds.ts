// The order in which kinds are offered: what people look for first, by what it is for. Pure.
import { type ApiKind, kindName } from '../../../shared/model/objects';

export const kindGroups = ['workloads', 'network', 'config', 'storage', 'cluster', 'custom', 'other'] as const;
export type KindGroup = (typeof kindGroups)[number];

const known: Record<Exclude<KindGroup, 'custom' | 'other'>, readonly string[]> = {
  workloads: [
    'pods',
    'deployments.apps',
    'statefulsets.apps',
    'daemonsets.apps',
    'jobs.batch',
    'cronjobs.batch',
    'replicasets.apps',
  ],
  network: ['services', 'ingresses.networking.k8s.io', 'endpoints', 'networkpolicies.networking.k8s.io'],
  config: ['configmaps', 'secrets', 'serviceaccounts'],
  storage: ['persistentvolumeclaims', 'persistentvolumes', 'storageclasses.storage.k8s.io'],
  cluster: ['nodes', 'namespaces', 'events'],
};

/** What every cluster has, and what is looked at first: shown before the cluster has told what else it has. */
export const pods: ApiKind = {
  group: '',
  version: 'v1',
  resource: 'pods',
  kind: 'Pod',
  namespaced: true,
  custom: false,
  shortNames: ['po'],
};

/** Every kind once, in groups; what Kubernetes has under an older group as well is offered under `other`. */
export function groupedKinds(kinds: readonly ApiKind[]): { group: KindGroup; kinds: ApiKind[] }[] {
  const byName = new Map(kinds.map((kind) => [kindName(kind), kind]));
  const named = new Set(Object.values(known).flat());
  const rest = kinds.filter((kind) => !named.has(kindName(kind))).toSorted((a, b) => (a.kind < b.kind ? -1 : 1));
  const groups = kindGroups.map((group) => {
    if (group === 'custom') return { group, kinds: rest.filter(({ custom }) => custom) };
    if (group === 'other') return { group, kinds: rest.filter(({ custom }) => !custom) };
    return { group, kinds: known[group].flatMap((name) => byName.get(name) ?? []) };
  });
  return groups.filter((one) => one.kinds.length > 0);
}

/** `Pod`; with its group where that says more. */
export function kindLabel({ kind, group }: Pick<ApiKind, 'kind' | 'group'>): string {
  return ['', 'apps', 'batch'].includes(group) ? kind : `${kind} (${group})`;
}
