// `boathouse manifests`: what would change is printed and nothing is applied; mistakes stand at their lines.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { standInCore } from '../host/stand-in-core';
import { boathouse } from './run-for-test';

let folder = '';
const file = (name: string) => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'boathouse-manifests-'));
  await writeFile(file('good.yaml'), 'kind: ConfigMap\n');
  await writeFile(file('owned.yaml'), 'owned\n');
  await writeFile(file('bad.yaml'), 'a:\n\tb\n');
});
afterAll(() => rm(folder, { recursive: true }));

it('prints the difference, whose fields it changes, and applies nothing', async () => {
  const core = standInCore();
  const { code, out } = await boathouse(`manifests diff kind-shop -f ${file('owned.yaml')}`, { core });
  expect(code).toBe(0);
  expect(out).toContain('ConfigMap shop/settings would be changed');
  expect(out).toContain('helm has set data.k otherwise; --force takes over');
  expect(out).toContain('-  k: one\n+  k: two');
  expect(core.calls).toEqual([['diff', { context: 'kind-shop', text: 'owned\n', force: false, prune: false }]]);
});

it('says mistakes as compilers do, and fails', async () => {
  const { code, out } = await boathouse(`manifests diff kind-shop -f ${file('bad.yaml')}`);
  expect(code).not.toBe(0);
  expect(out).toBe(`${file('bad.yaml')}:2:1: Tabs are not allowed`);
  expect((await boathouse('manifests diff kind-shop -f /none.yaml')).err).toContain('/none.yaml cannot be read');
  expect((await boathouse('manifests apply kind-shop')).code).not.toBe(0);
});

it('applies with what was wished', async () => {
  const core = standInCore();
  const words = `manifests apply kind-shop -f ${file('good.yaml')} -n web --force --set fleet --prune`;
  expect((await boathouse(words, { core })).code).toBe(0);
  expect(core.calls).toEqual([
    [
      'object',
      { context: 'kind-shop', text: 'kind: ConfigMap\n', namespace: 'web', force: true, set: 'fleet', prune: true },
    ],
  ]);
});
