// A manifest's text as objects that know where in it they stand; what cannot be read is told with its line. Pure.
import type { KubernetesObject } from '@kubernetes/client-node';
import { type Document, isMap, isNode, isSeq, LineCounter, type Node } from 'yaml';
import type { TextProblem } from '../../../shared/model/manifests';
import { parsedDocuments } from '../kube/yaml';

export interface PlacedObject {
  object: KubernetesObject;
  /** The first is 1. */
  document: number;
  line: number;
  /** Where a field is, or the nearest around it that is there: `['spec', 'containers', 0, 'image']`. */
  placeOf(path: readonly (string | number)[]): { line: number; column: number };
}

export interface ReadManifest {
  objects: PlacedObject[];
  problems: TextProblem[];
}

export function readManifest(text: string): ReadManifest {
  const lines = new LineCounter();
  const documents = parsedDocuments(text, lines);
  const objects: PlacedObject[] = [];
  const problems: TextProblem[] = [];
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  documents.forEach((document, index) => {
    if (document.errors.length > 0) {
      for (const { pos, message } of document.errors) problems.push({ ...at(pos[0]), message: firstLine(message) });
      return;
    }
    // What is empty, such as after the last `---`, is no mistake.
    if (document.contents === null || document.toJS() === null) return;
    const read = objectsIn(document, document.contents, at, index + 1);
    objects.push(...read.objects);
    problems.push(...read.problems);
  });
  return { objects, problems };
}

type At = (offset: number) => { line: number; column: number };

function objectsIn(document: Document.Parsed, node: Node, at: At, which: number): ReadManifest {
  const place = at(node.range?.[0] ?? 0);
  const wrong = (message: string): ReadManifest => ({ objects: [], problems: [{ ...place, message }] });
  if (!isMap(node)) return wrong('this is no object of Kubernetes');
  for (const field of ['apiVersion', 'kind']) {
    if (typeof node.get(field) !== 'string') return wrong(`it has no ${field}`);
  }
  const kind = String(node.get('kind'));
  const items = node.get('items', true);
  if (kind.endsWith('List') && isSeq(items)) {
    const all = items.items.map((item) => (isNode(item) ? objectsIn(document, item, at, which) : wrong('it is empty')));
    return { objects: all.flatMap(({ objects }) => objects), problems: all.flatMap(({ problems }) => problems) };
  }
  if (typeof node.getIn(['metadata', 'name']) !== 'string') return wrong(`${kind} has no metadata.name`);
  const object = node.toJS(document, { maxAliasCount: 100 }) as KubernetesObject;
  return {
    objects: [
      {
        object,
        document: which,
        line: place.line,
        placeOf: (path) => at(offsetOf(node, path)),
      },
    ],
    problems: [],
  };
}

/** Of a key rather than of its value, so that the line is the one where it is written. */
function offsetOf(node: Node, path: readonly (string | number)[]): number {
  let current: unknown = node;
  let offset = node.range?.[0] ?? 0;
  for (const step of path) {
    if (isMap(current)) {
      const pair = current.items.find(({ key }) => String((key as { value?: unknown }).value ?? key) === String(step));
      if (!pair) break;
      offset = (pair.key as Node).range?.[0] ?? offset;
      current = pair.value;
    } else if (isSeq(current) && typeof step === 'number') {
      current = current.items[step];
      if (isNode(current)) offset = current.range?.[0] ?? offset;
    } else break;
  }
  return offset;
}

/** The library's message goes on with the lines around it. */
function firstLine(message: string): string {
  return (message.split('\n')[0] ?? message).replace(/ at line \d+, column \d+:?$/, '').replace(/:$/, '');
}
