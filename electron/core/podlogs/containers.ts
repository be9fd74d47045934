// The containers of pods, whose logs are read: which there are, and of which run each is. Pure.
import type { V1ContainerStatus, V1Pod } from '@kubernetes/client-node';

export interface Container {
  key: string;
  namespace: string;
  pod: string;
  container: string;
  /** Which pod of that name it is. */
  uid: string;
  /** Of its present or last run; undefined before the first. */
  run: string | undefined;
  running: boolean;
  restarts: number;
  /** It will not begin any more. */
  over: boolean;
}

/** In the order in which they run: init containers, the pod's own, those for debugging. */
export function containersOf(pod: V1Pod, only: readonly string[] = []): Container[] {
  const { name = '', namespace = '', uid = '' } = pod.metadata ?? {};
  const {
    initContainerStatuses = [],
    containerStatuses = [],
    ephemeralContainerStatuses = [],
    phase,
  } = pod.status ?? {};
  const statuses = new Map(
    [...initContainerStatuses, ...containerStatuses, ...ephemeralContainerStatuses].map((status) => [
      status.name,
      status,
    ]),
  );
  const { initContainers = [], containers = [], ephemeralContainers = [] } = pod.spec ?? {};
  const ended = phase === 'Succeeded' || phase === 'Failed';
  return [...initContainers, ...containers, ...ephemeralContainers]
    .filter((one) => only.length === 0 || only.includes(one.name))
    .map((one) => {
      const status = statuses.get(one.name);
      return {
        key: `${namespace}/${name}/${one.name}`,
        namespace,
        pod: name,
        container: one.name,
        uid,
        run: runOf(status),
        running: status?.state?.running !== undefined,
        restarts: status?.restartCount ?? 0,
        over: ended,
      };
    });
}

/** While a container waits to be started anew, its last run is in `lastState`. */
function runOf(status: V1ContainerStatus | undefined): string | undefined {
  const { state, lastState, containerID } = status ?? {};
  if (state?.running) return containerID ?? state.running.startedAt?.toString();
  return state?.terminated?.containerID ?? lastState?.terminated?.containerID ?? undefined;
}
