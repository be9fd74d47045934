// What can stand at a place of a template's text, from the published schema: keys with their explanations, and values.
import { type JsonSchema, templateJsonSchema } from '../../../shared/model/template/json-schema';

/** Keys from the document to the place; `[]` is an entry of a list, whichever. */
export interface TextPlace {
  path: string[];
  /** Whether a key is being written, or the value of the last key of the path. */
  kind: 'key' | 'value';
}

export interface Suggestion {
  label: string;
  kind: 'key' | 'value';
  description?: string | undefined;
}

interface Line {
  /** Columns before the dash, and before what follows it. */
  dash: number | undefined;
  column: number;
  key: string | undefined;
}

function readLine(text: string): Line | undefined {
  if (/^\s*(#|$)/.test(text)) return undefined;
  const [, spaces = '', dashes = '', key] = /^( *)((?:- +)*)(?:["']?([\w./-]+)["']?\s*:(?:\s|$))?/.exec(text) ?? [];
  return { dash: dashes ? spaces.length : undefined, column: spaces.length + dashes.length, key };
}

/** Where the end of `before`, the text up to the cursor, is in the document; undefined within `{ }`, `[ ]` and comments. */
export function placeIn(before: string): TextPlace | undefined {
  const lines = before.split('\n');
  const current = lines.pop() ?? '';
  if (/[{[#|>]/.test(current.replaceAll('${', ''))) return undefined;
  const here = readLine(current) ?? { dash: undefined, column: current.length, key: undefined };
  const path: string[] = here.key === undefined ? [] : [here.key];
  let { column, dash } = here;
  for (const text of lines.reverse()) {
    const line = readLine(text);
    if (!line) continue;
    if (dash !== undefined) {
      const isSibling = line.dash === dash || line.column > dash;
      if (isSibling || line.key === undefined) continue;
      path.unshift(line.key, '[]');
    } else if (line.column === column && line.dash !== undefined) {
      dash = line.dash;
      continue;
    } else if (line.column < column && line.key !== undefined) path.unshift(line.key);
    else continue;
    ({ column, dash } = line);
  }
  return { path, kind: here.key === undefined ? 'key' : 'value' };
}

const whole = templateJsonSchema();

/** The forms that what is at a path can have. */
function schemasAt(path: readonly string[]): JsonSchema[] {
  return path.reduce<JsonSchema[]>((forms, step) => forms.flatMap((form) => below(form, step)), formsOf(whole));
}

function below({ items, properties, additionalProperties }: JsonSchema, step: string): JsonSchema[] {
  if (step === '[]') return items ? formsOf(items) : [];
  const field = properties?.[step];
  if (field) return formsOf(field);
  return typeof additionalProperties === 'object' ? formsOf(additionalProperties) : [];
}

function formsOf(schema: JsonSchema): JsonSchema[] {
  const inner = schema.anyOf ?? schema.oneOf;
  return inner ? inner.flatMap(formsOf) : [schema];
}

/** What can be written at a place, in the order of the schema; values of parameters of the text itself come last. */
export function suggestionsAt({ path, kind }: TextPlace, text: string): Suggestion[] {
  const forms = schemasAt(path);
  if (kind === 'key') {
    const keys = new Map(forms.flatMap(({ properties = {} }) => Object.entries(properties)));
    return [...keys].map(([label, { description }]) => ({ label, kind, description }));
  }
  const values = forms.flatMap(({ enum: choices = [], const: only, type }) => [
    ...choices,
    ...(only === undefined ? [] : [only]),
    ...(type === 'boolean' ? [true, false] : []),
  ]);
  const inSpec = path[0] === 'spec' && path[1] !== 'parameters' && forms.some(({ properties }) => !properties);
  const parameters = inSpec ? parametersOf(text).map((name) => `\${parameters.${name}}`) : [];
  return [...new Set([...values.map(String), ...parameters])].map((label) => ({ label, kind }));
}

/** Names of the parameters that a text declares. */
function parametersOf(text: string): string[] {
  const [, list = ''] = /^ {2}parameters:\n((?:(?: {2,}.*)?\n)*)/m.exec(text) ?? [];
  return [...list.matchAll(/(?:- |\{ )name: *([\w-]+)/g)].flatMap(([, name]) => name ?? []);
}
