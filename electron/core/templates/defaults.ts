// Takes out of a template what the schema would fill in by itself, so that a written template says only what is special.

import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { schemasAt } from './schema-walk';

type Plain = { [key: string]: unknown };

const isMapping = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `value` without the fields whose value is their default, at every depth; what is left still means the same. */
export function withoutDefaults(value: unknown, schema: z.ZodType): unknown {
  if (Array.isArray(value)) {
    const element = schemasAt(schema, [0]);
    return value.map((entry) => strip(entry, element));
  }
  return strip(value, schemasAt(schema, []));
}

function strip(value: unknown, schemas: readonly unknown[]): unknown {
  if (Array.isArray(value)) {
    const elements = schemas.flatMap((schema) => (schema instanceof z.ZodArray ? [schema.element] : []));
    return value.map((entry) =>
      strip(
        entry,
        elements.flatMap((element) => schemasAt(element, [])),
      ),
    );
  }
  if (!isMapping(value)) return value;
  const mappings = schemas.filter((schema) => schema instanceof z.ZodObject);
  const form = mappings.length === 1 ? mappings[0] : mappings.find((schema) => schema.safeParse(value).success);
  if (!form) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, field]) => {
      const schema: unknown = form.shape[key];
      if (field === undefined || isDefault(schema, field)) return [];
      return [[key, strip(field, schemasAt(schema, []))]];
    }),
  );
}

function isDefault(schema: unknown, value: unknown): boolean {
  if (!(schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault)) return false;
  const filled = schema.safeParse(undefined);
  return filled.success && isDeepStrictEqual(filled.data, value);
}
