// What an API server says to an object that it does not take: whose fields it would change, and which of its own fields are wrong. Pure.
import type { FieldConflict, TextProblem } from '../../../shared/model/manifests';
import type { Refusal } from '../kube/request';
import type { PlacedObject } from './read';

/** Who else has set the fields to something else. Empty for any other refusal. */
export function conflictsIn({ code, causes }: Refusal): FieldConflict[] {
  if (code !== 409) return [];
  const byManager = new Map<string, string[]>();
  for (const { reason, message = '', field = '' } of causes) {
    if (reason !== 'FieldManagerConflict') continue;
    // Kubernetes 1.20: conflict with "kubectl-client-side-apply" using apps/v1
    const manager = /conflict with "([^"]+)"/.exec(message)?.[1] ?? message;
    byManager.set(manager, [...(byManager.get(manager) ?? []), field.replace(/^\./, '')]);
  }
  return [...byManager].map(([manager, fields]) => ({ manager, fields }));
}

/** The fields that a refusal names, at their lines; the object's first line where it names none. */
export function problemsIn({ message, causes }: Refusal, placed: PlacedObject): TextProblem[] {
  const named = causes.flatMap(({ field, message: said }) =>
    field ? [{ ...placed.placeOf(pathOf(field)), message: `${field}: ${said ?? message}` }] : [],
  );
  if (named.length > 0) return named;
  // Kubernetes 1.20: failed to create typed patch object: .spec.replica: field not declared in schema. Newer: (x; apps/v1, ...) before it.
  const fields = [
    ...message.matchAll(/(?<![\w/])\.((?:[A-Za-z][\w-]*|\[[^\]]+\])(?:\.?[A-Za-z][\w-]*|\[[^\]]+\])*): ([^.\n]+)/g),
  ];
  if (fields.length > 0) {
    return fields.map(([, field = '', said = '']) => ({
      ...placed.placeOf(existing(pathOf(field), placed)),
      message: `${field}: ${said.trim()}`,
    }));
  }
  return [{ ...placed.placeOf([]), message }];
}

/** `spec.containers[0].image`, `spec.containers[name="web"].image` */
export function pathOf(field: string): (string | number)[] {
  return [...field.matchAll(/\[([^\]]*)\]|([^.[\]]+)/g)].map(([, inner, plain]) => {
    if (plain !== undefined) return plain;
    return /^\d+$/.test(inner ?? '') ? Number(inner) : (inner ?? '');
  });
}

/** Elements of lists that are named by their keys become numbers. */
function existing(path: readonly (string | number)[], { object }: PlacedObject): (string | number)[] {
  let current: unknown = object;
  return path.map((step) => {
    let found = step;
    const [, key = '', value = ''] = /^(\w+)="?([^",]*)"?/.exec(String(step)) ?? [];
    if (Array.isArray(current) && key !== '') {
      const index = current.findIndex((item) => String((item as Record<string, unknown>)[key]) === value);
      if (index >= 0) found = index;
    }
    current = (current as Record<string | number, unknown> | undefined)?.[found];
    return found;
  });
}
