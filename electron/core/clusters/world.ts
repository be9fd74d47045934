// The clusters as the user sees them: what providers recognised, each with a name of its own, its state and what is being done to it.
import type { Cluster, ClusterNode, ClusterState } from '../../../shared/model/cluster';
import type { Operation, OperationKind } from '../../../shared/model/operation';
import { present } from './listed';
import type { RecognisedCluster } from './providers/provider';

/** What is known of clusters beside the engine's containers. */
export interface Surroundings {
  /** The kubeconfig's current context. */
  currentContext: string | undefined;
  /** The running or queued operation on a cluster in this process. */
  operationOn(name: string): Operation | undefined;
  /** What another process does to a cluster, or what a crash cut off. */
  journalOf(name: string): { kind: OperationKind; alive: boolean } | undefined;
}

/** All clusters, sorted by name; of two with one name the one that was recognised first keeps it. */
export function clustersOf(recognised: readonly RecognisedCluster[], surroundings: Surroundings): Cluster[] {
  const taken = new Set<string>();
  return recognised
    .map((cluster) => {
      const name = freeName(cluster, taken);
      taken.add(name);
      return clusterOf({ ...cluster, name }, surroundings);
    })
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** `shop`; `k3d-shop` where another provider has a `shop` as well. */
function freeName({ name, madeBy }: RecognisedCluster, taken: ReadonlySet<string>): string {
  let free = name;
  while (taken.has(free)) free = `${madeBy}-${free}`;
  return free;
}

function clusterOf(cluster: RecognisedCluster, surroundings: Surroundings): Cluster {
  const { name, context } = cluster;
  const operation = surroundings.operationOn(name);
  return {
    ...cluster,
    state: stateOf(cluster, operation?.kind, surroundings.journalOf(name)),
    current: surroundings.currentContext === context,
    ...present({ operationId: operation?.id }),
  };
}

/** One word for a cluster: what is being done to it, else what its nodes' containers are. */
export function stateOf(
  containers: { nodes: readonly Pick<ClusterNode, 'state'>[]; entrance?: Pick<ClusterNode, 'state'> | undefined },
  operation: OperationKind | undefined,
  journal: { kind: OperationKind; alive: boolean } | undefined,
): ClusterState {
  const doing = operation ?? (journal?.alive ? journal.kind : undefined);
  if (doing === 'create') return 'creating';
  if (doing === 'delete' || doing === 'cleanup') return 'deleting';
  if (journal?.kind === 'create' && !journal.alive) return 'incomplete';
  const states = new Set(containers.nodes.map((node) => node.state));
  if (states.has('created')) return 'incomplete';
  if (states.size === 1 && states.has('paused')) return 'paused';
  const open = containers.entrance === undefined || containers.entrance.state === 'running';
  if (states.size === 1 && states.has('running') && open) return 'running';
  if ([...states].every((state) => state === 'exited' || state === 'dead')) return 'stopped';
  return 'degraded';
}
