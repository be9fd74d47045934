// A connection to the cluster of a context: by the user's kubeconfig, else as administrator of the engine's cluster that has such a context.
import type { Cluster } from '../../../shared/model/cluster';
import { AppError } from '../../../shared/model/errors';
import type { Engine } from '../engine/engine';
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

/** The engine and its cluster that has such a context; undefined where there is none, or no engine. */
async function clusterBehind(
  dependencies: ClusterDependencies,
  context: string,
  signal: AbortSignal,
): Promise<{ engine: Engine; cluster: Cluster } | undefined> {
  const engine = await dependencies.engine(signal).catch(() => undefined);
  signal.throwIfAborted();
  if (!engine) return undefined;
  const cluster = (await dependencies.read(engine, signal)).find((one) => one.context === context);
  return cluster && { engine, cluster };
}

/** The container that is a node of the cluster of a context; undefined where the engine has no such cluster or node. */
export async function findNodeContainer(
  dependencies: ClusterDependencies,
  context: string,
  node: string,
  signal: AbortSignal,
): Promise<{ engine: Engine; container: string } | undefined> {
  const found = await clusterBehind(dependencies, context, signal);
  const container = found?.cluster.nodes.find(({ name }) => name === node)?.containerId;
  return found && container !== undefined ? { engine: found.engine, container } : undefined;
}

/** The containers that are running nodes of the cluster of a context; undefined where the engine has no such cluster. */
export async function findNodeContainers(dependencies: ClusterDependencies, context: string, signal: AbortSignal) {
  const found = await clusterBehind(dependencies, context, signal);
  return found && { engine: found.engine, nodes: found.cluster.nodes.filter(({ state }) => state === 'running') };
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
