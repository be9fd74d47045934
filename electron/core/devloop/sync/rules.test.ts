// Where changed files go in containers, and which changes take a build.
import { expect, it } from 'vitest';
import type { Sync } from '../../../../shared/model/devloop/artifact';
import { parseDockerfile } from '../dependencies/dockerfile';
import type { FileEntry } from '../dependencies/inventory';
import { needsOf } from '../dependencies/needs';
import { syncPlan } from './rules';

const hooks = { before: [], after: [] };
const at = { file: '/p/skaffold.yaml', line: 1, column: 1 };
const manual = (src: string, dest: string, strip = ''): Sync => ({
  kind: 'manual',
  rules: [{ src, dest, strip, at }],
  hooks,
});
const infer = (...patterns: string[]): Sync => ({ kind: 'infer', patterns, hooks });

/** Where one changed file goes; undefined: it takes a build. */
function places(
  path: string,
  sync: Sync,
  { dockerfile = 'FROM a\nCOPY . /app/', workdir = '/srv', kind = 'changed' as const } = {},
) {
  const entry: FileEntry = { path, kind: 'file', mode: 0o644, size: 1, modified: 0, digest: 'x' };
  const facts = { sync, needs: needsOf(parseDockerfile(dockerfile)), entries: new Map([[path, entry]]), workdir };
  return syncPlan([{ path, kind }], facts)?.copies.get(path);
}

it.each([
  ['src/a.js', manual('src/**/*.js', '.'), ['/srv/src/a.js']],
  ['src/a.js', manual('src/**/*.js', '/app', 'src/'), ['/app/a.js']],
  ['src/d/a.js', manual('src/**', 'lib', 'src/'), ['/srv/lib/d/a.js']],
  ['a.html', manual('*.html', '/www'), ['/www/a.html']],
  ['d/a.html', manual('*.html', '/www'), undefined],
  ['src/a.css', manual('src/**/*.js', '.'), undefined],
])('%s by %j', (path, sync, expected) => expect(places(path, sync)).toEqual(expected));

it.each([
  ['src/a.js', 'FROM a\nWORKDIR /app\nCOPY . .', ['/app/src/a.js']],
  ['src/a.js', 'FROM a\nCOPY src /www', ['/www/a.js']],
  ['src/d/a.js', 'FROM a\nCOPY src/ /www/', ['/www/d/a.js']],
  ['src/a.js', 'FROM a\nCOPY src/*.js /www/', ['/www/a.js']],
  ['src/a.js', 'FROM a\nCOPY src/a.js /main.js', ['/main.js']],
  ['src/a.js', 'FROM a AS b\nCOPY src /x\nFROM b\nCOPY src /www\n', ['/x/a.js', '/www/a.js']],
  ['src/a.js', 'FROM a AS b\nCOPY src /x\nFROM c\nCOPY --from=b /x /x\nCOPY src /www\n', undefined],
  ['src/a.js', 'FROM a\nCOPY other /www', undefined],
  ['src/a.js', 'FROM a\nCOPY src rel', undefined],
])('%s by %j', (path, dockerfile, expected) => {
  expect(places(path, infer('src/**/*.js'), { dockerfile })).toEqual(expected);
});

it('deletes, and builds when one of several changes is not covered', () => {
  const facts = { sync: manual('**/*.js', '/app'), needs: undefined, entries: new Map(), workdir: '' };
  expect(syncPlan([{ path: 'a.js', kind: 'deleted' }], facts)).toEqual({ copies: new Map(), deletes: ['/app/a.js'] });
  expect(
    syncPlan(
      [
        { path: 'a.js', kind: 'deleted' },
        { path: 'Dockerfile', kind: 'changed' },
      ],
      facts,
    ),
  ).toBeUndefined();
});
