// Server-side apply (Kubernetes 1.18): the server merges an object into what is there and keeps who has set which field.
import type { KubernetesObject } from '@kubernetes/client-node';
import type { Kube } from './connect';
import { podTemplateOf } from './pod-template';

/** Whom the server keeps as the owner of the fields that we set for a user's manifests and edits. */
export const fieldManager = 'boathouse';

interface Applying {
  /** Where objects of its kind and namespace are. */
  list: string;
  object: KubernetesObject;
  /** Fields that another owner has set to something else become ours. */
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
  const wanted = withProtocols(asNew(object));
  return kube.call({ method: 'PATCH', path, object: wanted, type: 'application/apply-patch+yaml' }, signal);
}

/** `kubectl get -o yaml` prints what belongs to the one object that it was asked of. */
function asNew(object: KubernetesObject): KubernetesObject {
  const { metadata = {}, status: _, ...rest } = object as KubernetesObject & { status?: unknown };
  const { managedFields: _managed, resourceVersion: _version, uid: _uid, creationTimestamp: _at, ...kept } = metadata;
  return { ...rest, metadata: kept };
}

type Fields = Record<string, unknown>;

/**
 * The same with the protocol of its ports said. Kubernetes 1.20 and older refuse it otherwise: "associative list with keys has an element
 * that omits key field "protocol" (and doesn't have default value)".
 */
export function withProtocols<Item extends KubernetesObject>(object: Item): Item {
  const copy = structuredClone(object);
  const { spec } = copy as { spec?: Fields };
  if (copy.kind === 'Service') sayProtocol(spec?.ports);
  const pod = podTemplateOf(copy)?.spec;
  for (const container of [...(pod?.containers ?? []), ...(pod?.initContainers ?? [])]) sayProtocol(container?.ports);
  return copy;
}

function sayProtocol(ports: unknown): void {
  if (!Array.isArray(ports)) return;
  for (const port of ports) if (typeof port === 'object' && port !== null) port.protocol ??= 'TCP';
}
