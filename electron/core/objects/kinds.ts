// Which kinds an API has that can be listed and watched: its discovery, asked group by group.
import type { ApiKind, KindRef } from '../../../shared/model/objects';
import type { Kube } from '../kube/connect';

interface Listed {
  name: string;
  kind: string;
  namespaced: boolean;
  verbs?: string[];
  shortNames?: string[];
}

interface Group {
  name: string;
  preferredVersion: { groupVersion: string; version: string };
}

/** Groups of Kubernetes' own have a name without a dot, or one below this. */
const own = /^[^.]*$|\.k8s\.io$/;

/** An API that is served by a pod which is not there counts as one without kinds. Throws `kubernetes-refused`. */
export async function kindsOf(kube: Kube, signal: AbortSignal): Promise<ApiKind[]> {
  const { groups } = await kube.get<{ groups: Group[] }>('/apis', signal);
  const all = [{ name: '', preferredVersion: { groupVersion: 'v1', version: 'v1' } }, ...groups];
  const found = await Promise.all(
    all.map(async (group) => {
      const resources = await resourcesOf(kube, group, signal).catch((error: unknown) => {
        signal.throwIfAborted();
        if (group.name === '') throw error;
        return [];
      });
      return resources.flatMap((listed) => asKind(group, listed));
    }),
  );
  return found.flat();
}

async function resourcesOf(kube: Kube, { name, preferredVersion }: Group, signal: AbortSignal): Promise<Listed[]> {
  const path = name === '' ? '/api/v1' : `/apis/${preferredVersion.groupVersion}`;
  return (await kube.get<{ resources: Listed[] }>(path, signal)).resources;
}

function asKind({ name: group, preferredVersion }: Group, listed: Listed): ApiKind[] {
  const { name, kind, namespaced, verbs = [], shortNames = [] } = listed;
  // What has a slash in its name is a part of another resource, such as a Pod's log.
  if (name.includes('/') || !verbs.includes('list') || !verbs.includes('watch')) return [];
  return [
    {
      group,
      version: preferredVersion.version,
      resource: name,
      kind,
      namespaced,
      shortNames,
      custom: !own.test(group),
    },
  ];
}

/** Where objects of a kind are listed; of all namespaces where none is named. */
export function listPath({ group, version, resource }: KindRef, namespace?: string): string {
  const api = group === '' ? `/api/${version}` : `/apis/${encodeURIComponent(group)}/${version}`;
  return namespace === undefined
    ? `${api}/${resource}`
    : `${api}/namespaces/${encodeURIComponent(namespace)}/${resource}`;
}
