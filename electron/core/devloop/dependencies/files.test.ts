// Which files count, and what a save does to their digest: on real files.
import { chmod, mkdir, mkdtemp, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ignoreRules } from './ignore';
import { createInventory } from './inventory';
import { goPattern, rootsOf, sourceMatcher } from './match';

const { signal } = new AbortController();

describe('patterns of COPY', () => {
  it.each([
    ['*.js', 'a.js', true],
    ['*.js', 'd/a.js', false],
    ['d/*', 'd/a', true],
    ['a?c', 'a/c', false],
    ['[a-c]x', 'bx', true],
    ['[^a-c]x', 'bx', false],
    ['a\\*b', 'a*b', true],
    ['a\\*b', 'axb', false],
    ['a[', 'a[', true],
  ])('%s of %s', (pattern, path, matches) => expect(goPattern(pattern).test(path)).toBe(matches));

  it('take folders with all that is in them', () => {
    const takes = sourceMatcher(['src', 'lib/*', 'one.txt']);
    expect(['src/a/b', 'lib/x/y', 'one.txt'].every(takes)).toBe(true);
    expect(['srcs/a', 'lib', 'one.txt.bak'].some(takes)).toBe(false);
    expect(rootsOf(['src', 'src/a', 'lib/*', 'a/b/c*', 'a/b'])).toEqual(['a/b', 'lib', 'src']);
    expect(rootsOf(['*.js', 'x'])).toEqual(['']);
  });
});

describe('.dockerignore', () => {
  const rules = ignoreRules('# comment\nnode_modules\n**/*.log\ndist/*\n!dist/keep\n/tmp\n');
  it('is read as Docker reads it', () => {
    for (const path of ['node_modules/a/b', 'x/y.log', 'y.log', 'dist/a', 'tmp/x'])
      expect(rules.ignores(path)).toBe(true);
    for (const path of ['src/node_modules/a', 'dist/keep', 'x.logs']) expect(rules.ignores(path)).toBe(false);
  });
  it('closes folders in which nothing is taken back', () => {
    expect(rules.closes('node_modules')).toBe(true);
    expect(ignoreRules('dist\n!dist/keep').closes('dist')).toBe(false);
    expect(ignoreRules('*\n!src').closes('src')).toBe(false);
    expect(ignoreRules('*\n!**/x.go').closes('any')).toBe(false);
  });
});

describe('the inventory', () => {
  let root = '';
  const write = async (path: string, content: string) => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  };
  const inventory = () => {
    const rules = ignoreRules('ignored\n');
    const takes = sourceMatcher(['src', 'one']);
    return createInventory({
      root,
      roots: rootsOf(['src', 'one']),
      takes: (path) => takes(path) && !rules.ignores(path),
      closes: (path) => rules.closes(path),
    });
  };
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'boathouse-inventory-'));
    for (const path of ['src/a', 'src/d/b', 'one', 'other']) await write(path, path);
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  it('has what is taken, and nothing else', async () => {
    const { entries, changes } = await inventory().refresh(signal);
    expect([...entries.keys()].sort()).toEqual(['one', 'src', 'src/a', 'src/d', 'src/d/b']);
    expect(changes.map(({ path }) => path)).toEqual(['one', 'src/a', 'src/d/b']);
  });

  it('stays the same when a file is touched, replaced by its like, or changed elsewhere', async () => {
    const files = inventory();
    const { digest } = await files.refresh(signal);
    await utimes(join(root, 'src/a'), 1, 1);
    await write('src/.a.swp', 'src/a');
    await rename(join(root, 'src/.a.swp'), join(root, 'src/a'));
    await write('other', 'new');
    expect(await files.refresh(signal)).toMatchObject({ digest, changes: [] });
    expect(await files.refresh(signal, ['src/a'])).toMatchObject({ digest, changes: [] });
  });

  it('tells what was added, changed and deleted, looking only where it is told to', async () => {
    const files = inventory();
    const first = await files.refresh(signal);
    await write('src/a', 'src/b');
    await write('src/new/c', 'c');
    await rm(join(root, 'src/d'), { recursive: true });
    await write('one', 'missed');
    const second = await files.refresh(signal, ['src/a', 'src/new', 'src/d']);
    expect(second.changes).toEqual([
      { path: 'src/a', kind: 'changed' },
      { path: 'src/d/b', kind: 'deleted' },
      { path: 'src/new/c', kind: 'added' },
    ]);
    expect(second.digest).not.toBe(first.digest);
    expect((await files.refresh(signal)).changes).toEqual([{ path: 'one', kind: 'changed' }]);
  });

  it('sees permissions and where links lead', async () => {
    const files = inventory();
    await symlink('a', join(root, 'src/link'));
    await files.refresh(signal);
    await chmod(join(root, 'src/a'), 0o755);
    await rm(join(root, 'src/link'));
    await symlink('d/b', join(root, 'src/link'));
    expect((await files.refresh(signal)).changes.map(({ path }) => path)).toEqual(['src/a', 'src/link']);
  });

  it('sees a change that leaves size and times as they were, right after the last look', async () => {
    const files = inventory();
    await write('src/a', 'AAAAA');
    await utimes(join(root, 'src/a'), 5, 5);
    await files.refresh(signal);
    await write('src/a', 'BBBBB');
    await utimes(join(root, 'src/a'), 5, 5);
    expect((await files.refresh(signal)).changes).toEqual([{ path: 'src/a', kind: 'changed' }]);
  });
});
