// The images that a loop built, put into manifests in the place of the names they were written by. Pure.
import type { KubernetesObject } from '@kubernetes/client-node';
import { AppError } from '../../../../shared/model/errors';
import { parseImageReference } from '../../engine/image-reference';

/** What an artifact is called in manifests -> what runs. */
export type BuiltImages = ReadonlyMap<string, string>;

/** Kinds whose texts are the user's data, whatever their keys are called. */
const data = new Set(['ConfigMap', 'Secret']);

/** The object with every `image` of a built artifact replaced; `used` collects which were met. Tags and digests as written do not matter. */
export function withImages<Item extends KubernetesObject>(object: Item, images: BuiltImages, used: Set<string>): Item {
  if (data.has(object.kind ?? '')) return object;
  const byName = new Map([...images].map(([image, built]) => [nameOf(image), { image, built }]));
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value !== 'object' || value === null) return value;
    const fields = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, visit(inner)]));
    const found = typeof fields.image === 'string' ? byName.get(nameOf(fields.image)) : undefined;
    if (!found) return fields;
    used.add(found.image);
    // What was brought into nodes cannot be pulled.
    const policy = fields.imagePullPolicy === 'Always' ? { imagePullPolicy: 'IfNotPresent' } : {};
    return { ...fields, ...policy, image: found.built };
  };
  return visit(object) as Item;
}

/** Without tag and digest, in full. */
function nameOf(reference: string): string {
  try {
    const { name, registry } = parseImageReference(reference);
    if (registry !== 'docker.io') return name;
    const short = name.replace(/^(index\.)?docker\.io\//, '');
    return short.includes('/') ? short : `library/${short}`;
  } catch (error) {
    // A template that is not filled, or a name that Kubernetes will refuse itself.
    if (error instanceof AppError) return reference;
    throw error;
  }
}
