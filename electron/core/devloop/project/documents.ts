// The text of a skaffold.yaml as documents whose every node knows its place: aliases and merge keys resolved, text made text.
import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  Pair,
  parseAllDocuments,
  Scalar,
  YAMLMap,
} from 'yaml';
import { z } from 'zod';
import type { Blanks } from '../../../../shared/model/sentence';
import type { Said } from '../../templates/problem-words';
import { schemasAt } from '../../templates/schema-walk';
import { say } from './reader-words';

/** Nodes of a document with all its aliases written out, at most. */
const mostNodes = 50_000;

export interface TextProblem {
  /** Characters of the text. */
  from: number;
  message: string;
  code?: string;
  params?: Blanks;
  /** The keys that lead there. */
  path: readonly (string | number)[];
}

export interface ConfigDocument {
  document: Document;
  /** Keys that led to each node as it was written, before profiles and versions moved it. */
  origins: ReadonlyMap<unknown, readonly (string | number)[]>;
}

export interface ConfigText {
  lines: LineCounter;
  documents: ConfigDocument[];
  problems: TextProblem[];
}

/** Documents of a text, empty ones left out. Never throws: what is wrong is in `problems`. */
export function readDocuments(text: string): ConfigText {
  const lines = new LineCounter();
  const problems: TextProblem[] = [];
  const parsed = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error', merge: true });
  const documents: ConfigDocument[] = [];
  for (const document of Array.isArray(parsed) ? parsed : []) {
    for (const { pos, message } of document.errors) problems.push({ from: pos[0], ...said(message), path: [] });
    if (document.errors.length > 0 || isEmpty(document)) continue;
    try {
      const budget = { left: mostNodes };
      document.contents = written(document.contents, document, budget) as typeof document.contents;
      documents.push({ document, origins: originsOf(document.contents) });
    } catch (error) {
      const from = error instanceof AliasError ? error.from : document.range[0];
      const said =
        error instanceof SaidError ? error.said : { message: error instanceof Error ? error.message : String(error) };
      problems.push({ from, ...said, path: [] });
    }
  }
  return { lines, documents, problems };
}

class SaidError extends Error {
  readonly said: Said;

  constructor(said: Said) {
    super(said.message);
    this.said = said;
  }
}

class AliasError extends SaidError {
  readonly from: number;

  constructor(name: string, from: number) {
    super(say('alias-unknown', { name }));
    this.from = from;
  }
}

function isEmpty({ contents }: Document): boolean {
  return contents === null || (isScalar(contents) && contents.value === null);
}

function said(message: string): Pick<TextProblem, 'message' | 'code'> {
  return message === 'Map keys must be unique' ? say('key-twice') : { message };
}

/** A node without aliases and merge keys; an alias's copy keeps the place of what it stands for. */
function written(node: unknown, document: Document, budget: { left: number }): Node | null {
  budget.left -= 1;
  if (budget.left < 0) throw new SaidError(say('aliases-many', { most: mostNodes }));
  if (isAlias(node)) {
    const target = node.resolve(document);
    if (!target) throw new AliasError(node.source, node.range?.[0] ?? 0);
    return written(target.clone(), document, budget);
  }
  if (isSeq(node)) node.items = node.items.map((item) => written(item, document, budget));
  if (isMap(node)) node.items = entriesOf(node, document, budget);
  return node as Node | null;
}

function entriesOf(map: YAMLMap, document: Document, budget: { left: number }): Pair[] {
  const own: Pair[] = [];
  const merged: Pair[] = [];
  for (const pair of map.items) {
    pair.value = written(pair.value, document, budget);
    const { value } = pair;
    if (!isScalar(pair.key) || String(pair.key.value) !== '<<') own.push(pair as Pair);
    else if (isMap(value)) merged.push(...value.items);
    else if (isSeq(value)) merged.push(...value.items.filter(isMap).flatMap((item) => item.items));
  }
  const known = new Set(own.map(({ key }) => keyOf(key)));
  for (const pair of merged) {
    if (known.has(keyOf(pair.key))) continue;
    known.add(keyOf(pair.key));
    own.push(pair);
  }
  return own;
}

