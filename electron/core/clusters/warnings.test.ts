// Requests that are worth a word.
import { expect, test } from 'vitest';
import { templateSchema } from '../../../shared/model/template';
import { warningsFor } from './warnings';

const templateOf = (spec: object) =>
  templateSchema.parse({
    apiVersion: 'boathouse.dev/v1',
    kind: 'ClusterTemplate',
    metadata: { id: 'mine', title: 'Mine', description: 'Mine' },
    spec: { nodes: [{ role: 'control-plane' }], ...spec },
  });
const template = templateOf({});
const now = new Date('2026-11-20T12:00:00Z');

test('a version that nobody mends any more', () => {
  expect(warningsFor(template, 'v1.20.2', now)).toMatchObject([
    { code: 'version-ended', params: { version: 'v1.20.2', until: '2022-02-28' } },
  ]);
});

test('nothing about one that is mended, or one that is not known', () => {
  expect(warningsFor(template, 'v1.36.1', now)).toEqual([]);
  expect(warningsFor(template, undefined, now)).toEqual([]);
});

test('what is doubtful in the template itself', () => {
  expect(warningsFor(templateOf({ nodes: [{ role: 'control-plane', count: 2 }] }), undefined, now)).toEqual([
    expect.objectContaining({ code: 'even-control-planes', params: expect.objectContaining({ count: 2, lost: 0 }) }),
  ]);
});
