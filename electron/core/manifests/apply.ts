// Applying a manifest by server-side apply, object by object in order; what is refused is told by itself, and the others go on.
import type { KubernetesObject } from '@kubernetes/client-node';
import { AppError } from '../../../shared/model/errors';
import { type FieldConflict, objectWords, setLabel } from '../../../shared/model/manifests';
import type { Kube } from '../kube/connect';
import { asRefused } from '../kube/explain';
import { inApplyOrder } from '../kube/manifest';
import { Refusal } from '../kube/request';
import { placeOf, resourceOf } from '../kube/resources';
import { applyObject } from '../kube/server-apply';
import { waitForState } from '../kube/state';
import type { Wanted } from './diff';
import { conflictsIn } from './refusals';

/** Seconds for a new kind to be served. */
const kindLimit = 60;

export interface Applied {
  object: KubernetesObject;
  change: 'created' | 'changed' | 'unchanged';
}

interface Applying extends Wanted {
  /** A name that they all get, so that `prune` knows them. */
  set?: string | undefined;
  signal: AbortSignal;
  onApplied?(name: string, change: Applied['change']): void;
  /** Where it is not given, the first refusal ends it. */
  onRefused?(name: string, error: AppError): void;
}

/** Throws `field-conflict`, `kubernetes-refused`, each naming the object. */
export async function applyManifests(
  kube: Kube,
  objects: readonly KubernetesObject[],
  { namespace, force, set, signal, onApplied, onRefused }: Applying,
): Promise<Applied[]> {
  const done: Applied[] = [];
  for (const object of inApplyOrder(objects)) {
    const name = nameOf(object);
    try {
      const applied = await applyOne(
        kube,
        set === undefined ? object : inSet(object, set),
        { namespace, force },
        signal,
      );
      done.push(applied);
      onApplied?.(name, applied.change);
      if (object.kind === 'CustomResourceDefinition') {
        const wanted = { condition: 'Established', of: `customresourcedefinition/${object.metadata?.name}` };
        await waitForState(kube, { ...wanted, timeoutSeconds: kindLimit }, { signal });
      }
    } catch (error) {
      signal.throwIfAborted();
      const explained = explainApply(error, name);
      if (!(explained instanceof AppError) || !onRefused) throw explained;
      onRefused(name, explained);
    }
  }
  return done;
}

async function applyOne(kube: Kube, object: KubernetesObject, wanted: Wanted, signal: AbortSignal): Promise<Applied> {
  const { apiVersion = '', kind = '', metadata } = object;
  const { list, placed } = placeOf(object, await resourceOf(kube, apiVersion, kind, signal), wanted.namespace);
  const path = `${list}/${encodeURIComponent(metadata?.name ?? '')}`;
  const before = await versionOf(kube, path, signal);
  const after = await applyObject(kube, { list, object: placed, force: wanted.force }, signal);
  const change =
    before === undefined ? 'created' : before === after.metadata?.resourceVersion ? 'unchanged' : 'changed';
  return { object: after, change };
}

async function versionOf(kube: Kube, path: string, signal: AbortSignal): Promise<string | undefined> {
  const accept = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json';
  try {
    const { metadata } = await kube.call<KubernetesObject>({ method: 'GET', path, accept }, signal);
    return metadata?.resourceVersion;
  } catch (error) {
    if (error instanceof Refusal && error.code === 404) return undefined;
    throw error;
  }
}

/** A refusal that is about fields of others says whose. */
export function explainApply(error: unknown, name: string): unknown {
  const conflicts = error instanceof Refusal ? conflictsIn(error) : [];
  return conflicts.length > 0 ? fieldConflict(name, conflicts) : asRefused(error, name);
}

export function fieldConflict(name: string, conflicts: readonly FieldConflict[]): AppError {
  const whose = conflicts.map(({ manager, fields }) => `${manager} (${fields.join(', ')})`).join('; ');
  return new AppError('field-conflict', `Others have set fields of ${name} otherwise: ${whose}`, {
    params: { name, whose },
    hints: [{ text: 'Leave these fields out, or take them over with --force.' }],
  });
}

function inSet(object: KubernetesObject, set: string): KubernetesObject {
  return { ...object, metadata: { ...object.metadata, labels: { ...object.metadata?.labels, [setLabel]: set } } };
}

function nameOf({ kind = '', metadata }: KubernetesObject): string {
  const { namespace, name = '' } = metadata ?? {};
  return objectWords({ kind, namespace, name });
}
