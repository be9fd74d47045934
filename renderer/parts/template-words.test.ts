// Suggested names are free and allowed; the templates to begin with are those that are named, as far as they are there.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { clusterNameSchema } from '../../shared/model/cluster';
import { sampleTemplates } from '../app/stand-in-templates';
import { featured, freeName } from './template-words';

it('suggests the first free name', () => {
  expect(freeName('single', new Set())).toBe('single');
  expect(freeName('single', new Set(['single', 'single-2']))).toBe('single-3');
});

it('suggests only names that a cluster may have', () => {
  const id = fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/);
  fc.assert(
    fc.property(id, fc.nat(12), (template, others) => {
      const taken = new Set<string>();
      for (let index = 0; index <= others; index += 1) taken.add(freeName(template, taken));
      for (const name of taken) expect(clusterNameSchema.safeParse(name).success).toBe(true);
      expect(taken.size).toBe(others + 1);
    }),
  );
});

it('puts the named templates first, and others where one is not there', () => {
  const ids = (named: string[]) => featured(sampleTemplates, named).map(({ template }) => template.metadata.id);
  expect(ids(['quickstart', 'single'])).toEqual(['quickstart', 'single']);
  expect(ids(['quickstart', 'nope', 'gone'])).toEqual(['quickstart', 'single', 'three-node']);
});
