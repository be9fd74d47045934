// What stands in the way of rendering is said with its next step: programs that are missing, addresses that are not asked, their own words.
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { configOf, folderWith, projectIn } from '../project/testing/folder';
import { render } from './render';

const { signal } = new AbortController();

/** Renders the first module of a project in which programs are only those of its folder `bin`. */
async function rendered(config: string, files: Record<string, string> = {}) {
  const dir = folderWith({ 'skaffold.yaml': configOf(config), 'bin/none': '', ...files });
  for (const name of Object.keys(files)) if (name.startsWith('bin/')) chmodSync(join(dir, name), 0o755);
  const [module] = (await projectIn(dir)).modules;
  if (!module) throw new Error('there is no module');
  const request = { deployment: module.deployment, images: new Map(), namespace: 'dev' };
  return render({ ...request, environment: { PATH: join(dir, 'bin') } }, signal);
}
const chart = 'manifests: {helm: {releases: [{name: web, chartPath: chart}]}}';
const chartFiles = { 'chart/Chart.yaml': 'name: web\n' };
const kustomize = 'manifests: {kustomize: {paths: [k]}}';
const kustomizeFiles = { 'k/kustomization.yaml': 'resources: []\n' };

it.each([
  ['helm', chart, chartFiles],
  ['kubectl', kustomize, kustomizeFiles],
])('says that %s is missing', async (program, config, files) => {
  await expect(rendered(config, files)).rejects.toMatchObject({
    code: 'program-missing',
    params: { program },
    hints: [{ code: 'install-program', params: { program } }],
  });
});

it('takes what helm prints, and its words where it fails', async () => {
  const says = (text: string) => ({ ...chartFiles, 'bin/helm': `#!/bin/sh\n${text}\n` });
  const made = await rendered(chart, says("echo 'kind: ConfigMap\napiVersion: v1\nmetadata: {name: '$2'}'"));
  expect(made).toMatchObject([{ object: { metadata: { name: 'web' } }, place: { line: 3 } }]);
  await expect(rendered(chart, says('echo "Error: no such value" >&2; exit 1'))).rejects.toMatchObject({
    code: 'exec-failed',
    message: 'helm failed: Error: no such value',
  });
});

it('takes kubectl for kustomizations where kustomize is not there', async () => {
  const says = (text: string) => ({ ...kustomizeFiles, 'bin/kubectl': `#!/bin/sh\necho "${text}"\n` });
  expect(await rendered(kustomize, says('{apiVersion: v1, kind: $1, metadata: {name: a}}'))).toMatchObject([
    { object: { kind: 'kustomize' } },
  ]);
  await expect(rendered(kustomize, says('kind: $1'))).rejects.toMatchObject({
    code: 'bad-input',
    params: { line: 3, reason: 'what is made of it is no manifest: it has no apiVersion' },
  });
});

it('asks no address in a private network', async () => {
  const config = 'manifests: {rawYaml: ["https://127.0.0.1/web.yaml"]}';
  await expect(rendered(config)).rejects.toMatchObject({ code: 'address-refused' });
});
