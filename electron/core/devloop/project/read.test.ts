// Projects as they are read: defaults, versions, modules, profiles, templates, and the words for what is wrong.
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readProject } from './read';
import { configOf, errorsIn, folderWith, projectIn } from './testing/folder';

const web = ['build:', '  artifacts:', '    - image: web'];

describe('a project', () => {
  it("has skaffold's defaults", async () => {
    const dir = folderWith({ 'skaffold.yaml': configOf(...web), Dockerfile: 'FROM scratch' });
    const project = await projectIn(dir);
    expect(project).toMatchObject({ dir, problems: [], unsupported: [] });
    expect(project.modules).toMatchObject([
      {
        artifacts: [{ image: 'web', context: dir, builder: { kind: 'docker', dockerfile: join(dir, 'Dockerfile') } }],
        build: { concurrency: 1, tagPolicy: { kind: 'gitCommit', variant: 'Tags' } },
        deployment: {
          rawYaml: [{ pattern: `${dir}/k8s/*.yaml` }],
          statusCheck: true,
          statusCheckDeadline: 600,
          logPrefix: 'auto',
        },
      },
    ]);
    expect(project.files).toEqual([join(dir, 'skaffold.yaml'), join(dir, 'skaffold.env')]);
  });

  it('says where its parts stand', async () => {
    const dir = folderWith({ 'skaffold.yaml': configOf(...web, 'manifests:', '  rawYaml: [a.yaml]') });
    const [module] = (await projectIn(dir)).modules;
    expect(module?.artifacts[0]?.at).toEqual({ file: join(dir, 'skaffold.yaml'), line: 5, column: 14 });
    expect(module?.deployment.rawYaml[0]?.at).toMatchObject({ line: 7, column: 13 });
  });

  it('tells of files that are not there, and is read all the same', async () => {
    const dir = folderWith({ 'skaffold.yaml': configOf(...web, 'manifests:', '  rawYaml: [gone.yaml]') });
    const { problems } = await projectIn(dir);
    expect(problems.map(({ line, severity, message }) => `${line} ${severity} ${message}`)).toEqual([
      '5 warning there is no Dockerfile Dockerfile',
      '7 warning there is no manifest gone.yaml',
    ]);
  });

  it('is none without a skaffold.yaml', async () => {
    expect(await readProject({ dir: folderWith({ 'x.yaml': '' }), env: {} })).toMatchObject({ kind: 'none' });
  });

  it('fills variables from the environment and skaffold.env, and leaves what only a build knows', async () => {
    const args = [
      '      docker:',
      '        buildArgs:',
      '          A: "{{.A}}-{{.B}}-{{.IMAGE_NAME}}"',
      '          C: "{{.C}}"',
    ];
    const dir = folderWith({ 'skaffold.yaml': configOf(...web, ...args), 'skaffold.env': 'A=file\nB=file' });
    const { modules, problems } = await projectIn(dir, { env: { A: 'set' } });
    expect(modules[0]?.artifacts[0]?.builder).toMatchObject({
      buildArgs: { A: 'set-file-{{.IMAGE_NAME}}', C: '{{.C}}' },
    });
    expect(problems.find(({ message }) => message.includes('{{.C}}'))).toMatchObject({ line: 9, severity: 'warning' });
  });

  it('keeps numbers as they are written where text is wanted', async () => {
    const values = [
      'deploy:',
      '  helm:',
      '    releases:',
      '      - name: a',
      '        chartPath: c',
      '        setValues:',
    ];
    const dir = folderWith({
      'skaffold.yaml': configOf(...values, '          image: {tag: 1.10}', '          on: true'),
    });
    const [release] = (await projectIn(dir)).modules[0]?.deployment.releases ?? [];
    expect(release?.setValues).toEqual({ 'image.tag': '1.10', on: 'true' });
  });

  it('resolves anchors, merge keys and top-level keys with a dot', async () => {
    const dir = folderWith({
      'skaffold.yaml': configOf(
        '.base: &base {context: src, platforms: [linux/amd64]}',
        'build:',
        '  artifacts:',
        '    - <<: *base',
        '      image: web',
      ),
    });
    expect((await projectIn(dir)).modules[0]?.artifacts).toMatchObject([
      { image: 'web', context: join(dir, 'src'), platforms: ['linux/amd64'] },
    ]);
  });
});

