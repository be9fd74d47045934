// The real kind beside our import and export: for every configuration it does the same before and after.
import { describe, expect, it } from 'vitest';
import { kindIsMissing } from '../../testing/programs';
import { exportTemplate } from '../export';
import { importTemplate } from '../import';
import { casesOf } from '../testing/cases';
import { whatKindDoes } from '../testing/what-kind-does';

const missing = kindIsMissing();
if (missing) console.warn(`imported configurations are not shown to the real kind: ${missing}`);
const program = process.env.BOATHOUSE_TEST_KIND ?? '';
const base = { homeDirectory: '/home/ana', platform: 'linux', folder: '/home/ana' } as const;
const cases = casesOf('kind');

describe.skipIf(missing)('the real kind', () => {
  it.each(cases.filter(({ invalidAt }) => invalidAt === undefined))(
    'does the same for $name',
    async ({ name, text }) => {
      const { template } = importTemplate(text, name);
      if (!template) throw new Error(`${name} was not imported`);
      const before = await whatKindDoes(program, text);
      expect(
        Object.keys(before.notes).filter((note) => note.includes('kubeadm.conf')),
        before.log,
      ).not.toEqual([]);
      expect((await whatKindDoes(program, exportTemplate(template, 'kind', base).yaml)).notes).toEqual(before.notes);
    },
  );

  it.each(cases.filter(({ invalidAt }) => invalidAt !== undefined))('refuses $name, too', async ({ text }) => {
    const { notes, log } = await whatKindDoes(program, text);
    expect(notes).toEqual({});
    expect(log).toContain('ERROR');
  });

  it('would do otherwise for another configuration', async () => {
    const config = (port: number) =>
      `kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha4\nnetworking: {apiServerPort: ${port}}\n`;
    const [one, other] = await Promise.all([whatKindDoes(program, config(6443)), whatKindDoes(program, config(6444))]);
    expect(one.notes).not.toEqual(other.notes);
  });
});
