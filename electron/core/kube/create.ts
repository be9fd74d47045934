// Creating the objects that a cluster starts with, as they are written: whoever has changed one since keeps it so.
import type { KubernetesObject } from '@kubernetes/client-node';
import { AppError } from '../../../shared/model/errors';
import type { Kube } from './connect';
import { Refusal } from './request';
import { placeOf, type Resource, resourceOf } from './resources';
import { insist } from './wait';

/** Creates objects, namespaces first; what exists already stays as it is. Throws `kubernetes-refused` naming the object. */
export async function createObjects(
  kube: Kube,
  objects: readonly KubernetesObject[],
  signal: AbortSignal,
): Promise<void> {
  const known = new Map<string, Promise<Resource>>();
  const resource = ({ apiVersion = '', kind = '' }: KubernetesObject) => {
    const key = `${apiVersion} ${kind}`;
    const looking =
      known.get(key) ??
      resourceOf(kube, apiVersion, kind, signal).catch((error) => {
        known.delete(key);
        throw error;
      });
    known.set(key, looking);
    return looking;
  };
  const isNamespace = ({ kind }: KubernetesObject) => kind === 'Namespace';
  for (const group of [objects.filter(isNamespace), objects.filter((one) => !isNamespace(one))]) {
    await Promise.all(group.map((object) => createOne(kube, object, resource, signal)));
    signal.throwIfAborted();
  }
}

async function createOne(
  kube: Kube,
  object: KubernetesObject,
  resource: (object: KubernetesObject) => Promise<Resource>,
  signal: AbortSignal,
): Promise<void> {
  try {
    await insist(async () => {
      const { list, placed } = placeOf(object, await resource(object));
      await kube.send('POST', list, placed, signal);
    }, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof Refusal && error.code === 409) return;
    const name = `${object.kind} ${object.metadata?.name ?? ''}`;
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppError('kubernetes-refused', `Kubernetes refused ${name}: ${reason}`, {
      params: { path: name, reason },
    });
  }
}