describe('what is wrong', () => {
  const wrong = (text: string, request = {}) => errorsIn(folderWith({ 'skaffold.yaml': text }), request);

  it.each([
    [
      'a typo, with what was meant',
      configOf('build:', '  artefacts: []'),
      '4:3 build.artefacts is not known here, did you mean artifacts?',
    ],
    ['a wrong kind of value', configOf('build:', '  artifacts: web'), '4:14 build.artifacts must be a list'],
    [
      'an old version',
      'apiVersion: skaffold/v2beta8\nkind: Config\n',
      '1:13 skaffold/v2beta8 is older than v2beta29, the oldest that is read; "skaffold fix --overwrite" writes the file anew as skaffold/v4beta14',
    ],
    [
      'a newer version',
      'apiVersion: skaffold/v4beta99\nkind: Config\n',
      '1:13 skaffold/v4beta99 is newer than skaffold/v4beta14, the newest that is read',
    ],
    [
      'a version that never was',
      'apiVersion: skaffold/v4betal4\nkind: Config\n',
      "1:13 skaffold/v4betal4 is no version of skaffold's, did you mean skaffold/v4beta4?",
    ],
    [
      'no version',
      'kind: Config\n',
      "1:1 apiVersion is missing: it says which version of skaffold's schema this is, such as skaffold/v4beta14",
    ],
    [
      'another kind of file',
      'apiVersion: v1\nkind: Pod\n',
      "1:13 apiVersion must be one of skaffold's, such as skaffold/v4beta14, and not v1",
    ],
    ['an empty file', '', '1:1 the file is empty; it begins with "apiVersion: skaffold/v4beta14"'],
    ['an alias of nothing', configOf('build: *gone'), '3:8 *gone stands for nothing: there is no &gone before it'],
    [
      'two builders',
      configOf(...web, '      docker: {}', '      custom: {buildCommand: x}'),
      '5:7 an image is built in one way, and here are docker and custom',
    ],
    [
      'a release without a chart',
      configOf('deploy:', '  helm:', '    releases:', '      - name: a'),
      '6:9 a release has either chartPath or remoteChart',
    ],
    ['nothing to do', configOf(), '1:1 there is nothing to build and nothing to deploy in this file'],
  ])('%s', async (_what, text, message) => {
    expect(await wrong(text)).toEqual([`skaffold.yaml:${message}`]);
  });

  it('a profile that is not there', async () => {
    const text = configOf(...web, 'profiles:', '  - name: fast');
    expect(await wrong(text, { profiles: ['fats'] })).toEqual([
      'skaffold.yaml:1:1 there is no profile fats, did you mean fast?',
    ]);
  });

  it('an alias that multiplies without end', async () => {
    const levels = Array.from({ length: 12 }, (_none, n) => `.l${n + 1}: &l${n + 1} [${`*l${n}, `.repeat(9)}]`);
    const [error] = await wrong(configOf('.l0: &l0 [x]', ...levels, ...web));
    expect(error).toContain('more than 50000 values');
  });
});

