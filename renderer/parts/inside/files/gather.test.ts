// Files of a drop, with their places in the folders that were dropped.
import { expect, it } from 'vitest';
import { gather } from './gather';

const fileEntry = (name: string) => ({
  name,
  isFile: true,
  file: (found: (file: { name: string }) => void) => found({ name }),
});

function folderEntry(name: string, children: object[]) {
  return {
    name,
    isFile: false,
    createReader() {
      // One at a time, then none.
      const left = [...children];
      return { readEntries: (found: (some: object[]) => void) => found(left.splice(0, 1)) };
    },
  };
}

const item = (entry: object) =>
  ({ kind: 'file', webkitGetAsEntry: () => entry, getAsFile: () => null }) as unknown as DataTransferItem;
const site = folderEntry('site', [
  fileEntry('index.html'),
  folderEntry('img', [fileEntry('a.png'), fileEntry('b.png')]),
]);

it('finds what is in folders, by their names', async () => {
  const found = await gather([item(fileEntry('notes.txt')), item(site)], 10);
  expect(found?.map(({ path, file }) => [path, file.name])).toEqual([
    ['notes.txt', 'notes.txt'],
    ['site/index.html', 'index.html'],
    ['site/img/a.png', 'a.png'],
    ['site/img/b.png', 'b.png'],
  ]);
});

it('gives up on more than are wanted, and leaves out what is no file', async () => {
  expect(await gather([item(site)], 2)).toBeUndefined();
  expect(await gather([{ kind: 'string' } as DataTransferItem], 2)).toEqual([]);
});
