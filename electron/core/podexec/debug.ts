// A container for debugging that joins a running pod (Kubernetes' ephemeral containers), for those that have no shell.
import { randomBytes } from 'node:crypto';
import type { V1Pod } from '@kubernetes/client-node';
import { AppError } from '../../../shared/model/errors';
import type { Kube } from '../kube/connect';
import type { ContainerPlace } from '../kube/open-command';
import { Refusal } from '../kube/request';
import { untilStarted } from './started';

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
  const stateOf = ({ status }: V1Pod) => status?.ephemeralContainerStatuses?.find((one) => one.name === name)?.state;
  await untilStarted(kube, place, image, stateOf, signal);
  return { ...place, container: name };
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
