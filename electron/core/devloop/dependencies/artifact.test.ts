// What artifacts depend on, read from real folders.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Artifact, Builder } from '../../../../shared/model/devloop/artifact';
import { dependenciesOf, placesOf } from './artifact';

const { signal } = new AbortController();
let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'boathouse-artifact-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const artifact = (builder: Builder): Artifact => ({
  image: 'web',
  context: dir,
  builder,
  platforms: [],
  requires: [],
  hooks: { before: [], after: [] },
  at: { file: join(dir, 'skaffold.yaml'), line: 1, column: 1 },
});
const docker = (target?: string): Builder => ({
  kind: 'docker',
  dockerfile: join(dir, 'Dockerfile'),
  ...(target && { target }),
  buildArgs: {},
  addHost: [],
  cacheFrom: [],
  cliFlags: [],
  pullParent: false,
  noCache: false,
  squash: false,
  secrets: [],
});
const write = (name: string, text: string) => writeFile(join(dir, name), text);
const read = (builder: Builder) => dependenciesOf(artifact(builder), 'linux/amd64', signal);

it('watches what a Dockerfile copies, less what is ignored, and what says so', async () => {
  await write('Dockerfile', 'FROM scratch\nCOPY src lib/*.js /app/\n');
  await write('.dockerignore', '**/*.test.js\n');
  const found = await read(docker());
  expect(placesOf(found)).toEqual([
    join(dir, 'lib'),
    join(dir, 'src'),
    join(dir, 'Dockerfile'),
    join(dir, 'Dockerfile.dockerignore'),
    join(dir, '.dockerignore'),
  ]);
  expect(['src/a.js', 'lib/a.js'].every(found.selection.takes)).toBe(true);
  expect(['src/a.test.js', 'lib/d/a.js', 'README'].some(found.selection.takes)).toBe(false);
});

it('takes the ignore file of the Dockerfile before the common one', async () => {
  await write('Dockerfile', 'FROM scratch\nCOPY . /\n');
  await write('.dockerignore', 'common');
  await write('Dockerfile.dockerignore', 'own');
  const { selection } = await read(docker());
  expect([selection.takes('common'), selection.takes('own')]).toEqual([true, false]);
});

it('has another recipe for another instruction or option, not for a comment', async () => {
  await write('Dockerfile', 'FROM scratch AS a\nCOPY a /a\n');
  const { recipe } = await read(docker());
  await write('Dockerfile', '# new\nFROM scratch AS a\n\nCOPY a /a\n');
  expect((await read(docker())).recipe).toBe(recipe);
  expect((await read(docker('a'))).recipe).not.toBe(recipe);
  await write('Dockerfile', 'FROM scratch AS a\nCOPY a /b\n');
  expect((await read(docker())).recipe).not.toBe(recipe);
});

it('says where a Dockerfile is missing or broken', async () => {
  await expect(read(docker())).rejects.toMatchObject({ code: 'bad-input', params: { file: join(dir, 'Dockerfile') } });
  await write('Dockerfile', 'FROM scratch\nCOPY a\n');
  await expect(read(docker())).rejects.toMatchObject({ params: { file: join(dir, 'Dockerfile'), line: 2 } });
});

it('takes the paths of a custom build as globs and folders', async () => {
  const dependencies = {
    kind: 'paths',
    paths: ['src', 'cmd/**/*.go', '*.mod'],
    ignore: ['src/gen', '**/*_test.go'],
  } as const;
  const { selection } = await read({
    kind: 'custom',
    dependencies: { ...dependencies, paths: [...dependencies.paths], ignore: [...dependencies.ignore] },
  });
  expect(['src/a/b', 'cmd/x/y.go', 'go.mod'].every(selection.takes)).toBe(true);
  expect(['src/gen/a', 'cmd/y_test.go', 'd/go.mod', 'srcs'].some(selection.takes)).toBe(false);
  expect(selection.closes('src/gen')).toBe(true);
});

it('asks a command for the paths of a custom build', async () => {
  const list = (command: string) => read({ kind: 'custom', dependencies: { kind: 'command', command } });
  expect((await list(`echo '["src/a.go"]'`)).selection.takes('src/a.go')).toBe(true);
  await expect(list('echo no; exit 3')).rejects.toMatchObject({ code: 'exec-failed', params: { exitCode: 3 } });
  await expect(list(`echo '["../x"]'`)).rejects.toMatchObject({ code: 'bad-input' });
});
