// What `boathouse dev --check` says of a project, of a broken one, and of a folder that is none yet.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { proposeProject, saveProposal } from '../../../core/devloop/project/open';
import { readProject } from '../../../core/devloop/project/read';
import { configOf, folderWith } from '../../../core/devloop/project/testing/folder';
import type { Core } from '../../../core/options';
import { memoryTerminal, sessionAround } from '../../memory-terminal';
import { type CheckOptions, check } from './check';

async function checked(dir: string, options: CheckOptions = {}, json = false) {
  const devloop = {
    read: (input: { dir: string; profiles: string[] }) => readProject({ ...input, env: {} }),
    propose: ({ dir: folder }: { dir: string }) => proposeProject(folder, new AbortController().signal),
    save: ({ dir: folder, yaml }: { dir: string; yaml: string }) => saveProposal(folder, yaml),
  };
  const terminal = memoryTerminal();
  const session = sessionAround({ client: { devloop } } as unknown as Core, terminal, { json });
  const code = await check(session, dir, options);
  return { code, text: terminal.stdout.join('\n').replaceAll(dir, 'DIR') };
}

it('shows what is built, deployed and forwarded, and what is not supported', async () => {
  const dir = folderWith({
    'skaffold.yaml': configOf(
      'metadata: {name: shop}',
      'build:',
      '  artifacts:',
      '    - image: web',
      '      sync: {infer: ["*.html"]}',
      '    - image: api',
      '      ko: {}',
      'manifests: {rawYaml: ["k8s/*.yaml"]}',
      'portForward: [{resourceType: Service, resourceName: web, port: 80, localPort: 8080}]',
      'profiles: [{name: fast, activation: [{command: dev}]}, {name: slow}]',
    ),
    Dockerfile: 'FROM scratch',
  });
  expect(await checked(dir)).toEqual({
    code: 0,
    text: [
      'shop  DIR',
      'Builds    web             Dockerfile      sync: *.html',
      'Deploys   k8s/*.yaml      manifests',
      'Forwards  127.0.0.1:8080  service/web:80',
      'Profiles used: fast (command)',
      'Other profiles: slow',
      '',
      'Not supported, or not as in skaffold (1):',
      'skaffold.yaml:9:7 build.artifacts[1].ko: images are built from Dockerfiles and by commands, not by ko; this image is not built, and pods that use it run the one that their nodes can get',
    ].join('\n'),
  });
});

it('ends with 2 where the file cannot be used, at the line', async () => {
  const dir = folderWith({ 'skaffold.yaml': configOf('bild: {}') });
  const { code, text } = await checked(dir);
  expect(code).toBe(2);
  expect(text).toBe(
    'DIR cannot be used as it is\n\nskaffold.yaml:3:1 error: bild is not known here, did you mean build?',
  );
  expect(JSON.parse((await checked(dir, {}, true)).text)).toMatchObject({ kind: 'broken', problems: [{ line: 3 }] });
});

it('proposes a file for a folder without one, and writes it when asked', async () => {
  const dir = folderWith({ 'web/Dockerfile': 'FROM scratch' });
  const { code, text } = await checked(dir);
  expect(code).toBe(0);
  expect(text).toContain('- image: web');
  expect(existsSync(join(dir, 'skaffold.yaml'))).toBe(false);
  expect((await checked(dir, { save: true })).text).toContain('Written: DIR/skaffold.yaml');
  expect((await checked(dir)).text).toContain('web/Dockerfile');
  await expect(checked(dir, { save: true })).rejects.toMatchObject({ code: 'name-taken' });
});

it('says when there is nothing to develop', async () => {
  const { code, text } = await checked(folderWith({ 'readme.txt': '' }));
  expect(code).toBe(2);
  expect(text).toContain('no Dockerfile, manifest, kustomization or chart was found');
});
