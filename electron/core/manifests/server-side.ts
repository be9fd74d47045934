// Server-side apply (Kubernetes 1.18): the server merges an object into what is there and keeps who has set which field.
import type { KubernetesObject } from '@kubernetes/client-node';
import type { Kube } from '../kube/connect';

/** Whom the server keeps as the owner of the fields that we set. */
export const fieldManager = 'boathouse';

interface Applying {
  /** Where objects of its kind and namespace are. */
  list: string;
  object: KubernetesObject;
  force: boolean;
  dryRun?: boolean;
  manager?: string;
}

/** Returns it as it is then. Throws `Refusal`; with 409 and causes where others have set fields otherwise. */
export function applyObject(
  kube: Kube,
  { list, object, force, dryRun = false, manager = fieldManager }: Applying,
  signal: AbortSignal,
): Promise<KubernetesObject> {
  const query = new URLSearchParams({ fieldManager: manager, force: String(force), ...(dryRun && { dryRun: 'All' }) });
  const path = `${list}/${encodeURIComponent(object.metadata?.name ?? '')}?${query}`;
  return kube.call({ method: 'PATCH', path, object: asNew(object), type: 'application/apply-patch+yaml' }, signal);
}

/** `kubectl get -o yaml` prints what belongs to the one object that it was asked of. */
function asNew(object: KubernetesObject): KubernetesObject {
  const { metadata = {}, status: _, ...rest } = object as KubernetesObject & { status?: unknown };
  const { managedFields: _managed, resourceVersion: _version, uid: _uid, creationTimestamp: _at, ...kept } = metadata;
  return { ...rest, metadata: kept };
}
