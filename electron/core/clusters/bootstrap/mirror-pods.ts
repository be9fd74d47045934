// Mirror pods: how the static pods of a node show in the API, made at once where its kubelet was there before the API.
import type { V1Node, V1Pod, V1PodList } from '@kubernetes/client-node';
import type { Kube } from '../../kube/connect';
import { Refusal } from '../../kube/request';
import { insist, waitForObjects } from '../../kube/wait';

/** What kubelets write on pods (kubelet 1.20 to 1.36: types of `pkg/kubelet/types`). */
const notes = {
  source: 'kubernetes.io/config.source',
  hash: 'kubernetes.io/config.hash',
  mirror: 'kubernetes.io/config.mirror',
};

/** Milliseconds for a kubelet's first report after the API is there. */
const reportLimit = 60_000;

/**
 * Makes the mirror pods that the node's kubelet would make with its next look at all pods, one to one and a half minutes later. Until
 * then `kubectl get pods -n kube-system` shows no control plane, and kubeadm waits half a minute for the one it looks for. Those that
 * `leaveOut` names by the label `component` are about to be replaced. The kubelet takes these pods for its own: their hash is its own.
 */
export async function showStaticPods(
  kube: Kube,
  name: string,
  { signal, leaveOut }: { signal: AbortSignal; leaveOut: readonly string[] },
): Promise<void> {
  const node = await reported(kube, name, signal);
  const path = `/api/v1/nodes/${name}/proxy/pods`;
  const { items } = await insist(() => kube.call<V1PodList>({ method: 'GET', path }, signal), signal, { early: true });
  const mirrors = items
    .filter(({ metadata }) => !leaveOut.includes(metadata?.labels?.component ?? ''))
    .flatMap((pod) => mirrorOf(pod, node) ?? []);
  await Promise.all(
    mirrors.map(async (object) => {
      const path = `/api/v1/namespaces/${object.metadata?.namespace}/pods`;
      const call = () => kube.call({ method: 'POST', path, object }, signal);
      await insist(call, signal, { early: true }).catch((error: unknown) => {
        // The kubelet was quicker, or an answer was lost.
        if (!(error instanceof Refusal && error.code === 409)) throw error;
      });
    }),
  );
}

/** The node when its kubelet has said where it is: before, the API server does not reach it. */
async function reported(kube: Kube, name: string, signal: AbortSignal): Promise<V1Node> {
  let seen: V1Node = {};
  await waitForObjects<V1Node>(
    kube,
    `/api/v1/nodes?fieldSelector=metadata.name%3D${name}`,
    (nodes) => {
      seen = [...nodes.values()][0] ?? {};
      return seen.status?.addresses?.length ? [] : [`the kubelet of ${name}`];
    },
    { signal, limit: reportLimit },
  );
  return seen;
}

/** The mirror of a static pod, as its kubelet makes it; undefined for another pod. Pure. */
export function mirrorOf({ metadata, spec }: V1Pod, node: V1Node): V1Pod | undefined {
  const annotations = metadata?.annotations ?? {};
  const hash = annotations[notes.hash];
  if (!spec || hash === undefined || annotations[notes.source] !== 'file') return undefined;
  const { name = '', namespace = '', labels = {} } = metadata ?? {};
  const owner = { apiVersion: 'v1', kind: 'Node', name: node.metadata?.name ?? '', uid: node.metadata?.uid ?? '' };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace,
      labels,
      annotations: { ...annotations, [notes.mirror]: hash },
      ownerReferences: [{ ...owner, controller: true }],
    },
    spec,
  };
}
