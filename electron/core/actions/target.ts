// The object that something is done to: where it is, and how it was when it was looked at.
import type { KubernetesObject } from '@kubernetes/client-node';
import { type ActionVerb, actionsFor, type ObjectRef } from '../../../shared/model/actions';
import { AppError } from '../../../shared/model/errors';
import { kindName } from '../../../shared/model/objects';
import type { Kube } from '../kube/connect';
import { asRefused } from '../kube/explain';
import { listPath } from '../objects/kinds';

export interface Target {
  kube: Kube;
  ref: ObjectRef;
  /** Where objects of its kind and namespace are. */
  list: string;
  path: string;
  object: KubernetesObject;
}

/** `deployments.apps shop/web` */
export function wordsOf({ kind, namespace, name }: ObjectRef): string {
  return `${kindName(kind)} ${[namespace, name].filter(Boolean).join('/')}`;
}

/** Throws `bad-input` where the action does not fit the kind, `not-found`, `kubernetes-refused`. */
export async function findTarget(kube: Kube, ref: ObjectRef, verb: ActionVerb, signal: AbortSignal): Promise<Target> {
  if (!actionsFor(ref.kind).includes(verb)) {
    const able = actionsFor(ref.kind).join(', ');
    throw new AppError('bad-input', `${kindName(ref.kind)} have no ${verb}`, {
      hints: [{ text: `What can be done to them: ${able}` }],
    });
  }
  const list = listPath(ref.kind, ref.namespace);
  const path = `${list}/${encodeURIComponent(ref.name)}`;
  try {
    return { kube, ref, list, path, object: await kube.call<KubernetesObject>({ method: 'GET', path }, signal) };
  } catch (error) {
    throw asRefused(error, wordsOf(ref));
  }
}

/** A merge patch (RFC 7386) of it, or of a part of it such as `/scale`. Throws `not-found`, `kubernetes-refused`. */
export async function patch(
  { kube, path, ref }: Target,
  object: object,
  signal: AbortSignal,
  { part = '', type }: { part?: string; type?: string } = {},
): Promise<KubernetesObject> {
  try {
    return await kube.call({ method: 'PATCH', path: path + part, object, ...(type && { type }) }, signal);
  } catch (error) {
    throw asRefused(error, wordsOf(ref));
  }
}
