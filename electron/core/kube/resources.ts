// Which resource of the API somebody means by `deployment`, `deploy` or `certificate.cert-manager.io`.
import type { KubernetesObject } from '@kubernetes/client-node';
import { AppError } from '../../../shared/model/errors';
import type { Kube } from './connect';

/** A resource and the path it is found under, such as `/apis/apps/v1`. */
export interface Resource {
  readonly path: string;
  /** In the plural, as in addresses. */
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

interface Listed {
  name: string;
  singularName?: string;
  kind: string;
  namespaced: boolean;
  shortNames?: string[];
}

/** kubectl takes a kind in any case, singular, plural or short, with the API's group behind a dot. Throws `kubernetes-refused`. */
export async function findResource(kube: Kube, wanted: string, signal: AbortSignal): Promise<Resource> {
  const [name = '', ...rest] = wanted.toLowerCase().split('.');
  const group = rest.join('.');
  const core = group === '' ? await named(kube, '/api/v1', name, signal) : undefined;
  if (core) return core;
  const { groups } = await kube.get<{ groups: { name: string; preferredVersion: { groupVersion: string } }[] }>(
    '/apis',
    signal,
  );
  const asked = groups.filter((one) => group === '' || one.name === group);
  // An API that is served by a pod may not be there; its group counts as one that does not know the name.
  const found = await Promise.all(
    asked.map(({ preferredVersion: { groupVersion } }) =>
      named(kube, `/apis/${groupVersion}`, name, signal).catch(() => undefined),
    ),
  );
  const first = found.find((one) => one !== undefined);
  if (first) return first;
  signal.throwIfAborted();
  throw unknownKind(wanted);
}

/** The resource of a kind that an object names. Throws `kubernetes-refused`. */
export async function resourceOf(kube: Kube, apiVersion: string, kind: string, signal: AbortSignal): Promise<Resource> {
  const path = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const found = await findIn(kube, path, (one) => one.kind === kind, signal);
  if (!found) throw unknownKind(`${apiVersion} ${kind}`);
  return found;
}

/** Where an object is listed under its resource; one of a kind that lives in namespaces is put into `fallback` if it names none. */
export function placeOf(object: KubernetesObject, { path, name, namespaced }: Resource, fallback = 'default') {
  if (!namespaced) return { list: `${path}/${name}`, placed: object };
  const namespace = object.metadata?.namespace ?? fallback;
  const list = `${path}/namespaces/${encodeURIComponent(namespace)}/${name}`;
  return { list, placed: { ...object, metadata: { ...object.metadata, namespace } } };
}

function unknownKind(wanted: string): AppError {
  const reason = 'it knows no such kind';
  return new AppError('kubernetes-refused', `Kubernetes refused ${wanted}: ${reason}`, {
    params: { path: wanted, reason },
  });
}

async function findIn(
  kube: Kube,
  path: string,
  isMeant: (one: Listed) => boolean,
  signal: AbortSignal,
): Promise<Resource | undefined> {
  const { resources } = await kube.get<{ resources: Listed[] }>(path, signal);
  // What has a slash in its name is a part of another resource, such as a Pod's log.
  const one = resources.find((resource) => !resource.name.includes('/') && isMeant(resource));
  return one && { path, name: one.name, kind: one.kind, namespaced: one.namespaced };
}

async function named(kube: Kube, path: string, wanted: string, signal: AbortSignal): Promise<Resource | undefined> {
  const names = ({ name, singularName, kind, shortNames = [] }: Listed) => [
    name,
    singularName,
    kind.toLowerCase(),
    ...shortNames,
  ];
  return findIn(kube, path, (one) => names(one).includes(wanted), signal);
}
