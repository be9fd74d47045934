// Server-side apply under an owner of our own: what others have set stays, what we no longer say goes.
import type { KubernetesObject } from '@kubernetes/client-node';
import type { Kube } from './connect';
import { placeOf, type Resource } from './resources';

/** As `managedFields` name us. */
const owner = 'boathouse-dev';

/**
 * Applies one object as a whole; fields that another owner has set to something else become ours, as a user's manifest means it.
 * `fallback`: the namespace of one that names none. Returns it as it is then. Throws `Refusal`.
 */
export async function serverApply(
  kube: Kube,
  object: KubernetesObject,
  resource: Resource,
  fallback: string | undefined,
  signal: AbortSignal,
): Promise<KubernetesObject> {
  const { list, placed } = placeOf(object, resource, fallback);
  const path = `${list}/${encodeURIComponent(object.metadata?.name ?? '')}?fieldManager=${owner}&force=true`;
  return kube.call({ method: 'PATCH', path, object: placed, type: 'application/apply-patch+yaml' }, signal);
}
