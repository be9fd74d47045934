// The namespace that a loop has made for itself: it goes when nothing is in it that somebody else has put there.
import type { KubernetesObject } from '@kubernetes/client-node';
import type { Kube } from '../../kube/connect';
import { Refusal } from '../../kube/request';
import { kindsOf, listPath } from '../../objects/kinds';
import { loopLabel } from './touches';

const pathTo = (name: string) => `/api/v1/namespaces/${encodeURIComponent(name)}`;

/** Makes it where it is missing, with the loop's label. Throws `Refusal`. */
export async function ensureNamespace(kube: Kube, name: string, loop: string, signal: AbortSignal): Promise<void> {
  try {
    await kube.call({ method: 'GET', path: pathTo(name) }, signal);
  } catch (error) {
    if (!(error instanceof Refusal && error.code === 404)) throw error;
    const object = { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { [loopLabel]: loop } } };
    await kube.send('POST', '/api/v1/namespaces', object, signal).catch((refusal) => {
      if (!(refusal instanceof Refusal && refusal.code === 409)) throw refusal;
    });
  }
}

/** Deletes it if the loop has made it and only its own is in it. In doubt it stays. Throws `Refusal`, `kubernetes-refused`. */
export async function removeOwnNamespace(kube: Kube, name: string, loop: string, signal: AbortSignal): Promise<void> {
  const found = await kube.call<KubernetesObject>({ method: 'GET', path: pathTo(name) }, signal).catch((error) => {
    if (error instanceof Refusal && error.code === 404) return undefined;
    throw error;
  });
  if (found?.metadata?.labels?.[loopLabel] !== loop) return;
  const kinds = (await kindsOf(kube, signal)).filter(
    ({ namespaced, group }) => namespaced && group !== 'metrics.k8s.io',
  );
  const accept = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json';
  const all = await Promise.all(
    kinds.map(async (kind) => {
      const path = listPath(kind, name);
      const { items } = await kube.call<{ items: KubernetesObject[] | null }>({ method: 'GET', path, accept }, signal);
      return (items ?? []).filter((object) => isOthers(kind.kind, object, loop));
    }),
  );
  if (all.flat().length > 0) return;
  const object = { preconditions: { uid: found.metadata.uid } };
  await kube.call({ method: 'DELETE', path: pathTo(name), object }, signal).catch((error) => {
    if (!(error instanceof Refusal && (error.code === 404 || error.code === 409))) throw error;
  });
}

/** What Kubernetes makes by itself in every namespace, or for what a loop made there, is nobody else's. Pure. */
export function isOthers(kind: string, { metadata }: KubernetesObject, loop: string): boolean {
  const { name = '', labels, annotations, ownerReferences = [] } = metadata ?? {};
  if (labels?.[loopLabel] === loop || ownerReferences.length > 0) return false;
  if (['Event', 'Endpoints', 'EndpointSlice'].includes(kind)) return false;
  if (kind === 'ServiceAccount') return name !== 'default';
  if (kind === 'Secret') return annotations?.['kubernetes.io/service-account.name'] !== 'default';
  return !(kind === 'ConfigMap' && (name === 'kube-root-ca.crt' || name === 'istio-ca-root-cert'));
}
