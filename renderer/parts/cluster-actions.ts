// What can be done to a cluster in its present state, and which of it is most likely wanted.
import { type Cluster, canWake } from '../../shared/model/cluster';

export type ClusterAction =
  | 'open'
  | 'start'
  | 'resume'
  | 'pause'
  | 'stop'
  | 'use'
  | 'pauseUntil'
  | 'wakeOn'
  | 'wakeOff'
  | 'cleanup'
  | 'logs'
  | 'delete';

/** The one thing a user most likely wants next. */
export function nextAction(cluster: Cluster): ClusterAction {
  if (cluster.state === 'paused') return 'resume';
  if (cluster.state === 'stopped') return 'start';
  if (cluster.state === 'incomplete') return 'cleanup';
  if (cluster.state === 'degraded' && cluster.nodes.some((node) => node.state !== 'running')) return 'start';
  return 'open';
}

/** Everything that makes sense now, apart from opening it. Nothing does while an operation runs on it. */
export function possibleActions(cluster: Cluster): ClusterAction[] {
  if (cluster.operationId || cluster.state === 'creating' || cluster.state === 'deleting') return [];
  if (cluster.state === 'incomplete') return ['cleanup', 'delete'];
  return [...powerActions(cluster), ...(cluster.current ? [] : (['use'] as const)), ...wakeActions(cluster), 'delete'];
}

function powerActions({ state, nodes }: Cluster): ClusterAction[] {
  if (state === 'paused') return ['resume', 'stop'];
  const actions: ClusterAction[] = [];
  const running = nodes.filter((node) => node.state === 'running');
  if (running.length < nodes.length) actions.push('start');
  else actions.push('pause');
  if (running.length > 0) actions.push('stop');
  return actions;
}

function wakeActions(cluster: Cluster): ClusterAction[] {
  const { state, nodes, wakes } = cluster;
  if (!canWake(cluster)) return [];
  if (state === 'paused') return [wakes ? 'wakeOff' : 'wakeOn'];
  return nodes.every((node) => node.state === 'running') ? ['pauseUntil'] : [];
}
