// Projects that are proposed for folders: what is found, which Dockerfile is which image, and that the file reads back.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { saveProposal } from '../open';
import { configOf, folderWith, projectIn } from '../testing/folder';
import { type Buildable, imagesIn, match } from './match';
import { propose } from './propose';

const never = new AbortController().signal;
const deployment = (name: string, ...images: string[]) =>
  JSON.stringify({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: { template: { spec: { containers: images.map((image) => ({ name: 'c', image })) } } },
  });

describe('a folder', () => {
  it('with a service each in its folder becomes a project that builds and deploys them', async () => {
    const dir = folderWith({
      'web/Dockerfile': 'FROM node\nCOPY package.json .\n',
      'web/package.json': '{}',
      'api/Dockerfile.dev': 'FROM go\nCOPY api/ /src\n',
      'node_modules/x/Dockerfile': 'FROM scratch',
      'k8s/web.yaml': deployment('web', 'registry.example/shop/web:1.0'),
      'k8s/api.yaml': deployment('api', 'shop-api', 'redis:7'),
    });
    const proposal = await propose(dir, never);
    expect(proposal).toMatchObject({
      artifacts: [
        { image: 'shop-api', dockerfile: 'api/Dockerfile.dev', context: '.', namedBy: 'manifest' },
        { image: 'registry.example/shop/web', dockerfile: 'web/Dockerfile', context: 'web', namedBy: 'manifest' },
      ],
      manifests: ['k8s/api.yaml', 'k8s/web.yaml'],
      fetched: ['redis'],
      cut: false,
    });
    writeFileSync(join(dir, 'skaffold.yaml'), proposal.yaml ?? '');
    const { modules, problems } = await projectIn(dir);
    expect(problems).toEqual([]);
    expect(modules[0]).toMatchObject({
      artifacts: [
        { image: 'shop-api', context: dir, builder: { dockerfile: join(dir, 'api/Dockerfile.dev') } },
        { image: 'registry.example/shop/web', context: join(dir, 'web') },
      ],
      deployment: { rawYaml: [{ pattern: `${dir}/k8s/*.yaml` }] },
    });
  });

  it('with kustomizations takes the overlay for this computer, and what they take in no second time', async () => {
    const kustomization = (...resources: string[]) => JSON.stringify({ resources });
    const dir = folderWith({
      'deploy/base/kustomization.yaml': kustomization('app.yaml'),
      'deploy/base/app.yaml': deployment('app', 'app'),
      'deploy/overlays/prod/kustomization.yaml': kustomization('../../base'),
      'deploy/overlays/dev/kustomization.yaml': kustomization('../../base'),
      Dockerfile: 'FROM scratch',
    });
    expect(await propose(dir, never)).toMatchObject({
      manifests: [],
      kustomizations: ['deploy/overlays/dev'],
      artifacts: [{ image: 'app', namedBy: 'only' }],
    });
  });

  it('with a chart tells it of the image that it is for', async () => {
    const dir = folderWith({
      'charts/shop/Chart.yaml': 'name: shop',
      'charts/shop/values.yaml': 'image: {repository: shop, tag: x}',
      'charts/shop/templates/a.yaml': deployment('not-a-manifest', 'x'),
      Dockerfile: 'FROM scratch',
    });
    const { yaml, charts, manifests } = await propose(dir, never);
    expect({ charts, manifests }).toEqual({ charts: ['charts/shop'], manifests: [] });
    writeFileSync(join(dir, 'skaffold.yaml'), yaml ?? '');
    expect((await projectIn(dir)).modules[0]?.deployment).toMatchObject({
      rawYaml: [],
      releases: [{ name: 'shop', setValueTemplates: { 'image.repository': '{{.IMAGE_REPO_shop}}' } }],
    });
  });

  it('with nothing of that is no project', async () => {
    const proposal = await propose(folderWith({ 'values.yaml': 'a: b', 'kind.yaml': 'kind: Cluster' }), never);
    expect(proposal.yaml).toBeUndefined();
  });

  it('can be stopped', async () => {
    await expect(propose(folderWith({}), AbortSignal.abort(new Error('stop')))).rejects.toThrow('stop');
  });
});

describe('images', () => {
  const file = (dockerfile: string): Buildable => ({ dockerfile, context: '.' });
  const names = (files: string[], images: string[]) =>
    match(files.map(file), images, 'shop').artifacts.map(({ image }) => image);

  it.each([
    [['web/Dockerfile'], ['team/web'], ['team/web']],
    [
      ['Dockerfile.web', 'Dockerfile.api'],
      ['shop-api', 'shop-web'],
      ['shop-web', 'shop-api'],
    ],
    [
      ['web/Dockerfile', 'webhook/Dockerfile'],
      ['webhook', 'web'],
      ['web', 'webhook'],
    ],
    [['Dockerfile'], ['something', 'postgres'], ['something']],
    [['Dockerfile'], ['one', 'two'], ['shop']],
    [['a/Dockerfile', 'b/a/Dockerfile'], [], ['a', 'a-2']],
  ])('%j and %j are %j', (files, images, expected) => {
    expect(names(files, images)).toEqual(expected);
  });

  it('are found in containers of any kind, without tags', () => {
    const pod = {
      spec: { initContainers: [{ image: 'a:5000/b:1' }], containers: [{ image: 'c@sha256:00' }, { image: 'd' }] },
    };
    expect(imagesIn([pod, { spec: { jobTemplate: pod } }, { image: 'no' }])).toEqual(['a:5000/b', 'c', 'd']);
  });
});

describe('saving', () => {
  it('writes no file over another, and no text that is none', async () => {
    const dir = folderWith({});
    await expect(saveProposal(dir, 'apiVersion: v1')).rejects.toMatchObject({ code: 'bad-input' });
    const text = configOf('build: {artifacts: [{image: a}]}');
    expect(await saveProposal(dir, text)).toEqual({ file: join(dir, 'skaffold.yaml') });
    await expect(saveProposal(dir, text)).rejects.toMatchObject({ code: 'name-taken' });
    await expect(saveProposal(join(dir, 'gone'), text)).rejects.toMatchObject({ code: 'not-found' });
    await expect(saveProposal('relative', text)).rejects.toMatchObject({ code: 'bad-input' });
  });
});
