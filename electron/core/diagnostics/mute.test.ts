// What is muted stays muted across starts, and can be heard again.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSettings } from '../settings/settings';
import { checkAll, checkFor } from './doctor';
import { muteCheck } from './mute';
import { engineThatLists, surroundingsWith } from './testing/surroundings';

let config: string;
beforeEach(async () => {
  config = await mkdtemp(join(tmpdir(), 'boathouse-mute-'));
});
afterEach(() => rm(config, { recursive: true }));

const open = () => openSettings({ directories: { config }, log: () => {} });

test('muted, remembered, heard again', async () => {
  const settings = open();
  await muteCheck(settings, { id: 'disk', muted: true });
  await muteCheck(settings, { id: 'memory', muted: true });
  await muteCheck(settings, { id: 'disk', muted: true });
  expect(open().get().mutedChecks).toEqual(['memory', 'disk']);
  await muteCheck(settings, { id: 'disk', muted: false });
  expect(open().get().mutedChecks).toEqual(['memory']);
});

test('a muted finding is marked for the doctor, and left out of plans', async () => {
  const engine = engineThatLists({}, { cpus: 1 });
  const surroundings = surroundingsWith({ engine });
  const find = (checks: { id: string }[]) => checks.find(({ id }) => id === 'processors');
  expect(find(await checkAll(surroundings, []))).not.toHaveProperty('muted');
  expect(find(await checkAll(surroundings, ['processors']))).toHaveProperty('muted', true);
  const wanted = {
    name: 'shop',
    nodes: 1,
    kubernetesVersion: 'v1.36.1',
    ports: [],
    podSubnet: '10.244.0.0/16',
    serviceSubnet: '10.96.0.0/16',
  };
  expect(find(await checkFor(surroundings, wanted, []))).toBeDefined();
  expect(find(await checkFor(surroundings, wanted, ['processors']))).toBeUndefined();
});
