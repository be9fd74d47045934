// What is found in a manifest before any API is asked.
import { expect, test } from 'vitest';
import { inApplyOrder, manifestObjects } from './manifest';

const object = (kind: string, name: string) => `apiVersion: v1\nkind: ${kind}\nmetadata: {name: ${name}}\n`;

test('every document is an object; lists are opened, empty ones left out', () => {
  const list =
    'apiVersion: v1\nkind: ConfigMapList\nitems:\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: c}}\n';
  const text = `# words\n---\n${object('Pod', 'a')}---\n---\n${list}`;
  expect(manifestObjects(text).map(({ metadata }) => metadata?.name)).toEqual(['a', 'c']);
});

test.each([
  ['hello', 'it is not an object of Kubernetes'],
  ['kind: Pod', 'it has no apiVersion'],
  ['apiVersion: v1', 'it has no kind'],
  ['apiVersion: v1\nkind: Pod', 'it (Pod) has no metadata.name'],
  [`${object('Pod', 'a')}---\n- b`, 'document 2 is not an object of Kubernetes'],
  ['apiVersion: v1\nkind: List\nitems: [{kind: Pod}]', 'item 1 of it has no apiVersion'],
])('%j: %s', (text, why) => {
  expect(() => manifestObjects(text)).toThrow(why);
});

test('namespaces and kinds go first, the rest as written', () => {
  const kinds = ['Deployment', 'CustomResourceDefinition', 'ConfigMap', 'Namespace'];
  const objects = kinds.map((kind) => ({ apiVersion: 'v1', kind, metadata: { name: 'a' } }));
  expect(inApplyOrder(objects).map(({ kind }) => kind)).toEqual([
    'Namespace',
    'CustomResourceDefinition',
    'Deployment',
    'ConfigMap',
  ]);
});
