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

interface Version {
  groupVersion: string;
  version: string;
}

interface Group {
  name: string;
  preferredVersion: Version;
  versions: Version[];
}

/** Groups of Kubernetes' own have a name without a dot, or one below this. */
const own = /^[^.]*$|\.k8s\.io$/;

const core: Version = { groupVersion: 'v1', version: 'v1' };

/**
 * Each by the version that the API prefers of those that have it: CronJobs of Kubernetes 1.20 are in another one than Jobs.
 * An API that is served by a pod which is not there counts as one without kinds. Throws `kubernetes-refused`.
 */
export async function kindsOf(kube: Kube, signal: AbortSignal): Promise<ApiKind[]> {
  const { groups } = await kube.get<{ groups: Group[] }>('/apis', signal);
  const all: Group[] = [{ name: '', preferredVersion: core, versions: [core] }, ...groups];
  return (await Promise.all(all.map((group) => kindsIn(kube, group, signal)))).flat();
}

async function kindsIn(kube: Kube, { name, preferredVersion, versions }: Group, signal: AbortSignal) {
  const others = versions.filter(({ version }) => version !== preferredVersion.version);
  const found = await Promise.all(
    [preferredVersion, ...others].map(async (version) => {
      const resources = await resourcesOf(kube, name, version, signal).catch((error: unknown) => {
        signal.throwIfAborted();
        if (name === '') throw error;
        return [];
      });
      return resources.flatMap((listed) => asKind(name, version.version, listed));
    }),
  );
  const kinds = new Map<string, ApiKind>();
  for (const kind of found.flat()) if (!kinds.has(kind.resource)) kinds.set(kind.resource, kind);
  return [...kinds.values()];
}

async function resourcesOf(
  kube: Kube,
  group: string,
  { groupVersion }: Version,
  signal: AbortSignal,
): Promise<Listed[]> {
  const path = group === '' ? '/api/v1' : `/apis/${groupVersion}`;
  return (await kube.get<{ resources: Listed[] }>(path, signal)).resources;
}

function asKind(group: string, version: string, listed: Listed): ApiKind[] {
  const { name, kind, namespaced, verbs = [], shortNames = [] } = listed;
  // What has a slash in its name is a part of another resource, such as a Pod's log.
  if (name.includes('/') || !verbs.includes('list') || !verbs.includes('watch')) return [];
  return [{ group, version, resource: name, kind, namespaced, shortNames, custom: !own.test(group) }];
}

/** Where objects of a kind are listed; of all namespaces where none is named. */
export function listPath({ group, version, resource }: KindRef, namespace?: string): string {
  const api = group === '' ? `/api/${version}` : `/apis/${encodeURIComponent(group)}/${version}`;
  return namespace === undefined
    ? `${api}/${resource}`
    : `${api}/namespaces/${encodeURIComponent(namespace)}/${resource}`;
}
