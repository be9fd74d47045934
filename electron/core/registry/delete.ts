// Deleting our local registry with all its images, after clusters were told that it goes.
import type { Cluster } from '../../../shared/model/cluster';
import { connectAsAdmin } from '../clusters/admin';
import type { ClusterDependencies } from '../clusters/dependencies';
import { removeContainer, unlessGone } from '../clusters/remove';
import type { Engine } from '../engine/engine';
import type { StepContext } from '../operations/operation';
import { unannounce } from './announce';
import { withoutRegistry } from './connect';
import { registryName } from './labels';
import { changeHosts } from './node-hosts';
import { findRegistry, hostsByCluster, refuseForeign } from './read';
import type { RecognisedRegistry } from './recognise';
import { begin, step } from './run';

/** Throws `not-found`, `not-possible` for a registry that others made. */
export async function deleteRegistry(dependencies: ClusterDependencies, name: string | undefined) {
  const engine = await dependencies.engine();
  const registry = await findRegistry(engine, name);
  refuseForeign(registry, 'deleted');
  return begin(
    dependencies,
    engine,
    registry.name,
    [
      step('registry-disconnect', 'Telling the clusters that use it'),
      (context) => tellClusters(dependencies, engine, registry, context),
    ],
    [
      step('registry-delete', 'Deleting the registry', `docker rm -f ${registry.name}`, ['registry-disconnect']),
      ({ signal }) => removeContainer(engine, registry.containerId, signal),
    ],
    [
      step('volume-delete', 'Deleting its images', `docker volume rm ${registryName}`, ['registry-delete']),
      ({ signal }) => unlessGone(() => engine.docker.getVolume(registryName).remove({ abortSignal: signal })),
    ],
  );
}

/** A cluster that does not answer is told as far as its containers can be. */
async function tellClusters(
  dependencies: ClusterDependencies,
  engine: Engine,
  registry: RecognisedRegistry,
  { signal, log }: StepContext,
): Promise<void> {
  const clusters = await dependencies.read(engine, signal);
  const hosts = await hostsByCluster(engine, clusters, signal);
  const users = clusters.filter(({ name }) => {
    const known = [...(hosts.get(name)?.values() ?? [])].flat();
    return known.some(({ address }) => address === `http://${registry.inNetwork}`);
  });
  const tell = async (cluster: Cluster) => {
    await Promise.all(
      cluster.nodes.map(({ name, state }) =>
        changeHosts(engine, { name, running: state === 'running' }, (own) => withoutRegistry(own, registry), signal),
      ),
    );
    if (cluster.state === 'running') await unannounce(await connectAsAdmin(engine, cluster, signal), registry, signal);
    log(`${cluster.name} was told`);
  };
  const told = await Promise.allSettled(users.map(tell));
  signal.throwIfAborted();
  for (const [index, one] of told.entries()) {
    if (one.status === 'rejected') log(`${users[index]?.name} could not be told: ${String(one.reason)}`);
  }
}
