// Templates written and read again: the same template, whatever is in it.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readTemplate } from './read';
import { arbitraryTemplate } from './testing/arbitrary';
import { writeTemplate } from './write';

it('every template is the same after it was written and read', () => {
  fc.assert(
    fc.property(arbitraryTemplate, (template) => {
      expect(readTemplate(writeTemplate(template), 'written.yaml')).toEqual(template);
    }),
    { numRuns: 300 },
  );
});

it('says what is special and nothing else', () => {
  const text = `apiVersion: boathouse.dev/v1
kind: ClusterTemplate
metadata:
  id: mine
  title: Mine
  description: Mine
spec:
  nodes:
    - role: control-plane
    - role: worker
      count: 2
      resources:
        memory: 2Gi
  ports:
    - to:
        service: web
        port: 80
  networking:
    apiServer:
      port: 6443
`;
  expect(writeTemplate(readTemplate(text, 'mine.yaml'))).toBe(text);
});
