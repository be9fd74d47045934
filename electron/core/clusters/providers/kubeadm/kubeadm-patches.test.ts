// Patches of the kubeadm configuration, beyond what the comparison with the real kind shows.
import { describe, expect, test } from 'vitest';
import { type KubeadmPatches, patchedDocuments, unusedPatches } from './kubeadm-patches';
import { isTree, type Tree } from './patching';

const cluster = (version: string, extraArgs: Tree | Tree[]): Tree => ({
  apiVersion: `kubeadm.k8s.io/${version}`,
  kind: 'ClusterConfiguration',
  apiServer: { certSANs: ['localhost', '127.0.0.1'], extraArgs },
});
const kubelet: Tree = { apiVersion: 'kubelet.config.k8s.io/v1beta1', kind: 'KubeletConfiguration', maxPods: 1 };

function patches(kubeadm: string[], kubeadmJson6902: KubeadmPatches['kubeadmJson6902'] = []): KubeadmPatches {
  return { at: 'patches', kubeadm, kubeadmJson6902 };
}
const json = (kind: string, patch: string, group = '', version = '') => ({ group, version, kind, patch });

test('names of the certificate are added, each once', () => {
  const patch = 'kind: ClusterConfiguration\napiServer: {certSANs: [harbour.example, localhost]}';
  const [patched] = patchedDocuments([cluster('v1beta3', {})], patches([patch]));
  expect(patched?.apiServer).toEqual({ certSANs: ['localhost', '127.0.0.1', 'harbour.example'], extraArgs: {} });
});

describe('arguments', () => {
  const lists = cluster('v1beta4', [
    { name: 'v', value: '4' },
    { name: 'audit', value: 'x' },
  ]);
  const argumentsOf = (document: Tree, patch: string) => {
    const [patched] = patchedDocuments([document], patches([patch]));
    return isTree(patched?.apiServer) ? patched.apiServer.extraArgs : undefined;
  };

  test('that are lists are merged by name; a mapping without an API version will do, and null takes away', () => {
    const mapping = 'kind: ClusterConfiguration\napiServer: {extraArgs: {v: "5", audit: null, feature: "on"}}';
    expect(argumentsOf(lists, mapping)).toEqual([
      { name: 'v', value: '5' },
      { name: 'feature', value: 'on' },
    ]);
    const list = `${'apiVersion: kubeadm.k8s.io/v1beta4\n'}${'kind: ClusterConfiguration\napiServer: {extraArgs: [{name: v, value: "6"}]}'}`;
    expect(argumentsOf(lists, list)).toEqual([
      { name: 'v', value: '6' },
      { name: 'audit', value: 'x' },
    ]);
  });

  test('that are mappings are merged as any other', () => {
    const patch = 'kind: ClusterConfiguration\napiServer: {extraArgs: {v: "5", audit: null}}';
    expect(argumentsOf(cluster('v1beta3', { v: '4', audit: 'x', other: 'y' }), patch)).toEqual({ v: '5', other: 'y' });
  });
});

test('a patch is for one document: by kind, and by API version where it names one', () => {
  const texts = [
    'kind: KubeletConfiguration\nmaxPods: 2',
    'kind: KubeletConfiguration\napiVersion: kubelet.config.k8s.io/v1\nmaxPods: 3',
    'kind: KubeletConfig\nmaxPods: 4',
  ];
  const operations = [
    json('KubeletConfiguration', '[{op: add, path: /maxPods, value: 5}]', 'kubelet.config.k8s.io', 'v1'),
  ];
  const all = patches(texts, operations);
  expect(patchedDocuments([kubelet], all)).toEqual([{ ...kubelet, maxPods: 2 }]);
  expect(unusedPatches([kubelet], all)).toEqual([
    { at: 'patches.kubeadm[1]', kind: 'kubelet.config.k8s.io/v1 KubeletConfiguration' },
    { at: 'patches.kubeadm[2]', kind: 'KubeletConfig' },
    { at: 'patches.kubeadmJson6902[0]', kind: 'kubelet.config.k8s.io/v1 KubeletConfiguration' },
  ]);
});

test('what a document was is not changed', () => {
  const before = structuredClone(kubelet);
  patchedDocuments(
    [kubelet],
    patches(
      ['kind: KubeletConfiguration\nmaxPods: 2'],
      [json('KubeletConfiguration', '[{op: remove, path: /maxPods}]')],
    ),
  );
  expect(kubelet).toEqual(before);
});

test.each<[string, KubeadmPatches, string]>([
  ['is not YAML', patches(['kind: [']), 'spec.patches.kubeadm[0] is not right: it is not YAML: '],
  ['is no mapping', patches(['b o g u s']), 'spec.patches.kubeadm[0] is not right: it is not a mapping'],
  [
    'has no operations',
    patches([], [json('KubeletConfiguration', 'op: add')]),
    'spec.patches.kubeadmJson6902[0] is not right: it is not a list of operations, each with op and path',
  ],
  [
    'leads nowhere',
    patches([], [json('KubeletConfiguration', '[{op: replace, path: /no/where, value: 1}]')]),
    'spec.patches.kubeadmJson6902[0] is not right: it does not apply: ',
  ],
  [
    'expects something else',
    patches([], [json('KubeletConfiguration', '[{op: test, path: /maxPods, value: 7}]')]),
    'spec.patches.kubeadmJson6902[0] is not right: it does not apply: ',
  ],
])('a patch that %s is refused by its name', (_, broken, words) => {
  expect(() => patchedDocuments([kubelet], broken)).toThrow(
    expect.objectContaining({ code: 'template-invalid', message: expect.stringContaining(words) }),
  );
});
