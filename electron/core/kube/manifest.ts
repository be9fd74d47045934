// The objects in a manifest: read, checked as far as it can be without an API, in the order in which they are applied.
import type { KubernetesObject } from '@kubernetes/client-node';
import { documentsIn } from './yaml';

type Fields = Record<string, unknown>;

/**
 * The objects of a text, lists opened. Throws an `Error` that says what is wrong: it is not YAML, or one of its documents is no object
 * with `apiVersion`, `kind` and a name.
 */
export function manifestObjects(text: string): KubernetesObject[] {
  const documents = documentsIn(text);
  return documents.flatMap((content, index) => {
    if (content === null || content === undefined) return [];
    return objectsIn(content, documents.length > 1 ? `document ${index + 1}` : 'it');
  });
}

function objectsIn(content: unknown, which: string): KubernetesObject[] {
  if (!isFields(content)) throw new Error(`${which} is not an object of Kubernetes`);
  for (const field of ['apiVersion', 'kind']) {
    if (typeof content[field] !== 'string') throw new Error(`${which} has no ${field}`);
  }
  if (Array.isArray(content.items) && String(content.kind).endsWith('List')) {
    return content.items.flatMap((item, index) => objectsIn(item, `item ${index + 1} of ${which}`));
  }
  const { metadata } = content;
  if (!isFields(metadata) || typeof metadata.name !== 'string') {
    throw new Error(`${which} (${content.kind}) has no metadata.name`);
  }
  return [content as KubernetesObject];
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Namespaces and kinds come before what may be in or of them; all else stays in its order. */
export function inApplyOrder<Item extends KubernetesObject>(objects: readonly Item[]): Item[] {
  const rank = ({ kind }: Item) => (kind === 'Namespace' ? 0 : kind === 'CustomResourceDefinition' ? 1 : 2);
  return objects.toSorted((one, other) => rank(one) - rank(other));
}
