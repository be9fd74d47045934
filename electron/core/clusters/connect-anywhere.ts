// A connection to the cluster of a context: by the user's kubeconfig, else as administrator of the engine's cluster that has such a context.
import { AppError } from '../../../shared/model/errors';
import type { Kube } from '../kube/connect';
import { connectContext } from '../kubeconfig/connect-context';
import { connectAsAdmin } from './admin';
import type { ClusterDependencies } from './dependencies';
import { findCluster } from './find';

/** A cluster of ours can be looked into though its context was taken out of the kubeconfig. Throws as {@link connectContext} does. */
export async function connectAnywhere(
  dependencies: ClusterDependencies,
  context: string,
  signal: AbortSignal,
): Promise<Kube> {
  try {
    return await connectContext(dependencies.kubeconfig, context, signal);
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'not-found')) throw error;
    const known = await clusterOf(dependencies, context, signal).catch(() => undefined);
    if (known === undefined) throw error;
    const { engine, cluster, provider } = await findCluster(dependencies, known);
    return connectAsAdmin(engine, cluster, signal, provider.access);
  }
}

async function clusterOf(
  dependencies: ClusterDependencies,
  context: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const engine = await dependencies.engine(signal);
  const clusters = await dependencies.read(engine, signal);
  return clusters.find((cluster) => cluster.context === context)?.name;
}
