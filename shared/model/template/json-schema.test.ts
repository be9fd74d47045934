// The published schema is the one that the code has, and says yes and no as the code does. `npm run schema` writes it anew.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { templateJsonSchema } from './json-schema';

const resources = join(import.meta.dirname, '../../../resources');
const published = join(resources, 'schemas/cluster-template.v1.json');
const schema = z.fromJSONSchema(templateJsonSchema() as Parameters<typeof z.fromJSONSchema>[0]);

it('is published as the code has it', async () => {
  await expect(`${JSON.stringify(templateJsonSchema(), null, 2)}\n`).toMatchFileSnapshot(published);
});

it('takes every template that comes with the product', async () => {
  const folder = join(resources, 'templates');
  const texts = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')));
  expect(texts.length).toBeGreaterThan(5);
  for (const text of texts) expect(schema.safeParse(parse(text)).error?.issues ?? []).toEqual([]);
});

const head = {
  apiVersion: 'boathouse.dev/v1',
  kind: 'ClusterTemplate',
  metadata: { id: 'lab', title: 'Lab', description: 'A lab' },
};
const withPool = (pool: object, more: object = {}) => ({
  ...head,
  spec: { nodes: [{ role: 'worker', ...pool }], ...more },
});

it.each([
  ['a number', withPool({ count: 2 })],
  ['a parameter for a number', withPool({ count: '${parameters.workers}' })],
  ['a parameter for a choice', withPool({}, { networking: { cni: '${parameters.cni}' } })],
  ['a parameter in a label', withPool({ labels: { team: '${parameters.team}-a' } })],
  ['a parameter for true or false', withPool({}, { registry: { enabled: '${parameters.registry}' } })],
])('takes %s', (_what, template) => {
  expect(schema.safeParse(template).success).toBe(true);
});

it.each([
  ['a word for a number', withPool({ count: 'two' })],
  ['an unknown field', withPool({ cuont: 2 })],
  ['an unknown choice', withPool({}, { networking: { cni: 'calico' } })],
  ['a missing title', { ...withPool({}), metadata: { id: 'lab' } }],
])('refuses %s', (_what, template) => {
  expect(schema.safeParse(template).success).toBe(false);
});

it('explains every field', () => {
  const unexplained: string[] = [];
  const visit = (part: ReturnType<typeof templateJsonSchema>, path: string) => {
    for (const [name, field] of Object.entries(part.properties ?? {})) {
      if (!field.description) unexplained.push(`${path}.${name}`);
      visit(field, `${path}.${name}`);
    }
    for (const form of [...(part.anyOf ?? []), ...(part.oneOf ?? []), ...(part.items ? [part.items] : [])])
      visit(form, path);
  };
  visit(templateJsonSchema(), '');
  expect(unexplained).toEqual([]);
});
