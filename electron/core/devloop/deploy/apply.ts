// What was rendered, brought into the cluster: changed objects applied, vanished ones deleted, nothing else touched.
import type { KubernetesObject } from '@kubernetes/client-node';
import { AppError, asAppError } from '../../../../shared/model/errors';
import type { Kube } from '../../kube/connect';
import { inApplyOrder } from '../../kube/manifest';
import { Refusal } from '../../kube/request';
import { placeOf, type Resource, resourceOf } from '../../kube/resources';
import { applyObject } from '../../kube/server-apply';
import { insist } from '../../kube/wait';
import { withGrace } from '../../live/signal';
import { problemsIn } from '../../manifests/refusals';
import { loopHint } from '../words';
import { ensureNamespace } from './own-namespace';
import type { Rendered } from './render';
import { loopLabel } from './touches';

/** As `managedFields` name the loops: fields that others have set become theirs, as the user's manifest means it. */
const owner = 'boathouse-dev';

/**
 * Milliseconds for which a change that was sent is waited for though the round ends: the server may still make it, after what the next
 * round does to the same object.
 */
const grace = 2000;

/** An object as it is told apart from all others. */
export interface ObjectId {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string | undefined;
  readonly name: string;
}

export interface Applied extends ObjectId {
  /** Of what it is meant to be, as the API server counts. */
  readonly generation?: number | undefined;
}

export function keyOf({ apiVersion, kind, namespace = '', name }: ObjectId): string {
  return `${apiVersion.replace(/\/.*/, '')}|${kind}|${namespace}|${name}`;
}

export interface Applier {
  /**
   * Applies what differs from what it applied last; `all`: everything. Throws `kubernetes-refused` (`params.file`, `params.line`).
   * @param onObject hears of each object before anything is done to it
   */
  apply(
    rendered: readonly Rendered[],
    all: boolean,
    signal: AbortSignal,
    onObject: (id: ObjectId) => void,
  ): Promise<Applied[]>;
  /** Deletes those objects that carry the loop's label. Returns what was deleted. */
  remove(ids: readonly ObjectId[], signal: AbortSignal): Promise<ObjectId[]>;
}

/** @param namespace of objects that name none; it is made where it is missing */
export function createApplier(kube: Kube, namespace: string, loop: string): Applier {
  const applied = new Map<string, { text: string; generation: number | undefined }>();
  const resources = new Map<string, Promise<Resource>>();
  const resource = (apiVersion: string, kind: string, signal: AbortSignal) => {
    const key = `${apiVersion} ${kind}`;
    const known = resources.get(key) ?? insist(() => resourceOf(kube, apiVersion, kind, signal), signal);
    resources.set(key, known);
    known.catch(() => resources.delete(key));
    return known;
  };

  async function one(
    { object, place, written }: Rendered,
    all: boolean,
    signal: AbortSignal,
    onObject: (id: ObjectId) => void,
  ): Promise<Applied> {
    const { apiVersion = '', kind = '', metadata } = object;
    const name = metadata?.name ?? '';
    try {
      const found = await resource(apiVersion, kind, signal);
      const where = found.namespaced ? (metadata?.namespace ?? namespace) : undefined;
      const id = { apiVersion, kind, name, ...(where && { namespace: where }) };
      onObject(id);
      const text = JSON.stringify(object);
      if (all || applied.get(keyOf(id))?.text !== text) {
        await refuseOthers(kube, object, found, namespace, loop, signal);
        const { list, placed } = placeOf(object, found, namespace);
        const wanted = { list, object: placed, force: true, manager: owner };
        const { metadata: now } = await applyObject(kube, wanted, withGrace(signal, grace));
        applied.set(keyOf(id), { text, generation: now?.generation });
      }
      return { ...id, generation: applied.get(keyOf(id))?.generation };
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof AppError && error.code !== 'kubernetes-refused') throw error;
      const said = error instanceof Error ? error.message : String(error);
      // The field that it is about, where the API server names one and it stands in a file.
      const [problem] = error instanceof Refusal && written ? problemsIn(error, written) : [];
      const { message: reason, line, column } = problem ?? { message: said, ...place };
      throw new AppError('kubernetes-refused', `Kubernetes refused ${kind} ${name}: ${reason}`, {
        params: { path: `${kind} ${name}`, reason, file: place.file, line, column },
        ...(reason !== said && { detail: said }),
        hints: [loopHint('mend-manifest')],
        cause: error,
      });
    }
  }

  return {
    async apply(rendered, all, signal, onObject) {
      const place = new Map(rendered.map((one) => [one.object, one]));
      const ordered = inApplyOrder(rendered.map(({ object }) => object)).flatMap((object) => place.get(object) ?? []);
      await ensureNamespace(kube, namespace, loop, signal);
      const ids: Applied[] = [];
      for (const rendered of ordered) {
        ids.push(await one(rendered, all, signal, onObject));
      }
      return ids;
    },
    async remove(ids, signal) {
      const removed = await Promise.all(
        ids.map(async (id) => {
          applied.delete(keyOf(id));
          const found = await resource(id.apiVersion, id.kind, signal).catch((error) => {
            // Its kind is gone, and all of that kind with it.
            if (asAppError(error).code === 'kubernetes-refused') return undefined;
            throw error;
          });
          return found && (await deleteOwn(kube, id, found, loop, signal)) ? [id] : [];
        }),
      );
      return removed.flat();
    },
  };
}

async function current(kube: Kube, path: string, signal: AbortSignal): Promise<KubernetesObject | undefined> {
  try {
    return await kube.call<KubernetesObject>({ method: 'GET', path }, signal);
  } catch (error) {
    if (error instanceof Refusal && error.code === 404) return undefined;
    throw error;
  }
}

function pathOf(object: KubernetesObject, resource: Resource, fallback?: string): string {
  return `${placeOf(object, resource, fallback).list}/${encodeURIComponent(object.metadata?.name ?? '')}`;
}

/** Two loops that want the same object would each undo what the other did. Throws `busy`. */
async function refuseOthers(
  kube: Kube,
  object: KubernetesObject,
  resource: Resource,
  namespace: string,
  loop: string,
  signal: AbortSignal,
): Promise<void> {
  const there = await current(kube, pathOf(object, resource, namespace), signal);
  const other = there?.metadata?.labels?.[loopLabel];
  if (other === undefined || other === loop) return;
  const name = `${object.kind} ${object.metadata?.name}`;
  throw new AppError('busy', `${name} belongs to another dev loop`, {
    params: { name, operation: other },
    hints: [loopHint('other-loop')],
  });
}

async function deleteOwn(
  kube: Kube,
  id: ObjectId,
  resource: Resource,
  loop: string,
  signal: AbortSignal,
): Promise<boolean> {
  const { apiVersion, kind, namespace, name } = id;
  const path = pathOf({ apiVersion, kind, metadata: { name, ...(namespace && { namespace }) } }, resource);
  const there = await current(kube, path, signal);
  if (there?.metadata?.labels?.[loopLabel] !== loop) return false;
  const object = { propagationPolicy: 'Background', preconditions: { uid: there.metadata.uid } };
  try {
    await kube.call({ method: 'DELETE', path, object }, withGrace(signal, grace));
  } catch (error) {
    if (error instanceof Refusal && (error.code === 404 || error.code === 409)) return false;
    throw error;
  }
  return true;
}
