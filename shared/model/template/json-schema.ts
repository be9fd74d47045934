// The template format as JSON Schema, generated from the zod schema: for editors, which complete and check by it.
import { z } from 'zod';
import { templateSchema } from '../template';

/** What of JSON Schema (draft 2020-12) zod writes. */
export interface JsonSchema {
  type?: string;
  description?: string;
  default?: unknown;
  const?: unknown;
  enum?: unknown[];
  pattern?: string;
  format?: string;
  minimum?: number;
  maximum?: number;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: JsonSchema | boolean;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  $ref?: string;
  $defs?: Record<string, JsonSchema>;
}

/** Where the schema of this version of the format is published. */
const schemaAddress = 'https://boathouse.dev/schemas/cluster-template.v1.json';

const parameter: JsonSchema = {
  description: 'A parameter of the template, whose value takes the place.',
  type: 'string',
  pattern: '\\$\\{parameters\\.[A-Za-z][A-Za-z0-9_-]*\\}',
};

/** The schema of a template as it is written: what has a default may be left out, and a parameter may stand for any value. */
export function templateJsonSchema(): JsonSchema {
  const { $schema, ...schema } = z.toJSONSchema(templateSchema, { io: 'input' }) as JsonSchema & { $schema: string };
  const { spec, ...rest } = schema.properties ?? {};
  const { parameters, ...fields } = spec?.properties ?? {};
  const filled = Object.entries(fields).map(([name, field]) => [name, withParameters(field)] as const);
  const properties = { ...(parameters && { parameters }), ...Object.fromEntries(filled) };
  const head = { $schema, $id: schemaAddress, title: 'ClusterTemplate of Boathouse' };
  return { ...head, ...schema, properties: { ...rest, spec: { ...spec, properties } }, $defs: { parameter } };
}

function withParameters(schema: JsonSchema): JsonSchema {
  const { properties, additionalProperties, items, anyOf } = schema;
  if (anyOf) return { ...schema, anyOf: anyOf.map(withParameters) };
  if (items) return { ...schema, items: withParameters(items) };
  if (properties) {
    const filled = Object.entries(properties).map(([name, field]) => [name, withParameters(field)] as const);
    return { ...schema, properties: Object.fromEntries(filled) };
  }
  if (typeof additionalProperties === 'object') {
    return { ...schema, additionalProperties: withParameters(additionalProperties) };
  }
  return takesAnyText(schema) ? schema : besidesParameter(schema);
}

function takesAnyText({ type, pattern, format, const: constant, enum: values }: JsonSchema): boolean {
  return type === 'string' && !pattern && !format && constant === undefined && !values;
}

function besidesParameter({ description, default: usual, ...rest }: JsonSchema): JsonSchema {
  return {
    ...(description !== undefined && { description }),
    ...(usual !== undefined && { default: usual }),
    anyOf: [rest, { $ref: '#/$defs/parameter' }],
  };
}
