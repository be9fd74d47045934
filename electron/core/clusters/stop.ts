// Stopping a cluster: its nodes are shut down, side by side where they can; data, addresses and ports stay.
import type { Cluster, ClusterNode } from '../../../shared/model/cluster';
import type { Plan, PlannedStep } from '../../../shared/model/operation';
import type { Engine } from '../engine/engine';
import { explained, statusOf } from '../engine/failures';
import type { StepAction } from '../operations/operation';
import { refuseUnable } from './able';
import { releaseControllers } from './controllers';
import type { ClusterDependencies } from './dependencies';
import { findCluster } from './find';
import { unpause } from './unpause';

/** Seconds that systemd in a node gets to end everything before the engine kills it. */
const graceSeconds = 30;

/** `order`: groups of containers that are stopped side by side, each after the one before. */
function stopPlan(cluster: Cluster, order: readonly (readonly ClusterNode[])[]): Plan {
  return {
    kind: 'stop',
    subject: cluster.name,
    steps: order.flatMap((group, index) =>
      group.map(
        (node): PlannedStep => ({
          id: `node-stop:${node.name}`,
          kind: 'node-stop',
          title: `Stopping ${node.name}`,
          lane: node.name,
          weight: 5,
          after: (order[index - 1] ?? []).map((before) => `node-stop:${before.name}`),
          command: `docker stop ${node.name}`,
        }),
      ),
    ),
  };
}

/** Starts the operation that stops a cluster. Throws `not-found`, `engine-unreachable`, and what {@link refuseUnable} does. */
export async function stopCluster(dependencies: ClusterDependencies, name: string) {
  const { engine, cluster, provider } = await findCluster(dependencies, name);
  refuseUnable(cluster, 'stop');
  const order = provider.stopOrder(cluster);
  const actions = new Map<string, StepAction>(
    order.flat().map((node) => [`node-stop:${node.name}`, ({ signal }) => stopNode(engine, node, signal)]),
  );
  return dependencies.operations.start({ plan: stopPlan(cluster, order), actions }, engine.endpoint.host);
}

/** A paused node cannot be stopped, nor can one end well that has a stopped process in it. */
async function stopNode(engine: Engine, node: ClusterNode, signal: AbortSignal): Promise<void> {
  const container = engine.docker.getContainer(node.containerId);
  const { State } = await explained(() => container.inspect({ abortSignal: signal }));
  if (State.Paused) {
    await unpause(engine, node.containerId, signal);
    if (node.role === 'control-plane') await releaseControllers(engine, [node], signal);
  }
  try {
    await container.stop({ t: graceSeconds, abortSignal: signal });
  } catch (error) {
    // 304: it was stopped already.
    if (statusOf(error) !== 304) await explained(() => Promise.reject(error));
  }
}
