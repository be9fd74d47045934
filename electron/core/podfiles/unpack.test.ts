// Archives of containers that mean no good: nothing is written elsewhere, no file goes through a link; good ones come as they are.
import { existsSync } from 'node:fs';
import { lstat, mkdir, mkdtemp, readdir, readFile, readlink, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extract, type Header, pack } from 'tar-stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findAll, packAll, sizeOf } from './pack';
import { unpack } from './unpack';

let folder = '';
let goal = '';
let leftOut: string[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'boathouse-unpack-'));
  goal = join(folder, 'goal');
  leftOut = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

type Put = Partial<Header> & { name: string; text?: string };

async function take(entries: readonly Put[], root = 'site'): Promise<void> {
  const archive = pack();
  for (const { text, ...header } of entries) archive.entry(header, text ?? '');
  archive.finalize();
  const taken = extract();
  archive.pipe(taken);
  await unpack(taken, root, goal, { moved: () => {}, leftOut: (what) => void leftOut.push(what) });
}

test('files, folders, permissions and links within come as they are', async () => {
  await take([
    { name: './site/', type: 'directory', mode: 0o755 },
    { name: './site/run.sh', mode: 0o755, text: 'echo' },
    { name: './site/deep/er/page', text: 'hello', mtime: new Date(1_700_000_000_000) },
    { name: './site/same', type: 'link', linkname: './site/run.sh' },
    { name: './site/deep/up', type: 'symlink', linkname: '../run.sh' },
  ]);
  expect(await readFile(join(goal, 'deep/er/page'), 'utf8')).toBe('hello');
  expect((await stat(join(goal, 'deep/er/page'))).mtimeMs).toBe(1_700_000_000_000);
  expect((await stat(join(goal, 'run.sh'))).mode & 0o777).toBe(0o755);
  expect(await readFile(join(goal, 'same'), 'utf8')).toBe('echo');
  expect(await readlink(join(goal, 'deep/up'))).toBe('../run.sh');
  expect(leftOut).toEqual([]);
});

test.each([
  ['above', '../evil'],
  ['above, by way of what is copied', 'site/../../evil'],
  ['from the root', '/tmp/evil'],
  ['beside', 'other/evil'],
])('a name that is written %s ends it', async (_where, name) => {
  await expect(take([{ name, text: 'x' }])).rejects.toMatchObject({
    code: 'not-possible',
    params: { why: 'climbs-out' },
  });
  expect(await readdir(folder)).toEqual([]);
});

test('links that lead out are left out, and no file goes through one', async () => {
  const outside = join(folder, 'outside');
  await mkdir(outside);
  await take([
    { name: 'site/abs', type: 'symlink', linkname: outside },
    { name: 'site/up', type: 'symlink', linkname: '../outside' },
    { name: 'site/here', type: 'symlink', linkname: '.' },
    { name: 'site/sly', type: 'symlink', linkname: 'here/..' },
    { name: 'site/pipe', type: 'fifo' },
    { name: 'site/passwd', type: 'link', linkname: 'site/none' },
  ]);
  expect((await readdir(goal)).sort()).toEqual(['here']);
  expect(leftOut).toHaveLength(5);
  // A link that an archive gives and then writes through.
  await rm(goal, { recursive: true });
  await expect(
    take([
      { name: 'site/d', type: 'symlink', linkname: '.' },
      { name: 'site/d/evil', text: 'x' },
    ]),
  ).rejects.toMatchObject({ code: 'bad-input' });
  // One that is there already.
  await rm(goal, { recursive: true });
  await mkdir(goal);
  await symlink(outside, join(goal, 'd'));
  await expect(take([{ name: 'site/d/evil', text: 'x' }])).rejects.toMatchObject({ code: 'bad-input' });
  expect(await readdir(outside)).toEqual([]);
});

test('one file takes the name of the goal; a file in the way of a folder is told and stays', async () => {
  await take([{ name: 'site', text: 'one' }]);
  expect(await readFile(goal, 'utf8')).toBe('one');
  await expect(take([{ name: 'site/below', text: 'x' }])).rejects.toThrow('cannot be written');
  expect(await readFile(goal, 'utf8')).toBe('one');
});

test('what is packed here and unpacked again is the same; links are not followed, sockets left out', async () => {
  const source = join(folder, 'source');
  await mkdir(join(source, 'empty'), { recursive: true });
  await writeFile(join(source, 'nothing'), '');
  await writeFile(join(source, 'big'), Buffer.alloc(300_000, 'ab'), { mode: 0o700 });
  await symlink('/etc/hostname', join(source, 'link'));
  const all = await findAll(source, 'site', new AbortController().signal);
  expect(sizeOf(all)).toBe(300_000);
  const archive = packAll(all, new AbortController().signal, () => {});
  const taken = extract();
  archive.pipe(taken);
  await unpack(taken, 'site', goal, { moved: () => {}, leftOut: (what) => void leftOut.push(what) });
  expect((await readdir(goal)).sort()).toEqual(['big', 'empty', 'nothing']);
  expect((await readFile(join(goal, 'big'))).equals(await readFile(join(source, 'big')))).toBe(true);
  expect((await lstat(join(goal, 'big'))).mode & 0o777).toBe(0o700);
  expect(leftOut).toEqual(['link -> /etc/hostname: it leads out of what is copied']);
  expect(existsSync(join(goal, 'link'))).toBe(false);
});