function keyOf(key: unknown): string {
  return isScalar(key) ? String(key.value) : String(key);
}

function originsOf(contents: unknown): Map<unknown, readonly (string | number)[]> {
  const origins = new Map<unknown, readonly (string | number)[]>();
  const visit = (node: unknown, path: readonly (string | number)[]) => {
    origins.set(node, path);
    if (isMap(node)) for (const { key, value } of node.items) visit(value, [...path, keyOf(key)]);
    if (isSeq(node)) for (const [index, item] of node.items.entries()) visit(item, [...path, index]);
  };
  visit(contents, []);
  return origins;
}

/**
 * Makes a document what Go's yaml would read from it into `schema`: keys without a value are not there (but in mappings of free
 * names), keys of the whole that begin with a dot hold anchors only, and scalars where text is wanted are the text that was written.
 */
export function asGoReads(document: Document, schema: z.ZodType): void {
  if (!isMap(document.contents)) return;
  document.contents.items = document.contents.items.filter(({ key }) => !keyOf(key).startsWith('.'));
  tidy(document.contents, [schema]);
}

function tidy(node: unknown, schemas: readonly unknown[]): void {
  const below = (step: string | number) => schemas.flatMap((schema) => schemasAt(schema, [step]));
  if (isMap(node)) {
    const free = schemas.some((schema) => schema instanceof z.ZodRecord);
    node.items = node.items.filter(({ value }) => free || !isNothing(value));
    for (const { key, value } of node.items) tidy(value, below(keyOf(key)));
  } else if (isSeq(node)) {
    for (const item of node.items) tidy(item, below(0));
  } else if (isScalar(node) && typeof node.value !== 'string' && node.value !== null) {
    if (schemas.some((schema) => schema instanceof z.ZodString)) node.value = node.source ?? String(node.value);
  }
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined || (isScalar(value) && value.value === null);
}

/** Whether a node says nothing, as Go's `omitempty` sees it: no text, no entries, 0. */
export function isBlank(node: unknown): boolean {
  if (isScalar(node)) return node.value === null || node.value === '' || node.value === 0;
  return !isCollection(node) || node.items.length === 0;
}

/** The value of a key of a mapping. */
export function entry(node: unknown, key: string): unknown {
  return isMap(node) ? node.items.find((pair) => keyOf(pair.key) === key)?.value : undefined;
}

/** Sets a key of a mapping, or takes it away where `value` is undefined; the key stands where that of `from` does. */
export function setEntry(map: YAMLMap, key: string, value: unknown, from?: Pair): void {
  const index = map.items.findIndex((pair) => keyOf(pair.key) === key);
  if (value === undefined) {
    if (index >= 0) map.items.splice(index, 1);
    return;
  }
  const pair = new Pair(scalarAt(from?.key ?? map.items[index]?.key, key), value);
  if (index >= 0) map.items[index] = pair;
  else map.items.push(pair);
}

/** The pair of a key, which knows where the key stands. */
export function pairOf(node: unknown, key: string): Pair | undefined {
  return isMap(node) ? node.items.find((pair) => keyOf(pair.key) === key) : undefined;
}

/** A new mapping that stands where `node` does. */
export function mapAt({ range }: Node, items: readonly Pair[] = []): YAMLMap {
  const map = new YAMLMap();
  map.items = [...items];
  if (range) map.range = range;
  return map;
}

/** A new scalar that stands where `node` does, if it is one. */
export function scalarAt(node: unknown, value: string): Scalar {
  const scalar = new Scalar(value);
  if (isScalar(node) && node.range) scalar.range = node.range;
  return scalar;
}
