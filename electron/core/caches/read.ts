// The caches of the engine as they are now, with the clusters that use each.
import { type Cache, usualBudget } from '../../../shared/model/caches';
import { type Cluster, nodeStateSchema } from '../../../shared/model/cluster';
import { AppError } from '../../../shared/model/errors';
import { type ListedContainer, nameOf } from '../clusters/listed';
import type { Engine } from '../engine/engine';
import { explained } from '../engine/failures';
import type { Hosts } from '../registry/hosts';
import { hostsByCluster } from '../registry/read';
import { cacheAddress } from './hosts';
import { cacheLabels, cacheRole, usualUrl } from './labels';

/** Before it is asked which clusters use it. */
export type RecognisedCache = Omit<Cache, 'clusters'> & {
  /** Names of the networks that it is in. */
  networks: string[];
};

/** Every cache, by the name of its upstream, without asking clusters. */
export async function listCaches(engine: Engine, signal?: AbortSignal): Promise<RecognisedCache[]> {
  const filters = { label: [`${cacheLabels.role}=${cacheRole}`] };
  const containers = await explained(() =>
    engine.docker.listContainers({ all: true, filters, ...(signal && { abortSignal: signal }) }),
  );
  return recogniseCaches(containers as ListedContainer[]);
}

/** Pure. */
export function recogniseCaches(containers: readonly ListedContainer[]): RecognisedCache[] {
  return containers
    .flatMap((container) => {
      const { Labels } = container;
      const upstream = Labels[cacheLabels.upstream];
      if (Labels[cacheLabels.role] !== cacheRole || !upstream) return [];
      const account = Labels[cacheLabels.account];
      return {
        upstream,
        url: Labels[cacheLabels.url] ?? usualUrl(upstream),
        name: nameOf(container),
        containerId: container.Id,
        state: nodeStateSchema.catch('dead').parse(container.State),
        image: container.Image,
        budget: Number(Labels[cacheLabels.budget]) || usualBudget,
        ...(account && { account }),
        networks: Object.keys(container.NetworkSettings?.Networks ?? {}),
      };
    })
    .sort((one, other) => one.upstream.localeCompare(other.upstream));
}

/** All of them, each with the clusters whose first control plane asks it. */
export async function readCaches(engine: Engine, clusters: readonly Cluster[], signal: AbortSignal): Promise<Cache[]> {
  const caches = await listCaches(engine, signal);
  if (caches.length === 0) return [];
  const hosts = await hostsByCluster(engine, clusters, signal);
  return caches.map(({ networks: _, ...cache }) => ({
    ...cache,
    clusters: [...hosts].flatMap(([name, of]) => (asks(of, cache) ? [name] : [])),
  }));
}

/** Whether nodes with these hosts ask the cache. */
export function asks(hosts: Hosts, { upstream, name }: Pick<Cache, 'upstream' | 'name'>): boolean {
  return (hosts.get(upstream) ?? []).some(({ address }) => address === cacheAddress(name, 'proxy'));
}

/** Throws `not-found`. */
export async function findCache(engine: Engine, upstream: string, signal?: AbortSignal): Promise<RecognisedCache> {
  const cache = (await listCaches(engine, signal)).find((one) => one.upstream === upstream);
  if (cache) return cache;
  throw new AppError('not-found', `There is no cache of ${upstream}`, {
    params: { what: upstream },
    hints: [
      {
        text: `Make it with: boathouse caches create ${upstream}`,
        action: { call: 'caches.create', input: { upstream } },
      },
    ],
  });
}