describe('profiles', () => {
  const profiled = (...lines: string[]) =>
    folderWith({ 'skaffold.yaml': configOf(...web, '    - image: api', 'profiles:', ...lines) });
  const images = async (dir: string, request = {}) =>
    (await projectIn(dir, request)).modules.flatMap(({ artifacts }) => artifacts.map(({ image }) => image));

  it('replace lists whole and mappings in parts', async () => {
    const dir = profiled(
      '  - name: one',
      '    build:',
      '      artifacts: [{image: only}]',
      '      local: {concurrency: 0}',
    );
    const { modules, profiles } = await projectIn(dir, { profiles: ['one'] });
    expect(modules[0]).toMatchObject({ artifacts: [{ image: 'only' }], build: { concurrency: 0 } });
    expect(profiles).toEqual([{ name: 'one', active: true, by: 'name' }]);
    expect(await images(dir)).toEqual(['web', 'api']);
  });

  it('say where they stand when they bring what is not supported', async () => {
    const dir = profiled('  - name: cloud', '    build: {googleCloudBuild: {}}');
    expect((await projectIn(dir, { profiles: ['cloud'] })).unsupported).toMatchObject([
      { path: 'profiles[0].build.googleCloudBuild', line: 9, column: 13, effect: 'differs' },
    ]);
    expect((await projectIn(dir)).unsupported).toEqual([]);
  });

  it.each([
    ['command', 'command: dev', {}, true],
    ['another command', 'command: run', {}, false],
    ['a variable', 'env: MODE=fast', { env: { MODE: 'fast' } }, true],
    ['a variable by pattern', 'env: MODE=fa.t', { env: { MODE: 'very-fast' } }, true],
    ['a variable that is not so', 'env: MODE=!fast', { env: { MODE: 'slow' } }, true],
    ['a variable that is not set', 'env: MODE=', { env: { MODE: 'x' } }, false],
    ['the context', 'kubeContext: kind-.*', { context: 'kind-shop' }, true],
    ['another context', 'kubeContext: minikube', { context: 'kind-shop' }, false],
    ['the context, kept out by name', 'kubeContext: kind-.*', { context: 'kind-shop', profiles: ['-auto'] }, false],
  ])('are activated by %s', async (_what, activation, request, active) => {
    const dir = profiled(
      '  - name: auto',
      `    activation: [{${activation}}]`,
      '    build: {artifacts: [{image: only}]}',
    );
    expect(await images(dir, request)).toEqual(active ? ['only'] : ['web', 'api']);
  });

  it('patch by index, add, remove, move and find by value', async () => {
    const dir = profiled(
      '  - name: p',
      '    patches:',
      '      - {path: /build/artifacts/0/image, value: first}',
      '      - {op: add, path: /build/artifacts/1, value: {image: middle}}',
      '      - {op: add, path: /build/artifacts/-, value: {image: last}}',
      '      - {op: remove, path: /build/artifacts/image=api}',
      '      - {op: move, from: /build/artifacts/0, path: /build/artifacts/-}',
    );
    expect(await images(dir, { profiles: ['p'] })).toEqual(['middle', 'last', 'first']);
  });

  it('tell of a patch that leads to nothing, and of a field that it makes up', async () => {
    const lost = profiled('  - name: p', '    patches:', '      - {path: /build/artifacts/5/image, value: x}');
    expect(await errorsIn(lost, { profiles: ['p'] })).toEqual([
      'skaffold.yaml:10:16 the patch cannot be applied: /build/artifacts/5/image: there is no /build/artifacts/5',
    ]);
    const made = profiled(
      '  - name: p',
      '    patches:',
      '      - {op: add, path: /build/artifacts/0/dockr, value: {}}',
    );
    expect(await errorsIn(made, { profiles: ['p'] })).toEqual([
      expect.stringContaining('build.artifacts[0].dockr is not known here, did you mean docker?'),
    ]);
  });
});

