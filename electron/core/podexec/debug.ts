// A container for debugging that joins a running pod (Kubernetes' ephemeral containers), for those that have no shell.
import { randomBytes } from 'node:crypto';
import type { V1Pod } from '@kubernetes/client-node';
import { AppError } from '../../../shared/model/errors';
import type { Kube } from '../kube/connect';
import type { ContainerPlace } from '../kube/open-command';
import { Refusal } from '../kube/request';

/**
 * Adds it beside the place's container, whose processes it sees, and resolves when it runs. Throws `not-possible` where the cluster does
 * not know such containers (before 1.23, unless switched on), `image-pull-failed`, `kubernetes-refused`.
 */
export async function addDebugContainer(
  kube: Kube,
  place: ContainerPlace,
  image: string,
  signal: AbortSignal,
): Promise<ContainerPlace> {
  const name = `debug-${randomBytes(3).toString('hex')}`;
  const path = `/api/v1/namespaces/${encodeURIComponent(place.namespace)}/pods/${encodeURIComponent(place.pod)}`;
  const container = {
    name,
    image,
    imagePullPolicy: 'IfNotPresent',
    stdin: true,
    stdinOnce: true,
    tty: true,
    targetContainerName: place.container,
    terminationMessagePolicy: 'File',
  };
  try {
    await kube.call(
      {
        method: 'PATCH',
        path: `${path}/ephemeralcontainers`,
        type: 'application/strategic-merge-patch+json',
        object: { spec: { ephemeralContainers: [container] } },
      },
      signal,
    );
  } catch (error) {
    throw explained(error, place);
  }
  const list = path.replace(/\/[^/]+$/, '');
  for await (const found of kube.watch<V1Pod>(
    `${list}?fieldSelector=${encodeURIComponent(`metadata.name=${place.pod}`)}`,
    signal,
  )) {
    const [pod] = found.values();
    if (!pod) throw new AppError('not-found', `${place.pod} has been deleted`, { params: { what: place.pod } });
    const state = pod.status?.ephemeralContainerStatuses?.find((one) => one.name === name)?.state;
    if (state?.running) return { ...place, container: name };
    const waiting = state?.waiting;
    if (waiting && /BackOff|ErrImageNeverPull|InvalidImageName/.test(waiting.reason ?? '')) {
      throw new AppError('image-pull-failed', `The node cannot fetch ${image}: ${waiting.message ?? waiting.reason}`, {
        params: { image },
        hints: [{ text: 'Load the image into the cluster first, or name one that is there.' }],
      });
    }
    if (state?.terminated) {
      const { exitCode, message } = state.terminated;
      throw new AppError('exec-failed', `${image} ended at once with ${exitCode}${message ? `: ${message}` : ''}`, {
        params: { command: image, node: place.pod },
      });
    }
  }
  throw signal.reason;
}

/** Kubernetes 1.20 to 1.22: the feature is off, and its address is not served or has another form. */
function explained(error: unknown, { pod }: ContainerPlace): unknown {
  if (!(error instanceof Refusal)) return error;
  if ([404, 405, 415].includes(error.code) || /EphemeralContainers|disabled for this cluster/i.test(error.message)) {
    return new AppError('not-possible', `This cluster knows no debugging containers: they came with Kubernetes 1.23`, {
      params: { why: 'no-debug-containers' },
      detail: error.message,
      hints: [
        {
          text: `Debug a copy of the pod in their place: kubectl debug ${pod} -it --copy-to=${pod}-debug --image=busybox`,
        },
        { text: 'Or create a cluster of a newer version.' },
      ],
    });
  }
  return new AppError('kubernetes-refused', `Kubernetes refused a debugging container in ${pod}: ${error.message}`, {
    params: { path: pod, reason: error.message, status: error.code },
  });
}
