// What is suggested at places of a template's text.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { placeIn, suggestionsAt } from './completion';

const text = `apiVersion: boathouse.dev/v1
metadata:
  id: lab
spec:
  parameters:
    - name: workers
      type: integer
  nodes:
  # two pools
  - role: control-plane
    resources:
      memory: 1Gi
  - role: worker
    count: 2
  networking:
    cni: default
`;
const upTo = (words: string) => text.slice(0, text.indexOf(words) + words.length);
const labels = (before: string) => {
  const place = placeIn(before);
  return place ? suggestionsAt(place, text).map(({ label }) => label) : undefined;
};

it.each([
  ['', [], 'key'],
  ['metadata:\n  i', ['metadata'], 'key'],
  [upTo('id: '), ['metadata', 'id'], 'value'],
  [upTo('    - na'), ['spec', 'parameters', '[]'], 'key'],
  [upTo('      type: '), ['spec', 'parameters', '[]', 'type'], 'value'],
  [upTo('      memo'), ['spec', 'nodes', '[]', 'resources'], 'key'],
  [upTo('  - role: '), ['spec', 'nodes', '[]', 'role'], 'value'],
  [`${upTo('- role: worker\n')}    co`, ['spec', 'nodes', '[]'], 'key'],
  [`${upTo('count: 2\n')}  po`, ['spec'], 'key'],
  [upTo('    cni: '), ['spec', 'networking', 'cni'], 'value'],
] as const)('knows where %j ends', (before, path, kind) => {
  expect(placeIn(before)).toEqual({ path, kind });
});

it('suggests keys with their explanations', () => {
  expect(labels('')).toEqual(['apiVersion', 'kind', 'metadata', 'spec']);
  expect(labels(`${upTo('- role: worker\n')}    `)).toEqual(expect.arrayContaining(['count', 'labels', 'taints']));
  const [first] = suggestionsAt({ path: [], kind: 'key' }, text);
  expect(first?.description).toBe('Version of this format.');
});

it('suggests the values there are, and the parameters of the text', () => {
  expect(labels(upTo('  - role: '))).toEqual(['control-plane', 'worker', '${parameters.workers}']);
  expect(labels(`${upTo('    cni: default\n')}    kubeProxy: `)).toContain('nftables');
  expect(labels(upTo('      type: '))).toEqual(['string', 'integer', 'boolean']);
});

it('says nothing within comments and brackets', () => {
  expect(labels('spec: { no')).toBeUndefined();
  expect(labels('# no')).toBeUndefined();
});

it('never fails on any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(' ', '-', 'a', ':', '\n', '#', '"') }), (before) => {
      const place = placeIn(before);
      if (place) suggestionsAt(place, before);
    }),
  );
});
