// One cluster by its name, as the engine has it now, and whoever knows clusters of its kind.
import type { Cluster } from '../../../shared/model/cluster';
import { AppError } from '../../../shared/model/errors';
import type { Engine } from '../engine/engine';
import type { ClusterDependencies } from './dependencies';
import { noSuchCluster } from './failures';
import type { ClusterProvider } from './providers/provider';

/** Throws `not-found`, `engine-unreachable`. */
export async function findCluster(
  dependencies: Pick<ClusterDependencies, 'engine' | 'read' | 'providers'>,
  name: string,
): Promise<{ engine: Engine; cluster: Cluster; provider: ClusterProvider }> {
  const engine = await dependencies.engine();
  const cluster = (await dependencies.read(engine)).find((one) => one.name === name);
  if (!cluster) throw noSuchCluster(name);
  return { engine, cluster, provider: providerOf(dependencies, cluster) };
}

/** Whoever knows clusters of this kind. */
export function providerOf(
  { providers }: Pick<ClusterDependencies, 'providers'>,
  cluster: Pick<Cluster, 'provider'>,
): ClusterProvider {
  const provider = providers.find(({ id }) => id === cluster.provider);
  if (!provider) throw new AppError('internal', `nobody knows clusters of ${cluster.provider}`);
  return provider;
}
