// Which container of which pod a command runs in.
import type { V1Pod } from '@kubernetes/client-node';
import { AppError } from '../../../shared/model/errors';
import { nearest } from '../../../shared/model/nearest';
import { type NamedTarget, targetText } from '../../../shared/model/pod-target';
import type { Kube } from '../kube/connect';
import type { ContainerPlace } from '../kube/open-command';
import { podsOf } from '../kube/pods-of';

const defaultContainer = 'kubectl.kubernetes.io/default-container';

/** Throws `not-found` (target, container), `not-ready` where no pod runs, `kubernetes-refused`. */
export async function findPlace(
  kube: Kube,
  target: NamedTarget,
  container: string | undefined,
  signal: AbortSignal,
): Promise<{ pod: V1Pod; place: ContainerPlace }> {
  const watch = podsOf(kube, target, signal);
  try {
    const pods = (await watch.next()).value ?? [];
    const what = `${targetText(target)} in ${target.namespace}`;
    if (target.kind === 'pod' && pods.length === 0)
      throw new AppError('not-found', `There is no ${what}`, { params: { what } });
    const pod = pods.find(({ status, metadata }) => status?.phase === 'Running' && !metadata?.deletionTimestamp);
    if (!pod) {
      const now =
        pods.map(({ metadata, status }) => `${metadata?.name} is ${status?.phase}`).join(', ') || 'there is none';
      throw new AppError('not-ready', `No pod of ${what} runs: ${now}`, { params: { what, seconds: 0 } });
    }
    return { pod, place: placeIn(pod, container) };
  } finally {
    await watch.return();
  }
}

/** Throws `not-found` with the containers there are. */
export function placeIn(pod: V1Pod, wanted: string | undefined): ContainerPlace {
  const { name = '', namespace = '', annotations = {} } = pod.metadata ?? {};
  const { containers = [], initContainers = [], ephemeralContainers = [] } = pod.spec ?? {};
  const all = [...containers, ...initContainers, ...ephemeralContainers].map((one) => one.name);
  const said = annotations[defaultContainer];
  const container = wanted ?? (said && all.includes(said) ? said : all[0]) ?? '';
  if (all.includes(container)) return { namespace, pod: name, container };
  const like = nearest(container, all);
  throw new AppError('not-found', `${name} has no container ${container}`, {
    params: { what: container },
    hints: [
      {
        text: like
          ? `Did you mean ${like}? There are: ${all.join(', ')}`
          : `The containers there are: ${all.join(', ')}`,
      },
    ],
  });
}
