// What a schema finds wrong with a YAML document, in words and at its place in the text.
import { type Document, isMap, isScalar } from 'yaml';
import type { z } from 'zod';
import { nearest } from '../../../shared/model/nearest';
import type { Blanks } from '../../../shared/model/sentence';
import { mostProblems, type Problem, problemAt } from './document';
import { hasValue, nodeAt, type Path, scalarAt } from './places';
import { type Said, sayFrom, schemaWords } from './problem-words';
import { keysAt, valuesAt } from './schema-walk';

type Issue = z.core.$ZodIssue;

/** One problem or more for each issue of a failed check of `document` against `schema`. */
export function problemsOf(issues: readonly Issue[], document: Document, schema: z.ZodType): Problem[] {
  // A rule about the whole of something is only worth a word when its parts are right.
  const some = issues.slice(0, 10 * mostProblems);
  const parts = some.filter((issue) => issue.code !== 'custom' || !some.some((other) => isBelow(other, issue)));
  return parts.slice(0, mostProblems).flatMap((issue) => explain(issue, [], document, schema));
}

function isBelow(one: Issue, other: Issue): boolean {
  return one.path.length > other.path.length && other.path.every((step, index) => one.path[index] === step);
}

function explain(issue: Issue, above: Path, document: Document, schema: z.ZodType): Problem[] {
  const path = [...above, ...issue.path.map((step) => (typeof step === 'number' ? step : String(step)))];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.slice(0, mostProblems).map((key) => unknownKey(document, schema, path, key));
  }
  if (issue.code !== 'custom' && !hasValue(document, path)) {
    return [problemAt(document, path, path.length === 0 ? say('text-empty') : say('missing', { name: nameOf(path) }))];
  }
  if (issue.code === 'invalid_union') return explainUnion(issue, path, document, schema);
  if (issue.code === 'invalid_key') {
    const [why] = issue.issues;
    return [problemAt(document, path, say('key-not-right', { name: nameOf(path), why: why?.message ?? '' }), 'key')];
  }
  return [problemAt(document, path, demand(issue, nameOf(path), scalarAt(document, path)))];
}

function unknownKey(document: Document, schema: z.ZodType, path: Path, key: string): Problem {
  const place = [...path, key];
  const branches = keysAt(schema, path);
  if (branches.some((keys) => keys.includes(key))) {
    const others = keysPresent(document, path).filter(
      (other) => other !== key && distinctive(branches).includes(other),
    );
    return problemAt(document, place, say('not-beside', { name: nameOf(place), others }), 'key');
  }
  const meant = nearest(key, branches.flat());
  return problemAt(document, place, perhaps('unknown', meant, { name: nameOf(place) }), 'key');
}

/** Of several forms that a value can have, the one that fits best is the one that was meant. */
function explainUnion(
  issue: z.core.$ZodIssueInvalidUnion,
  path: Path,
  document: Document,
  schema: z.ZodType,
): Problem[] {
  const values = valuesAt(schema, path);
  if (issue.errors.length === 0) {
    const meant = nearest(String(scalarAt(document, path)), values);
    return [problemAt(document, path, perhaps('one-of', meant, { name: nameOf(path), values: [...values] }))];
  }
  const fitting = issue.errors.filter(
    (branch) => !branch.some((inner) => inner.path.length === 0 && isAboutAll(inner)),
  );
  const [best] = fitting.toSorted((one, other) => badness(one) - badness(other));
  if (!best) {
    const kinds = issue.errors.flatMap((branch) => branch.filter((inner) => inner.code === 'invalid_type'));
    const alike = issue.message !== 'Invalid input' ? issue.message : undefined;
    const words = [...new Set(kinds.map((inner) => kindWords[inner.expected] ?? inner.expected))];
    const [only, ...more] = kinds;
    const name = nameOf(path);
    if (alike) return [problemAt(document, path, say('not-right', { name, why: alike }))];
    const one = only && more.length === 0 ? kindOf(only.expected, name) : say('kinds', { name, kinds: words });
    return [problemAt(document, path, one)];
  }
  const branches = keysAt(schema, path);
  const signs = distinctive(branches);
  const undecided = branches.length > 1 && !keysPresent(document, path).some((key) => signs.includes(key));
  if (undecided) return [problemAt(document, path, say('have-one-of', { name: nameOf(path), keys: signs }))];
  return best.flatMap((inner) => explain(inner, path, document, schema));
}

/** The key of each form that tells it from the others: the first that not all of them know. */
function distinctive(branches: readonly string[][]): string[] {
  return branches.flatMap((keys) => keys.find((key) => branches.some((other) => !other.includes(key))) ?? []);
}

/** Whether a whole value is of the wrong kind, rather than something in it. */
function isAboutAll(issue: Issue): boolean {
  return issue.code !== 'unrecognized_keys' && issue.code !== 'custom';
}

function badness(branch: readonly Issue[]): number {
  return branch.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 1), 0);
}

function keysPresent(document: Document, path: Path): string[] {
  const node = nodeAt(document, path);
  return isMap(node) ? node.items.flatMap(({ key }) => (isScalar(key) ? String(key.value) : [])) : [];
}

/** What the place called `name` should hold. */
function demand(issue: Issue, name: string, found: unknown): Said {
  switch (issue.code) {
    case 'invalid_type':
      return kindOf(issue.expected, name);
    case 'invalid_value': {
      const values = issue.values.map(String);
      const meant = values.length > 1 && typeof found === 'string' ? nearest(found, values) : undefined;
      return perhaps('one-of', meant, { name, values });
    }
    case 'too_small':
      if (issue.origin === 'string' && issue.minimum === 1) return say('not-empty', { name });
      if (issue.inclusive === false) return say('more-than', { name, limit: Number(issue.minimum) });
      return amount(issue.origin, 'least', name, Number(issue.minimum));
    case 'too_big':
      return amount(issue.origin, 'most', name, Number(issue.maximum));
    default:
      return say('not-right', { name, why: issue.message });
  }
}

function say(code: keyof typeof schemaWords, params?: Blanks): Said {
  return sayFrom(schemaWords, code, params);
}

function perhaps(code: 'unknown' | 'one-of', meant: string | undefined, params: Blanks): Said {
  return meant === undefined ? say(code, params) : say(`${code}-meant`, { ...params, meant });
}

function kindOf(expected: string, name: string): Said {
  const code = `kind-${expected === 'record' ? 'object' : expected}`;
  return code in schemaWords
    ? say(code as keyof typeof schemaWords, { name })
    : say('kinds', { name, kinds: [expected] });
}

const kindWords: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
};

function amount(origin: string, bound: 'least' | 'most', name: string, limit: number): Said {
  if (origin === 'string') return say(`characters-${bound}`, { name, limit });
  if (origin === 'array')
    return limit === 1 ? say(`entry-${bound}`, { name }) : say(`entries-${bound}`, { name, limit });
  return say(bound, { name, limit });
}

/** `spec.nodes[0].count`; the whole document is `the text`. */
export function nameOf(path: Path): string {
  if (path.length === 0) return 'the text';
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index ? '.' : ''}${step}`)).join('');
}
