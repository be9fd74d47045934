// Deleting a cluster, ours or kind's: its kubeconfig entry first, then its containers with their volumes, then its network.
import { type Cluster, containersOf, contextOf } from '../../../shared/model/cluster';
import type { OperationKind, Plan, PlannedStep } from '../../../shared/model/operation';
import type { Engine } from '../engine/engine';
import { explained } from '../engine/failures';
import { removeFromKubeconfig } from '../kubeconfig/remove';
import type { Job, StepAction } from '../operations/operation';
import { refuseUnable } from './able';
import type { ClusterDependencies } from './dependencies';
import { noSuchCluster } from './failures';
import { providerOf } from './find';
import { ownLabels } from './providers/kubeadm/labels';
import type { VerbContext } from './providers/provider';
import { clusterLabel, containersWith, removeContainer, removeContainers, removeNetworks } from './remove';

type Deletable = Pick<Cluster, 'name' | 'nodes' | 'entrance' | 'ports' | 'provider' | 'context'>;

function deletePlan(kind: OperationKind, cluster: Deletable): Plan {
  const nodes = containersOf(cluster).map(
    (node): PlannedStep => ({
      id: `node-delete:${node.name}`,
      kind: 'node-delete',
      title: `Deleting ${node.name}`,
      lane: node.name,
      weight: 1,
      after: ['kubeconfig-remove'],
      command: `docker rm -f -v ${node.name}`,
    }),
  );
  return {
    kind,
    subject: cluster.name,
    steps: [
      {
        id: 'kubeconfig-remove',
        kind: 'kubeconfig-remove',
        title: `Removing the context ${cluster.context}`,
        lane: 'cluster',
        weight: 0.1,
        after: [],
      },
      ...nodes,
      {
        id: 'network-delete',
        kind: 'network-delete',
        title: 'Deleting the network',
        lane: 'engine',
        weight: 0.3,
        after: ['kubeconfig-remove', ...nodes.map((node) => node.id)],
        command: `docker network rm boathouse-${cluster.name}`,
      },
    ],
  };
}

/** Starts the operation that deletes a cluster. Throws `not-found`, `engine-unreachable`, and what {@link refuseUnable} does. */
export async function deleteCluster(dependencies: ClusterDependencies, name: string, kind: OperationKind = 'delete') {
  const engine = await dependencies.engine();
  const cluster = (await dependencies.read(engine)).find((one) => one.name === name);
  if (cluster) refuseUnable(cluster, 'delete');
  else if (!(await hasLeftovers(engine, name))) throw noSuchCluster(name);
  const job = cluster
    ? await providerOf(dependencies, cluster).delete(dependencies, engine, cluster, kind)
    : deleteKubeadm(dependencies, engine, { name, nodes: [], provider: 'kubeadm', context: contextOf(name) }, kind);
  return dependencies.operations.start(job, engine.endpoint.host);
}

async function hasLeftovers(engine: Engine, name: string): Promise<boolean> {
  const filters = { label: [`${ownLabels.cluster}=${name}`] };
  return (await explained(() => engine.docker.listNetworks({ filters }))).length > 0;
}

/** What deleting a kubeadm cluster consists of. */
export function deleteKubeadm(context: VerbContext, engine: Engine, cluster: Deletable, kind: OperationKind): Job {
  const { name } = cluster;
  const plan = deletePlan(kind, cluster);
  const actions = new Map<string, StepAction>();
  actions.set('kubeconfig-remove', async ({ signal, log }) => {
    const { files } = await removeFromKubeconfig(context.kubeconfig, cluster, signal);
    for (const file of files) log(`changed ${file}`);
  });
  for (const node of containersOf(cluster)) {
    actions.set(`node-delete:${node.name}`, ({ signal }) => removeContainer(engine, node.containerId, signal));
  }
  actions.set('network-delete', async ({ signal }) => {
    for (const label of [clusterLabel(name), `${ownLabels.cluster}=${name}`] as const) {
      await removeContainers(engine, await containersWith(engine, label, signal), signal);
    }
    await removeNetworks(engine, `${ownLabels.cluster}=${name}`, signal);
  });
  return { plan, actions };
}
