// Waiting until a container that was made for debugging runs, or it is known why it never will.
import type { V1ContainerState, V1Pod } from '@kubernetes/client-node';
import { AppError } from '../../../shared/model/errors';
import type { Kube } from '../kube/connect';
import type { ContainerPlace } from '../kube/open-command';

/** Throws `image-pull-failed`, `exec-failed` where it ends at once, `not-ready` where the node refuses the pod, `not-found` once it is gone. */
export async function untilStarted(
  kube: Kube,
  { namespace, pod: called }: Pick<ContainerPlace, 'namespace' | 'pod'>,
  image: string,
  stateOf: (pod: V1Pod) => V1ContainerState | undefined,
  signal: AbortSignal,
): Promise<void> {
  const list = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods`;
  const path = `${list}?fieldSelector=${encodeURIComponent(`metadata.name=${called}`)}`;
  for await (const found of kube.watch<V1Pod>(path, signal)) {
    const [pod] = found.values();
    if (!pod) throw new AppError('not-found', `${called} has been deleted`, { params: { what: called } });
    const state = stateOf(pod);
    if (state?.running) return;
    const failure = failureIn(state, image, called) ?? refusalIn(pod, called);
    if (failure) throw failure;
  }
  throw signal.reason;
}

function failureIn(state: V1ContainerState | undefined, image: string, called: string): AppError | undefined {
  const waiting = state?.waiting;
  if (waiting && /BackOff|ErrImageNeverPull|InvalidImageName/.test(waiting.reason ?? '')) {
    return new AppError('image-pull-failed', `The node cannot fetch ${image}: ${waiting.message ?? waiting.reason}`, {
      params: { image },
      hints: [{ text: 'Load the image into the cluster first, or name one that is there.' }],
    });
  }
  if (!state?.terminated) return undefined;
  const { exitCode, message } = state.terminated;
  return new AppError('exec-failed', `${image} ended at once with ${exitCode}${message ? `: ${message}` : ''}`, {
    params: { command: image, node: called },
  });
}

/** A kubelet that has no room for it says so of the pod. */
function refusalIn({ status }: V1Pod, called: string): AppError | undefined {
  if (status?.phase !== 'Failed') return undefined;
  const why = [status.reason, status.message].filter(Boolean).join(': ');
  return new AppError('not-ready', `${called} did not start: ${why}`, { params: { what: called, seconds: 0 } });
}
