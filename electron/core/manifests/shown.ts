// An object before and after a change as texts for people's eyes: without noise, a Secret's values as numbers. Pure.
import type { KubernetesObject } from '@kubernetes/client-node';
import type { DiffHunk } from '../../../shared/model/diff';
import { hunksBetween } from '../diff/hunks';
import { printYaml } from '../kube/yaml';

const applied = 'kubectl.kubernetes.io/last-applied-configuration';

/** What an API server sets by itself. */
export function essence(object: KubernetesObject): KubernetesObject {
  const { metadata = {}, status: _, ...rest } = object as KubernetesObject & { status?: unknown };
  const {
    managedFields: _managed,
    resourceVersion: _version,
    generation: _generation,
    uid: _uid,
    creationTimestamp: _created,
    selfLink: _link,
    annotations = {},
    ...kept
  } = metadata as Record<string, unknown> & { annotations?: Record<string, string> };
  const { [applied]: _applied, ...notes } = annotations;
  return { ...rest, metadata: { ...kept, ...(Object.keys(notes).length > 0 && { annotations: notes }) } };
}

/** `before`: undefined where there is none yet. */
export function differenceOf(before: KubernetesObject | undefined, after: KubernetesObject | undefined): DiffHunk[] {
  const numbers = new Map<string, number>();
  const text = (object: KubernetesObject | undefined) => (object ? printYaml(masked(essence(object), numbers)) : '');
  return hunksBetween(text(before), text(after));
}

/** The same number where the value is the same. */
function masked(object: KubernetesObject, numbers: Map<string, number>): object {
  if (object.kind !== 'Secret') return object;
  const { data, stringData, ...rest } = object as KubernetesObject & Record<string, Record<string, string> | undefined>;
  const hide = (values: Record<string, string>, plain: boolean) =>
    Object.fromEntries(
      Object.entries(values).map(([key, value]) => {
        const bytes = plain ? Buffer.from(String(value)).toString('base64') : String(value);
        const number = numbers.get(bytes) ?? numbers.size + 1;
        numbers.set(bytes, number);
        return [key, `[hidden ${number}]`];
      }),
    );
  return {
    ...rest,
    ...(data && { data: hide(data, false) }),
    ...(stringData && { stringData: hide(stringData, true) }),
  };
}
