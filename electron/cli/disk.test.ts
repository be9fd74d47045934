// `boathouse disk`: who takes it, and what goes only after it was shown.
import { expect, it } from 'vitest';
import { standInCore } from '../host/stand-in-core';
import { boathouse } from './run-for-test';

it('shows who takes it, and what could go', async () => {
  const { code, out } = await boathouse('disk usage');
  expect(code).toBe(0);
  expect(out).toMatch(/^cluster shop +1\.5 GB$/m);
  expect(out).toMatch(/^ {2}shop-worker +600 MB$/m);
  expect(out).toMatch(/^unused-node-images +950 MB/m);
});

it('cleans up what loses nothing, or what was named; a dry run only shows it', async () => {
  const core = standInCore();
  const dry = await boathouse('disk clean --dry-run', { core });
  expect(dry.out).toContain('Nothing was removed.');
  expect(dry.out).not.toContain('kindest/node');
  expect(core.calls).toEqual([]);
  await boathouse('disk clean --yes', { core });
  await boathouse('disk clean unused-node-images --yes', { core });
  expect(core.calls).toEqual([
    ['disk', { cleanups: ['untagged-images'] }],
    ['disk', { cleanups: ['unused-node-images'] }],
  ]);
  const { code, err } = await boathouse('disk clean everything');
  expect(code).toBe(2);
  expect(err).toContain('untagged-images');
});
