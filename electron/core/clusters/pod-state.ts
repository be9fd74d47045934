// What a pod of Kubernetes is in one word: pure.
import type { V1ContainerStatus, V1Pod } from '@kubernetes/client-node';
import type { Pod, PodState } from '../../../shared/model/pod';

/** Kubernetes (pkg/kubelet): why a container waits that has done nothing wrong yet. */
const patient = new Set(['ContainerCreating', 'PodInitializing', undefined]);

export function podOf({ metadata, spec, status }: V1Pod): Pod {
  const { name = '', namespace = '' } = metadata ?? {};
  const { state, reason } = metadata?.deletionTimestamp ? { state: 'ending' as const } : stateOf(status);
  return { namespace, name, ...(spec?.nodeName && { node: spec.nodeName }), state, ...(reason && { reason }) };
}

function stateOf(status: V1Pod['status']): { state: PodState; reason?: string | undefined } {
  const { phase, conditions = [], containerStatuses = [], initContainerStatuses = [] } = status ?? {};
  if (phase === 'Succeeded') return { state: 'done' };
  if (phase === 'Failed') return { state: 'broken', reason: status?.reason ?? 'Failed' };
  const stuck = [...initContainerStatuses, ...containerStatuses]
    .map(hindranceOf)
    .find((reason) => reason !== undefined);
  if (stuck) return { state: 'broken', reason: stuck };
  const unplaced = conditions.find(({ type, status }) => type === 'PodScheduled' && status === 'False');
  if (unplaced) return { state: 'broken', reason: unplaced.reason ?? 'Unschedulable' };
  const ready = conditions.some(({ type, status }) => type === 'Ready' && status === 'True');
  return { state: ready ? 'running' : 'starting' };
}

/** Why a container does not run although it was tried. */
function hindranceOf({ state, ready, restartCount }: V1ContainerStatus): string | undefined {
  const waits = state?.waiting?.reason;
  if (state?.waiting && !patient.has(waits)) return waits;
  const ended = state?.terminated;
  return ended && !ready && ended.exitCode !== 0 && restartCount > 0 ? (ended.reason ?? 'Error') : undefined;
}
