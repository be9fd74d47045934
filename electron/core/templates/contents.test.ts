// Texts and files of a template that are not what they should be, each at its place.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAuthority } from '../clusters/providers/kubeadm/certificate';
import { brokenFiles, brokenTexts, certificatesIn } from './contents';
import { templateOf } from './testing/template-of';

const pem = createAuthority('company', new Date('2026-01-01'), new Date('2036-01-01')).certificate;
const manifest = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n';
const operations = '[{op: add, path: /a, value: 1}]';
const json = { group: '', version: '', kind: 'ClusterConfiguration' };

describe('texts', () => {
  it('that are right have nothing against them', () => {
    const spec = {
      manifests: [{ name: 'a', inline: manifest }],
      certificates: [{ name: 'a', inline: `the company's\n${pem}${pem}` }],
      patches: {
        kubeadm: ['kind: A\n---\nkind: B\n'],
        kubeadmJson6902: [{ ...json, patch: operations }],
        containerd: ['version = 2\n[plugins."io.containerd.grpc.v1.cri"]\n'],
        containerdJson6902: [operations],
      },
    };
    expect(brokenTexts(templateOf(spec).spec)).toEqual([]);
  });

  it('that are not are named', () => {
    const broken = pem.replace(/\n.*\n/, '\nMIIB\n');
    const spec = {
      nodes: [{ role: 'control-plane', patches: { kubeadm: ['- a'] } }],
      manifests: [
        { name: 'a', inline: 'kind: Pod' },
        { name: 'b', inline: manifest },
      ],
      certificates: [{ name: 'a', inline: broken }],
      patches: {
        kubeadm: ['a: b', 'a: ['],
        kubeadmJson6902: [{ ...json, patch: 'op: add' }],
        containerd: ['a = '],
        containerdJson6902: ['[{op: add}]'],
      },
    };
    const found = brokenTexts(templateOf(spec).spec).map(({ path, message }) => `${path.join('.')}: ${message}`);
    expect(found).toEqual([
      'manifests.0.inline: it has no apiVersion',
      'certificates.0.inline: it is not a certificate',
      expect.stringMatching(/^patches\.kubeadm\.1: it is not YAML: .* at line 1, column 5$/),
      'patches.kubeadmJson6902.0.patch: it is not a list of operations, each with op and path',
      'nodes.0.patches.kubeadm.0: it is not a mapping',
      expect.stringMatching(/^patches\.containerd\.0: it is not TOML: /),
      'patches.containerdJson6902.0: it is not a list of operations, each with op and path',
    ]);
  });
});

describe('files', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'contents-'));
    await writeFile(join(folder, 'good.yaml'), manifest);
    await writeFile(join(folder, 'bad.yaml'), 'a: [');
    await writeFile(join(folder, 'good.pem'), pem);
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('are read where the template means them', async () => {
    const template = templateOf({
      manifests: [
        { name: 'a', file: './good.yaml' },
        { name: 'b', file: '~/bad.yaml' },
      ],
      certificates: [
        { name: 'a', file: 'good.pem' },
        { name: 'b', file: 'good.yaml' },
      ],
    });
    const base = { homeDirectory: folder, platform: process.platform, folder };
    const found = (await brokenFiles(template, base)).map(({ path, message }) => `${path.join('.')}: ${message}`);
    expect(found).toEqual([
      expect.stringMatching(/^manifests\.1\.file: it is not YAML: /),
      'certificates.1.file: it holds no certificate as PEM text',
    ]);
  });
});

it('certificates are found between other words', () => {
  expect(certificatesIn(`subject=company\n${pem}\nissuer=company\n${pem}`)).toEqual([pem, pem]);
});
