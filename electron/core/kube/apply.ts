// Applying a user's manifest: object by object in order, made or changed, so that each refusal names its object.
import type { KubernetesObject } from '@kubernetes/client-node';
import { AppError } from '../../../shared/model/errors';
import type { Kube } from './connect';
import { inApplyOrder } from './manifest';
import { Refusal } from './request';
import { placeOf, resourceOf } from './resources';
import { waitForState } from './state';
import { insist } from './wait';

/** Seconds for a new kind to be served. */
const kindLimit = 60;

/**
 * Applies objects in order, namespaces and new kinds first. `namespace`: of those that name none; it is made where it is missing.
 * `onObject` hears of each before it is applied. Throws `kubernetes-refused` naming the object, `not-ready` for a kind that is not served.
 */
export async function applyManifest(
  kube: Kube,
  objects: readonly KubernetesObject[],
  options: { namespace?: string | undefined; signal: AbortSignal; onObject?(name: string): void },
): Promise<void> {
  const { namespace, signal } = options;
  const all = inApplyOrder([...(namespace ? [namespaceObject(namespace)] : []), ...objects]);
  for (const object of all) {
    const name = nameOf(object);
    options.onObject?.(name);
    try {
      await insist(() => applyOne(kube, asNew(object), namespace, signal), signal);
    } catch (error) {
      signal.throwIfAborted();
      const reason = error instanceof Error ? error.message : String(error);
      throw new AppError('kubernetes-refused', `Kubernetes refused ${name}: ${reason}`, {
        params: { path: name, reason },
        cause: error,
      });
    }
    if (object.kind !== 'CustomResourceDefinition') continue;
    const wanted = { condition: 'Established', of: `customresourcedefinition/${object.metadata?.name}` };
    await waitForState(kube, { ...wanted, timeoutSeconds: kindLimit }, { signal });
  }
}

/** Made, or merged into what is there already. An object of a kind that lives in namespaces is put into one. */
async function applyOne(
  kube: Kube,
  object: KubernetesObject,
  fallback: string | undefined,
  signal: AbortSignal,
): Promise<void> {
  const { apiVersion = '', kind = '', metadata = {} } = object;
  const { list, placed } = placeOf(object, await resourceOf(kube, apiVersion, kind, signal), fallback);
  try {
    await kube.send('POST', list, placed, signal);
  } catch (error) {
    if (!(error instanceof Refusal && error.code === 409)) throw error;
    await kube.send('PATCH', `${list}/${encodeURIComponent(metadata.name ?? '')}`, placed, signal);
  }
}

function namespaceObject(name: string): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
}

/** `kubectl get -o yaml` prints what belongs to the one object that it was asked of. */
function asNew(object: KubernetesObject): KubernetesObject {
  const { managedFields: _, resourceVersion: __, uid: ___, ...metadata } = object.metadata ?? {};
  return { ...object, metadata };
}

function nameOf({ kind = '', metadata }: KubernetesObject): string {
  return [kind, [metadata?.namespace, metadata?.name].filter(Boolean).join('/')].join(' ');
}
