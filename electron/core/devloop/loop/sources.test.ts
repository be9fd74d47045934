// What a loop works from, look by look: nothing that was touched is forgotten, however broken something else was meanwhile.
import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readProject } from '../project/read';
import { configOf, folderWith } from '../project/testing/folder';
import { createSources, type Look } from './sources';

const { signal } = new AbortController();
const config = (...more: string[]) =>
  configOf('build: {artifacts: [{image: web}]}', 'manifests: {rawYaml: [k8s.yaml]}', ...more);
const configMap = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n`;

/** A folder, and what a look at it gives when these files were written (undefined: deleted) and no others touched. */
function folder(files: Record<string, string>) {
  const dir = folderWith(files);
  const sources = createSources({
    dir,
    read: () => readProject({ dir, env: {} }),
    platform: 'linux/amd64',
    namespace: 'dev',
    environment: { PATH: join(dir, 'bin') },
  });
  const look = (written: Record<string, string | undefined> = {}): Promise<Look> => {
    for (const [name, text] of Object.entries(written)) {
      if (text === undefined) rmSync(join(dir, name));
      else writeFileSync(join(dir, name), text);
    }
    return sources.look(new Set(Object.keys(written).map((name) => join(dir, name))), signal);
  };
  return {
    look,
    first: () => sources.look(undefined, signal),
    watched: () => sources.watched().roots,
    place: (name: string) => join(dir, name),
  };
}
const project = {
  'skaffold.yaml': config(),
  Dockerfile: 'FROM scratch\nCOPY src /\n',
  'src/a': '1',
  'k8s.yaml': configMap('one'),
};
const names = ({ manifests }: Look) => manifests.flat().map(({ object }) => object.metadata?.name);

it('keeps saying that a manifest is broken until it is mended, whatever else is saved', async () => {
  const { look, first } = folder(project);
  await first();
  const broken = await look({ 'k8s.yaml': 'kind: {' });
  expect(broken.failure?.params).toMatchObject({ line: 1 });
  expect((await look({ 'src/a': '2' })).failure?.message).toBe(broken.failure?.message);
  const mended = await look({ 'k8s.yaml': configMap('two') });
  expect(mended.failure).toBeUndefined();
  expect(names(mended)).toEqual(['two']);
});

it('keeps saying that a Dockerfile is broken, and takes in what was saved with it once it is mended', async () => {
  const { look, first } = folder(project);
  const before = (await first()).sources.get('web')?.digest;
  const broken = await look({ Dockerfile: 'FROM\n', 'src/a': '2' });
  expect(broken.failure?.code).toBe('bad-input');
  expect((await look({ 'k8s.yaml': configMap('two') })).failure?.message).toBe(broken.failure?.message);
  const mended = await look({ Dockerfile: project.Dockerfile });
  expect(mended.failure).toBeUndefined();
  expect(mended.sources.get('web')?.digest).not.toBe(before);
  expect(mended.changes.map(({ path }) => path.split('/').at(-1))).toEqual(['a']);
});

it('takes in the manifests of a module though those of another cannot be read', async () => {
  const module = (name: string) => [`metadata: {name: ${name}}`, `manifests: {rawYaml: [${name}.yaml]}`];
  const { look, first } = folder({
    'skaffold.yaml': `${configOf(...module('one'))}---\n${configOf(...module('two'))}`,
    'one.yaml': configMap('one'),
    'two.yaml': configMap('two'),
  });
  await first();
  expect((await look({ 'one.yaml': 'kind: {', 'two.yaml': configMap('other') })).failure).toBeDefined();
  expect(names(await look({ 'one.yaml': configMap('one') }))).toEqual(['one', 'other']);
});

it('finds what is deployed to differ by manifests, ports and charts, not by images or where something stands', async () => {
  const chart = 'deploy: {helm: {releases: [{name: r, chartPath: chart, valuesFiles: [values.yaml]}]}}';
  const { look, first } = folder({
    ...project,
    'skaffold.yaml': config(chart),
    'chart/Chart.yaml': '',
    'values.yaml': '',
  });
  const { deployment } = await first();
  const differs = async (written: Record<string, string | undefined>) =>
    (await look(written)).deployment !== deployment;
  expect(await differs({ 'src/a': '2' })).toBe(false);
  expect(await differs({ 'skaffold.yaml': `# a line more\n${config(chart)}` })).toBe(false);
  for (const [name, text] of [
    ['k8s.yaml', project['k8s.yaml']],
    ['values.yaml', ''],
    ['chart/Chart.yaml', ''],
  ] as const) {
    expect(await differs({ [name]: `${text}# more\n---\n${configMap('more')}` })).toBe(true);
    expect(await differs({ [name]: text })).toBe(false);
  }
  const ports = 'portForward: [{resourceType: service, resourceName: web, port: 80}]';
  expect(await differs({ 'skaffold.yaml': config(chart, ports) })).toBe(true);
});

it('looks at what a kustomization is made from elsewhere, also while that is broken', async () => {
  const { look, first, watched, place } = folder({
    'skaffold.yaml': configOf('manifests: {kustomize: {paths: [dev]}}'),
    'dev/kustomization.yaml': 'resources: [../base]\n',
    'base/kustomization.yaml': 'resources: [web.yaml]\n',
    'base/web.yaml': configMap('one'),
    // In place of the program, which not every computer has: it prints what the base says.
    'bin/kustomize':
      '#!/bin/sh\n/bin/grep -q ^kind "$2/../base/web.yaml" && exec /bin/cat "$2/../base/web.yaml"\nexit 1\n',
  });
  chmodSync(place('bin/kustomize'), 0o755);
  expect(names(await first())).toEqual(['one']);
  expect((await look({ 'base/web.yaml': 'broken' })).failure).toBeDefined();
  expect(watched().some((place) => place.endsWith('/base'))).toBe(true);
  expect(names(await look({ 'base/web.yaml': configMap('two') }))).toEqual(['two']);
});
