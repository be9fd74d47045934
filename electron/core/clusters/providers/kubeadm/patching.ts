// Merge patches (RFC 7386) and JSON patches (RFC 6902) of data, and the YAML they are written in.
import jsonPatch, { type Operation } from 'fast-json-patch';
import { documentsIn } from '../../../kube/yaml';

/** What JSON can say. */
export type Value = string | number | boolean | null | readonly Value[] | Tree;
export interface Tree {
  [key: string]: Value;
}

export function isTree(value: Value | undefined): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The entries of a list; none of anything else. */
export function listOf(value: Value | undefined): readonly Value[] {
  return Array.isArray(value) ? (value as readonly Value[]) : [];
}

/** The content of a text that is one YAML document, as Kubernetes reads it. Throws what is wrong with it. */
export function yamlOf(text: string): Value | undefined {
  const [content, ...more] = documentsIn(text);
  if (more.length > 0) throw new Error('it is more than one document');
  return content as Value | undefined;
}

/** RFC 7386: what the patch names replaces what is there, mapping by mapping; null takes away. */
export function merged(target: Value | undefined, patch: Value): Value {
  if (!isTree(patch)) return patch;
  const result: Tree = { ...(isTree(target) ? target : {}) };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = merged(result[key], value);
  }
  return result;
}

/** The operations of a JSON patch, written as YAML or JSON. Throws what is wrong with it. */
export function operationsIn(text: string): Operation[] {
  const content = yamlOf(text);
  const isOperation = (one: Value) => isTree(one) && typeof one.op === 'string' && typeof one.path === 'string';
  if (!Array.isArray(content) || !content.every(isOperation)) {
    throw new Error('it is not a list of operations, each with op and path');
  }
  return content as unknown as Operation[];
}

/** The data with the operations of a JSON patch (its text) done. Throws what is wrong with the patch, or that it does not apply. */
export function operated(content: Tree, patch: string): Tree {
  try {
    return jsonPatch.applyPatch<Tree>(content, operationsIn(patch), true, false).newDocument;
  } catch (error) {
    if (error instanceof jsonPatch.JsonPatchError) throw new Error(`it does not apply: ${error.message}`);
    throw error;
  }
}
