// Paths are completed by the folders that are there; projects among them are told apart.
import { basename, dirname } from 'node:path';
import { expect, it } from 'vitest';
import { completeFolder } from './folders';
import { configOf, folderWith } from './testing/folder';

it.each([
  ['', ['blog', 'Shelf', 'shop, a project']],
  ['HOME/sh', ['Shelf', 'shop, a project']],
  ['~/b', ['blog']],
  ['HOME/.h', ['.hidden']],
  ['HOME/none/x', []],
  ['relative', []],
])('%s', async (written, found) => {
  const home = folderWith({
    'shop/skaffold.yaml': configOf(),
    'Shelf/readme': '',
    'blog/readme': '',
    '.hidden/readme': '',
    'sheet.txt': '',
  });
  const offered = await completeFolder(written.replace('HOME', home), home);
  expect(offered.map(({ path, project }) => basename(path) + (project ? ', a project' : ''))).toEqual(found);
  expect(offered.every(({ path }) => dirname(path) === home)).toBe(true);
});
