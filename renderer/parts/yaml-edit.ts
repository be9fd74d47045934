// Changes single values in a YAML text and leaves everything else as it was written: comments, quotes, blank lines.
import { type Document, isAlias, isCollection, isMap, isScalar, isSeq, parseDocument, stringify } from 'yaml';

export type YamlPath = readonly (string | number)[];

/** The document of a text; undefined while the text cannot be read. */
export function documentOf(text: string): Document.Parsed | undefined {
  const document = parseDocument(text, { prettyErrors: false, logLevel: 'silent' });
  return document.errors.length === 0 ? document : undefined;
}

/**
 * The text with `value` at `path`; undefined takes the value away, and what is empty then above it. The text as it was where it
 * cannot be read. A plain value in the place of another is exchanged in the text itself; other changes go through the document,
 * which may write collections anew but keeps their comments.
 */
export function textWith(text: string, path: YamlPath, value: unknown): string {
  const document = documentOf(text);
  if (!document) return text;
  if (value === undefined) return without(document, path);
  const range = isPlain(value) ? placeOfScalar(document, path) : undefined;
  if (range) {
    const inFlow = isInFlow(document, path);
    return text.slice(0, range[0]) + written(value, inFlow) + text.slice(range[1]);
  }
  setIn(document, path, value);
  return document.toString({ lineWidth: 0 });
}

/** The text with one more entry in the list at `path`, which is made where there is none. */
export function textWithEntry(text: string, path: YamlPath, entry: unknown): string {
  const document = documentOf(text);
  if (!document) return text;
  const list = document.getIn(path);
  if (isSeq(list)) {
    if (list.items.length === 0) list.flow = false;
    list.add(document.createNode(entry));
  } else setIn(document, path, [entry]);
  return document.toString({ lineWidth: 0 });
}

/** The value at a path as plain data; undefined where there is none or the text cannot be read. */
export function valueAt(document: Document | undefined, path: YamlPath): unknown {
  const node = document?.getIn(path, true);
  if (isScalar(node)) return node.value;
  if (!isCollection(node) && !isAlias(node)) return undefined;
  try {
    return node.toJS(document as Document);
  } catch {
    return undefined;
  }
}

function isPlain(value: unknown): boolean {
  return (
    typeof value === 'number' || typeof value === 'boolean' || (typeof value === 'string' && !value.includes('\n'))
  );
}

/** Where a scalar of one line stands. */
function placeOfScalar(document: Document, path: YamlPath): [number, number] | undefined {
  const node = document.getIn(path, true);
  if (!isScalar(node) || !node.range || node.source === '' || node.anchor || node.tag) return undefined;
  if (node.type === 'BLOCK_FOLDED' || node.type === 'BLOCK_LITERAL') return undefined;
  const [from, to] = node.range;
  return to > from ? [from, to] : undefined;
}

function isInFlow(document: Document, path: YamlPath): boolean {
  return path.some((_step, length) => {
    const around = document.getIn(path.slice(0, length), true);
    return isCollection(around) && around.flow === true;
  });
}

function written(value: unknown, inFlow: boolean): string {
  const text = stringify(inFlow ? [value] : value, {
    collectionStyle: inFlow ? 'flow' : 'any',
    lineWidth: 0,
  }).trimEnd();
  return inFlow ? text.slice(1, -1).trim() : text;
}

function setIn(document: Document, path: YamlPath, value: unknown): void {
  // What is empty, such as `registry:` alone, is no collection to set anything in.
  for (let length = 1; length < path.length; length += 1) {
    const above = path.slice(0, length);
    if (!isCollection(document.getIn(above, true))) {
      const next = path[length];
      document.setIn(above, document.createNode(typeof next === 'number' ? [] : {}));
    } else {
      const node = document.getIn(above, true);
      if (isCollection(node) && node.items.length === 0) node.flow = false;
    }
  }
  document.setIn(path, document.createNode(value));
}

function without(document: Document, path: YamlPath): string {
  let here = path;
  document.deleteIn(here);
  while (here.length > 2) {
    here = here.slice(0, -1);
    const above = document.getIn(here, true);
    if (!isMap(above) || above.items.length > 0) break;
    document.deleteIn(here);
  }
  return document.toString({ lineWidth: 0 });
}
