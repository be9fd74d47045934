// Changes in a YAML text touch nothing but what they are about.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { documentOf, textWith, textWithEntry, valueAt } from './yaml-edit';

const text = `# Mine.
metadata:
    id: lab   # short

spec:
  nodes:
    # decides
    - role: control-plane
    - { role: worker, count: 2 } # two
  ports: []
  registry:
`;

it('exchanges a value in its place', () => {
  expect(textWith(text, ['metadata', 'id'], 'shop')).toBe(text.replace('id: lab ', 'id: shop '));
  expect(textWith(text, ['spec', 'nodes', 1, 'count'], 5)).toBe(text.replace('count: 2', 'count: 5'));
});

it('keeps comments where it writes anew', () => {
  const changed = textWith(text, ['spec', 'nodes', 0, 'count'], 3);
  for (const comment of ['# Mine.', '# short', '# decides', '# two']) expect(changed).toContain(comment);
  expect(parse(changed).spec.nodes).toEqual([
    { role: 'control-plane', count: 3 },
    { role: 'worker', count: 2 },
  ]);
});

it('makes what is not there, and takes away what is empty afterwards', () => {
  const enabled = textWith(text, ['spec', 'registry', 'enabled'], true);
  expect(parse(enabled).spec.registry).toEqual({ enabled: true });
  const deep = textWith(text, ['spec', 'networking', 'apiServer', 'port'], 6443);
  expect(parse(deep).spec.networking).toEqual({ apiServer: { port: 6443 } });
  expect(parse(textWith(deep, ['spec', 'networking', 'apiServer', 'port'], undefined)).spec.networking).toBeUndefined();
});

it('adds to lists, also to those that are not there', () => {
  const one = textWithEntry(text, ['spec', 'ports'], { hostPort: 80 });
  expect(one).toContain('ports:\n    - hostPort: 80\n');
  expect(parse(textWithEntry(text, ['spec', 'images'], 'web')).spec.images).toEqual(['web']);
});

it('leaves alone what cannot be read', () => {
  expect(textWith('a: [', ['a'], 1)).toBe('a: [');
  expect(documentOf('a: [')).toBeUndefined();
  expect(valueAt(undefined, ['a'])).toBeUndefined();
});

it('writes every value so that it reads back the same', () => {
  const value = fc.oneof(fc.string(), fc.integer(), fc.boolean());
  const path = fc.constantFrom(['metadata', 'id'], ['spec', 'nodes', 1, 'role'], ['spec', 'nodes', 0, 'name']);
  fc.assert(
    fc.property(path, value, (where, what) => {
      expect(valueAt(documentOf(textWith(text, where, what)), where)).toEqual(what);
    }),
  );
});