describe('modules', () => {
  const named = (name: string, ...rest: string[]) => configOf('metadata:', `  name: ${name}`, ...rest);
  const image = (name: string) => ['build:', '  artifacts:', `    - image: ${name}`];

  it('come after what they require, each once, with paths of their own', async () => {
    const dir = folderWith({
      'skaffold.yaml': named('app', 'requires: [{path: lib}, {path: db, configs: [data]}]', ...image('app')),
      'lib/skaffold.yaml': named('lib', 'requires: [{path: ../db, configs: [data]}]', ...image('lib')),
      'db/skaffold.yaml': `${named('data', ...image('data'))}---\n${named('tools', ...image('tools'))}`,
    });
    const { modules, name, files } = await projectIn(dir);
    expect(name).toBe('app');
    expect(modules.map((module) => [module.name, module.artifacts[0]?.context])).toEqual([
      ['data', join(dir, 'db')],
      ['lib', join(dir, 'lib')],
      ['app', dir],
    ]);
    expect(files).toHaveLength(4);
  });

  it('get the profiles that are mapped for them', async () => {
    const lib = named(
      'lib',
      ...image('lib'),
      'profiles:',
      '  - name: quick',
      '    build: {artifacts: [{image: quick}]}',
    );
    const mapped = 'requires: [{path: lib, activeProfiles: [{name: quick, activatedBy: [dev]}]}]';
    const dir = folderWith({
      'skaffold.yaml': named('app', mapped, ...image('app'), 'profiles:', '  - name: dev'),
      'lib/skaffold.yaml': lib,
    });
    expect((await projectIn(dir)).modules[0]?.artifacts[0]?.image).toBe('lib');
    expect((await projectIn(dir, { profiles: ['dev'] })).modules[0]?.artifacts[0]?.image).toBe('quick');
  });

  it('tell of what is required and not there', async () => {
    const dir = folderWith({
      'skaffold.yaml': named('app', 'requires: [{path: gone}, {path: lib, configs: [other]}]', ...image('app')),
      'lib/skaffold.yaml': named('lib', ...image('lib')),
    });
    expect(await errorsIn(dir)).toEqual([
      `skaffold.yaml:5:19 there is no file ${join(dir, 'gone')}`,
      `skaffold.yaml:5:48 ${join(dir, 'lib/skaffold.yaml')} has no other`,
    ]);
  });

  it('may require each other in a circle', async () => {
    const dir = folderWith({
      'skaffold.yaml': named('app', 'requires: [{path: lib}]', ...image('app')),
      'lib/skaffold.yaml': named('lib', 'requires: [{path: ..}]', ...image('lib')),
    });
    expect((await projectIn(dir)).modules.map(({ name }) => name)).toEqual(['lib', 'app']);
  });

  it('have one name each', async () => {
    const dir = folderWith({ 'skaffold.yaml': `${named('app', ...image('a'))}---\n${named('app', ...image('b'))}` });
    expect(await errorsIn(dir)).toEqual(['skaffold.yaml:12:9 a configuration in this file is called app, too']);
  });
});

describe('v2beta29', () => {
  const old = (...lines: string[]) => ['apiVersion: skaffold/v2beta29', 'kind: Config', ...lines, ''].join('\n');

  it('has its manifests under the deployers', async () => {
    const text = old(
      'deploy:',
      '  kubectl: {manifests: [a.yaml]}',
      '  kustomize: {paths: [over], defaultNamespace: dev}',
    );
    const dir = folderWith({ 'skaffold.yaml': text });
    expect((await projectIn(dir)).modules[0]?.deployment).toMatchObject({
      rawYaml: [{ pattern: `${dir}/a.yaml`, at: { line: 4 } }],
      kustomize: [{ dir: join(dir, 'over') }],
      defaultNamespace: 'dev',
    });
  });

  it('tells charts of images by its strategies', async () => {
    const release = ['deploy:', '  helm:', '    releases:', '      - name: a', '        chartPath: c'];
    const overrides = '        artifactOverrides: {image: example/web}';
    const values = async (...rest: string[]) => {
      const dir = folderWith({ 'skaffold.yaml': old(...release, overrides, ...rest) });
      return (await projectIn(dir)).modules[0]?.deployment.releases[0]?.setValueTemplates;
    };
    expect(await values()).toEqual({ image: '{{.IMAGE_FULLY_QUALIFIED_example_web}}' });
    expect(await values('        imageStrategy: {helm: {explicitRegistry: true}}')).toEqual({
      'image.registry': '{{.IMAGE_DOMAIN_example_web}}',
      'image.repository': '{{.IMAGE_REPO_NO_DOMAIN_example_web}}',
      'image.tag': '{{.IMAGE_TAG_example_web}}@{{.IMAGE_DIGEST_example_web}}',
    });
  });

  it('does not know what came later', async () => {
    const dir = folderWith({ 'skaffold.yaml': old('manifests: {rawYaml: [a.yaml]}') });
    expect(await errorsIn(dir)).toEqual(['skaffold.yaml:3:1 manifests is not known here']);
  });
});
