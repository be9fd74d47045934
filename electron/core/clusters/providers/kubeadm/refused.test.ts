// What cannot go together with a Kubernetes version, found before anything is made.
import { expect, test } from 'vitest';
import { templateOf } from '../../../templates/testing/template-of';
import { checkPatches, patchesInVain, versionProblem } from './refused';

test.each([
  [{ networking: { kubeProxy: 'nftables' } }, 'v1.28.0', 'networking.kubeProxy'],
  [{ networking: { kubeProxy: 'nftables' } }, 'v1.29.0', undefined],
  [{ networking: { kubeProxy: 'ipvs' } }, 'v1.20.2', undefined],
])('%o with %s: %s', (spec, version, field) => {
  expect(versionProblem(templateOf(spec).spec, version)?.params?.file).toBe(field);
});

test('a patch of a pool that does not apply is named', () => {
  const json = { group: '', version: '', kind: 'ClusterConfiguration', patch: '[{op: remove, path: /not/there}]' };
  const nodes = [{ role: 'control-plane' }, { role: 'worker', patches: { kubeadmJson6902: [json] } }];
  expect(() => checkPatches('dev', templateOf({ nodes }), 'v1.36.1')).toThrow(
    expect.objectContaining({
      code: 'template-invalid',
      message: expect.stringContaining('spec.nodes[1].patches.kubeadmJson6902[0] is not right: it does not apply'),
    }),
  );
  expect(() => checkPatches('dev', templateOf({}), 'v1.36.1')).not.toThrow();
});

test('patches that are for nothing are told once', () => {
  const patches = {
    kubeadm: ['kind: ClusterConfigration', 'apiVersion: kubeadm.k8s.io/v1beta2\nkind: ClusterConfiguration'],
  };
  const template = templateOf({ nodes: [{ role: 'control-plane', count: 3 }], patches });
  expect(patchesInVain(template, 'v1.36.1')).toEqual([
    { at: 'patches.kubeadm[0]', kind: 'ClusterConfigration' },
    { at: 'patches.kubeadm[1]', kind: 'kubeadm.k8s.io/v1beta2 ClusterConfiguration' },
  ]);
  expect(patchesInVain(template, 'v1.20.2')).toHaveLength(1);
});
