// A manifest's text as objects with their places.
import { expect, it } from 'vitest';
import { Refusal } from '../kube/request';
import { readManifest } from './read';
import { conflictsIn, pathOf, problemsIn } from './refusals';

const deployment = `# the shop
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
        - name: web
          imag: web:1
`;

it('reads documents and lists, and says where fields are', () => {
  const list = `apiVersion: v1\nkind: List\nitems:\n  - {apiVersion: v1, kind: Pod, metadata: {name: a}}\n`;
  const { objects, problems } = readManifest(`${deployment}---\n---\n${list}`);
  expect(problems).toEqual([]);
  expect(objects.map(({ object, document, line }) => [object.kind, document, line])).toEqual([
    ['Deployment', 1, 2],
    ['Pod', 3, 17],
  ]);
  const place = objects[0]?.placeOf(['spec', 'template', 'spec', 'containers', 0, 'imag']);
  expect(place).toEqual({ line: 11, column: 11 });
  expect(objects[0]?.placeOf(['spec', 'none'])).toEqual({ line: 6, column: 1 });
});

it('says what cannot be read, at its line', () => {
  expect(readManifest('a: [\n').problems).toMatchObject([{ line: 2 }]);
  expect(readManifest(`${deployment}---\nkind: Pod\n`).problems).toEqual([
    { line: 13, column: 1, message: 'it has no apiVersion' },
  ]);
  expect(readManifest('just words\n').problems[0]?.message).toBe('this is no object of Kubernetes');
  expect(readManifest('apiVersion: v1\nkind: Pod\nmetadata: {}\n').problems[0]?.message).toContain('metadata.name');
});

it('finds the lines of what an API server refuses, whichever way it says it', () => {
  const [placed] = readManifest(deployment).objects;
  if (!placed) throw new Error('nothing read');
  // Kubernetes 1.20.2
  const typed = new Refusal(
    500,
    'failed to create typed patch object: .spec.template.spec.containers[name="web"].imag: field not declared in schema',
  );
  expect(problemsIn(typed, placed)).toEqual([
    { line: 11, column: 11, message: 'spec.template.spec.containers[name="web"].imag: field not declared in schema' },
  ]);
  const caused = new Refusal(422, 'invalid', [{ field: 'spec.template.spec.containers[0].name', message: 'Invalid' }]);
  expect(problemsIn(caused, placed)).toMatchObject([{ line: 10 }]);
  expect(problemsIn(new Refusal(403, 'forbidden'), placed)).toMatchObject([{ line: 2, message: 'forbidden' }]);
  expect(pathOf('spec.ports[0].port')).toEqual(['spec', 'ports', 0, 'port']);
});

it('knows whose fields are changed', () => {
  const causes = ['.spec.replicas', '.spec.paused'].map((field) => ({
    reason: 'FieldManagerConflict',
    message: 'conflict with "helm" using apps/v1',
    field,
  }));
  expect(conflictsIn(new Refusal(409, 'Apply failed', causes))).toEqual([
    { manager: 'helm', fields: ['spec.replicas', 'spec.paused'] },
  ]);
  expect(conflictsIn(new Refusal(409, 'the object has been modified'))).toEqual([]);
});
