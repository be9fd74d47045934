// Where in a YAML text the value or the key at a path stands.
import { type Document, isAlias, isMap, isNode, isScalar, isSeq, type Node, type Pair } from 'yaml';

export type Path = readonly (string | number)[];

/** Characters of the text, end not included. */
export interface Place {
  from: number;
  to: number;
}

/** The node at a path, aliases followed; undefined where there is none. */
export function nodeAt(document: Document, path: Path): Node | undefined {
  let here = resolved(document, document.contents);
  for (const step of path) {
    if (isMap(here)) here = resolved(document, pairOf(here.items, step)?.value);
    else if (isSeq(here)) here = resolved(document, here.items[Number(step)]);
    else return undefined;
  }
  return here;
}

/** Whether there is a value at a path, be it null. */
export function hasValue(document: Document, path: Path): boolean {
  const last = path.at(-1);
  if (last === undefined) return document.contents !== null;
  const around = nodeAt(document, path.slice(0, -1));
  if (isMap(around)) return pairOf(around.items, last) !== undefined;
  return isSeq(around) && Number(last) < around.items.length;
}

/** The value at a path as plain data, if it is a scalar. */
export function scalarAt(document: Document, path: Path): unknown {
  const node = nodeAt(document, path);
  return isScalar(node) ? node.value : undefined;
}

/** Where the value at a path stands; for what is not there, the nearest thing around it. */
export function placeOf(document: Document, path: Path): Place {
  for (let length = path.length; length > 0; length -= 1) {
    const found = writtenPlace(document, path.slice(0, length));
    if (found) return found;
  }
  return beginning(document.contents?.range);
}

/** Where the key at the end of a path stands. */
export function keyPlace(document: Document, path: Path): Place {
  const key = pairAt(document, path)?.key;
  const range = isNode(key) ? key.range : undefined;
  return range ? { from: range[0], to: range[1] } : placeOf(document, path);
}

/** The place in the text, not where an alias leads. */
function writtenPlace(document: Document, path: Path): Place | undefined {
  const last = path.at(-1) ?? '';
  const around = nodeAt(document, path.slice(0, -1));
  const value = isSeq(around)
    ? around.items[Number(last)]
    : isMap(around)
      ? pairOf(around.items, last)?.value
      : undefined;
  if (!isNode(value) || !value.range) return undefined;
  // What is several lines long is marked at its beginning.
  return isScalar(value) || isAlias(value) ? { from: value.range[0], to: value.range[1] } : beginning(value.range);
}

function beginning(range: readonly number[] | null | undefined): Place {
  const from = range?.[0] ?? 0;
  return { from, to: from };
}

function pairAt(document: Document, path: Path): Pair | undefined {
  const around = nodeAt(document, path.slice(0, -1));
  return isMap(around) ? pairOf(around.items, path.at(-1) ?? '') : undefined;
}

function pairOf(items: readonly Pair[], key: string | number): Pair | undefined {
  return items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
}

function resolved(document: Document, node: unknown): Node | undefined {
  if (isAlias(node)) return node.resolve(document);
  return isNode(node) ? node : undefined;
}
