// What was applied under a name and is not in its manifest any more: found by the label that applying has left, and deleted.
import type { KubernetesObject } from '@kubernetes/client-node';
import { setLabel } from '../../../shared/model/manifests';
import type { ApiKind } from '../../../shared/model/objects';
import type { Kube } from '../kube/connect';
import { Refusal } from '../kube/request';
import { kindsOf, listPath } from '../objects/kinds';

export interface Stray {
  kind: ApiKind;
  object: KubernetesObject;
}

const metadataOnly = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json';

/** Objects of a set that are none of `kept`. What belongs to another object goes with it, and is not told. */
export async function straysOf(
  kube: Kube,
  set: string,
  kept: readonly { apiVersion: string; kind: string; namespace?: string | undefined; name: string }[],
  signal: AbortSignal,
): Promise<Stray[]> {
  const key = (group: string, kind: string, namespace: string | undefined, name: string | undefined) =>
    [group, kind, namespace ?? '', name].join(' ');
  const groupOf = (apiVersion: string) => (apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '');
  const wanted = new Set(kept.map((one) => key(groupOf(one.apiVersion), one.kind, one.namespace, one.name)));
  const selector = encodeURIComponent(`${setLabel}=${set}`);
  const found = await Promise.all(
    (await kindsOf(kube, signal)).map(async (kind): Promise<Stray[]> => {
      const path = `${listPath(kind)}?labelSelector=${selector}`;
      const { items } = await kube
        .call<{ items: KubernetesObject[] | null }>({ method: 'GET', path, accept: metadataOnly }, signal)
        .catch(() => ({ items: [] }));
      return (items ?? []).flatMap((object) => {
        const { namespace, name, ownerReferences = [] } = object.metadata ?? {};
        const stays = wanted.has(key(kind.group, kind.kind, namespace, name)) || ownerReferences.length > 0;
        return stays ? [] : [{ kind, object }];
      });
    }),
  );
  signal.throwIfAborted();
  return unique(found.flat());
}

/** Events and the like are served under two groups. */
function unique(strays: readonly Stray[]): Stray[] {
  return [...new Map(strays.map((stray) => [stray.object.metadata?.uid ?? '', stray])).values()];
}

/** Deletes them. Throws `Refusal`. */
export async function prune(
  kube: Kube,
  strays: readonly Stray[],
  signal: AbortSignal,
  onPruned: (stray: Stray) => void,
): Promise<void> {
  for (const stray of strays) {
    const { namespace, name = '', uid } = stray.object.metadata ?? {};
    const path = `${listPath(stray.kind, namespace)}/${encodeURIComponent(name)}`;
    const options = {
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      propagationPolicy: 'Background',
      preconditions: { uid },
    };
    await kube.call({ method: 'DELETE', path, object: options }, signal).catch((error: unknown) => {
      if (!(error instanceof Refusal && error.code === 404)) throw error;
    });
    onPruned(stray);
  }
}
