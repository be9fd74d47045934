// What Kubernetes knows of a node, taken away when the node is gone.
import type { V1ConfigMap } from '@kubernetes/client-node';
import { parse, stringify } from 'yaml';
import type { Kube } from '../../kube/connect';
import { insist } from '../../kube/wait';
import { forgetPods } from './drain';

/** Takes the node's object away, and its pods, whose container is gone: so they are made anew elsewhere at once. */
export async function forgetNode(kube: Kube, name: string, signal: AbortSignal): Promise<void> {
  // The API may have answered from what has just gone: it is asked again.
  await insist(
    () => unlessUnknown(() => kube.objects.delete({ apiVersion: 'v1', kind: 'Node', metadata: { name } })),
    signal,
  );
  await insist(() => forgetPods(kube, name, signal), signal);
}

const kubeadmConfig = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'kubeadm-config', namespace: 'kube-system' },
};

/** Up to Kubernetes 1.21 kubeadm keeps a list of control planes, which its `upgrade` and `join` read. */
export async function forgetControlPlane(kube: Kube, name: string, signal: AbortSignal): Promise<void> {
  const { data } = (await insist(() => kube.objects.read(kubeadmConfig), signal)) as V1ConfigMap;
  const ClusterStatus = withoutControlPlane(data?.ClusterStatus, name);
  if (ClusterStatus === undefined) return;
  const { PatchStrategy } = await import('@kubernetes/client-node');
  const changed = { ...kubeadmConfig, data: { ClusterStatus } } as V1ConfigMap & typeof kubeadmConfig;
  const { MergePatch } = PatchStrategy;
  await insist(() => kube.objects.patch(changed, undefined, undefined, undefined, undefined, MergePatch), signal);
}

/** kubeadm 1.21: `ClusterStatus` with one of its `apiEndpoints` less; undefined when that is none of them. */
export function withoutControlPlane(status: string | undefined, name: string): string | undefined {
  if (status === undefined) return undefined;
  const parsed = parse(status) as { apiEndpoints?: Record<string, unknown> } | null;
  if (parsed?.apiEndpoints?.[name] === undefined) return undefined;
  const { [name]: _gone, ...apiEndpoints } = parsed.apiEndpoints;
  return stringify({ ...parsed, apiEndpoints });
}

async function unlessUnknown(act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if ((error as { code?: unknown }).code !== 404) throw error;
  }
}
