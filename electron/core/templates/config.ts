// Reads configurations of programs written in Go: YAML is taken as their library takes it, mistakes are told at their line.
import { isMap, isScalar, isSeq } from 'yaml';
import { z } from 'zod';
import type { TemplateProblem } from '../../../shared/model/template/problem';
import { dataOf, located, type YamlText } from './document';
import { problemsOf } from './problems';
import { schemasAt } from './schema-walk';

/**
 * The configuration in a text, checked against the schema of its program; never throws.
 *
 * @param read the text, merge keys followed; with `typed: false` it is changed where go-yaml takes scalars for what is wanted
 */
export function readConfig<Schema extends z.ZodType>(
  read: YamlText,
  schema: Schema,
  { typed }: { typed: boolean },
): { config: z.infer<Schema> } | { problems: TemplateProblem[] } {
  if (!typed) asGoReads(read.document.contents, [schema]);
  const content = dataOf(read);
  if ('problems' in content) return content;
  const checked = schema.safeParse(withoutNulls(content.data));
  if (checked.success) return { config: checked.data };
  return { problems: located(read, problemsOf(checked.error.issues, read.document, schema)) };
}

/** go-yaml 3 takes any scalar for text where text is wanted, and the old words for true and false where one of these is. */
function asGoReads(node: unknown, schemas: readonly unknown[]): void {
  const below = (step: string | number) => schemas.flatMap((schema) => schemasAt(schema, [step]));
  if (isMap(node))
    for (const { key, value } of node.items) asGoReads(value, isScalar(key) ? below(String(key.value)) : []);
  else if (isSeq(node)) for (const item of node.items) asGoReads(item, below(0));
  if (!isScalar(node) || node.value === null) return;
  const forms = schemas.flatMap((schema) => schemasAt(schema, []));
  if (typeof node.value !== 'string' && forms.some((form) => form instanceof z.ZodString)) {
    node.value = node.source ?? String(node.value);
  }
  if (node.type === 'PLAIN' && forms.some((form) => form instanceof z.ZodBoolean)) {
    const word = String(node.value).toLowerCase();
    if (['y', 'yes', 'on'].includes(word)) node.value = true;
    if (['n', 'no', 'off'].includes(word)) node.value = false;
  }
}

/** A key without a value is a key that is left out, to Go. */
function withoutNulls(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(withoutNulls);
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(
    Object.entries(data).flatMap(([key, value]) => (value === null ? [] : [[key, withoutNulls(value)]])),
  );
}
