// Which places outside its folder a kustomization is made from.
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { folderWith } from '../project/testing/folder';
import { placesBeside } from './kustomization';

it('follows bases, components and files elsewhere, and those of the bases', async () => {
  const dir = folderWith({
    'overlays/dev/kustomization.yaml':
      'resources: [../../base, own.yaml, "https://example.com/x.yaml"]\ncomponents: [../../parts/log]\n' +
      'patches: [{path: ../patch.yaml}]\nconfigMapGenerator: [{name: a, files: [key=../../config/a.txt], envs: [../env]}]\n',
    'overlays/dev/own.yaml': '',
    'overlays/patch.yaml': '',
    'overlays/env': '',
    'config/a.txt': '',
    'base/kustomization.yml': 'resources: [../shared, web.yaml]\n',
    'base/web.yaml': '',
    'shared/Kustomization': 'bases: [../base]\n',
    'parts/log/kustomization.yaml': '',
  });
  const places = await placesBeside(join(dir, 'overlays/dev'));
  const expected = [
    'base',
    'base/web.yaml',
    'config/a.txt',
    'overlays/env',
    'overlays/patch.yaml',
    'parts/log',
    'shared',
  ];
  expect(places.sort()).toEqual(expected.map((place) => join(dir, place)));
});

it('has none where it cannot be read', async () => {
  expect(await placesBeside(folderWith({ 'kustomization.yaml': 'resources: {' }))).toEqual([]);
  expect(await placesBeside(folderWith({}))).toEqual([]);
});
