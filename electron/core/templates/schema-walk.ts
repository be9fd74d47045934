// Finds the part of a zod schema that a path in a document leads to, and what it knows.
import { z } from 'zod';
import type { Path } from './places';

/** The keys that each form of the mapping at a path knows; several lists where it has several forms. */
export function keysAt(schema: z.ZodType, path: Path): string[][] {
  return schemasAt(schema, path).flatMap((here) => (here instanceof z.ZodObject ? [Object.keys(here.shape)] : []));
}

/** The literal values that a place can hold in any of its forms. */
export function valuesAt(schema: z.ZodType, path: Path): string[] {
  return schemasAt(schema, path).flatMap((here) => {
    if (here instanceof z.ZodLiteral) return [...here.values].map(String);
    return here instanceof z.ZodEnum ? here.options.map(String) : [];
  });
}

/** The schemas for a path below defaults and unions, without those. */
export function schemasAt(schema: unknown, path: Path): unknown[] {
  let here = forms(schema);
  for (const step of path) {
    here = here.flatMap((form) => {
      if (form instanceof z.ZodObject) return forms(form.shape[String(step)]);
      if (form instanceof z.ZodArray) return forms(form.element);
      return form instanceof z.ZodRecord ? forms(form.valueType) : [];
    });
  }
  return here;
}

function forms(schema: unknown): unknown[] {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) return forms(schema.unwrap());
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) {
    return forms(schema.unwrap());
  }
  if (schema instanceof z.ZodPipe) return forms(schema.in);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(forms);
  return schema === undefined ? [] : [schema];
}
