// The local registries of the engine as they are now, with the clusters that use each.
import type { Cluster } from '../../../shared/model/cluster';
import { AppError } from '../../../shared/model/errors';
import type { LocalRegistry } from '../../../shared/model/registry';
import type { ListedContainer } from '../clusters/listed';
import type { Engine } from '../engine/engine';
import { explained } from '../engine/failures';
import { type Hosts, readHosts } from './hosts';
import { registryName } from './labels';
import { readCerts } from './node-hosts';
import { type RecognisedRegistry, recogniseRegistries } from './recognise';

/** Every registry container, without asking clusters. */
export async function listRegistries(engine: Engine, signal?: AbortSignal): Promise<RecognisedRegistry[]> {
  const containers = await explained(() =>
    engine.docker.listContainers({ all: true, ...(signal && { abortSignal: signal }) }),
  );
  return recogniseRegistries(containers as ListedContainer[]);
}

/** All of them, each with the clusters whose first control plane fetches its images. */
export async function readRegistries(
  engine: Engine,
  clusters: readonly Cluster[],
  signal: AbortSignal,
): Promise<LocalRegistry[]> {
  const registries = await listRegistries(engine, signal);
  if (registries.length === 0) return [];
  const hosts = await hostsByCluster(engine, clusters, signal);
  return registries.map(({ networks: _, ...registry }) => ({
    ...registry,
    clusters: [...hosts].flatMap(([name, of]) => (fetchesFrom(of, registry) ? [name] : [])),
  }));
}

/** What the first control plane of each cluster of kind's images has; a cluster that goes meanwhile is left out. */
export async function hostsByCluster(
  engine: Engine,
  clusters: readonly Cluster[],
  signal: AbortSignal,
): Promise<Map<string, Hosts>> {
  const read = await Promise.all(
    clusters.map(async ({ name, provider, nodes }): Promise<[string, Hosts][]> => {
      const first = nodes.find(({ role }) => role === 'control-plane');
      if (provider !== 'kubeadm' || !first) return [];
      const certs = await readCerts(engine, first.name, signal).catch((error) => {
        if (error instanceof AppError && error.code === 'not-found') return undefined;
        throw error;
      });
      return certs ? [[name, readHosts(certs)]] : [];
    }),
  );
  return new Map(read.flat());
}

/** Whether nodes with these hosts fetch what the registry has, under its name on this computer. */
export function fetchesFrom(hosts: Hosts, registry: Pick<LocalRegistry, 'address' | 'inNetwork'>): boolean {
  const { address, inNetwork } = registry;
  return address !== undefined && (hosts.get(address) ?? []).some((host) => host.address === `http://${inNetwork}`);
}

/** The registry of that name, ours without one. Throws `not-found`. */
export async function findRegistry(
  engine: Engine,
  name: string = registryName,
  signal?: AbortSignal,
): Promise<RecognisedRegistry> {
  const registry = (await listRegistries(engine, signal)).find((one) => one.name === name);
  if (registry) return registry;
  throw new AppError('not-found', `There is no registry called ${name}`, {
    params: { what: name },
    hints: [
      name === registryName
        ? { text: 'Make it with: boathouse registry create', action: { call: 'registry.create', input: {} } }
        : { text: 'See what there is with: boathouse registry list' },
    ],
  });
}

/** Throws `not-possible` for a registry that another program made: that program may count on what is in it. */
export function refuseForeign({ name, madeBy }: RecognisedRegistry, doing: string): void {
  if (madeBy === 'boathouse') return;
  throw new AppError('not-possible', `${name} was made by ${madeBy} and cannot be ${doing} here`, {
    params: { name, maker: madeBy, ability: 'delete', why: 'made-elsewhere' },
    hints: [{ text: `Use ${madeBy} itself.` }],
  });
}
