// For tests: kubeadm documents as flat lists of fields, and where two of them differ.
import { parseAllDocuments } from 'yaml';
import type { Difference } from '../differences';

export type Fields = ReadonlyMap<string, string>;

function entries(value: object, key: string): [string, unknown][] {
  if (Array.isArray(value) && key.toLowerCase().endsWith('extraargs')) {
    return value.map((argument: { name: string; value: unknown }) => [argument.name, argument.value]);
  }
  return Object.entries(value);
}

function collect(value: unknown, path: string, fields: Map<string, string>): void {
  if (value === null || value === undefined) return;
  const key = path.slice(path.lastIndexOf('.') + 1);
  if (typeof value === 'object' && Object.keys(value).length > 0) {
    for (const [name, field] of entries(value, key)) collect(field, `${path}.${name}`, fields);
    return;
  }
  // kind writes labels in the random order of Go's maps.
  const labels = key === 'node-labels' ? String(value).split(',').sort().join(',') : value;
  fields.set(path, JSON.stringify(labels));
}

/**
 * Every field of a multi-document YAML text by `Kind.path`, as JSON. Nulls count as absent, argument lists as maps.
 * @throws when the text is not YAML
 */
export function fieldsOf(text: string): Fields {
  const fields = new Map<string, string>();
  for (const document of parseAllDocuments(text, { version: '1.1' })) {
    const [problem] = document.errors;
    if (problem) throw problem;
    const content = document.toJS() as { kind?: string };
    collect(content, content.kind ?? '', fields);
  }
  return fields;
}

/** Paths whose values are not the same on both sides. */
export function differingPaths(left: Fields, right: Fields): string[] {
  const paths = new Set([...left.keys(), ...right.keys()]);
  return [...paths].filter((path) => left.get(path) !== right.get(path)).sort();
}

/** The listed difference that covers a path. */
export function explanation(path: string, differences: readonly Difference[]): Difference | undefined {
  return differences.find((difference) => path === difference.path || path.startsWith(`${difference.path}.`));
}
