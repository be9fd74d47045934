// Groups of kubeadm's certificates and the bindings they need, at the versions where kubeadm changed them.
import { expect, test } from 'vitest';
import { certificateGroups, requiredBindings } from './access';
import { parseKubernetesVersion } from './kubernetes-version';

const masters = 'system:masters';
const admins = 'kubeadm:cluster-admins';

test.each([
  ['v1.20.2', { admin: masters, kubeletClient: masters, etcdClients: masters }],
  ['v1.28.15', { admin: masters, kubeletClient: masters, etcdClients: masters }],
  ['v1.29.2', { admin: admins, superAdmin: masters, kubeletClient: admins }],
  ['v1.32.13', { admin: admins, superAdmin: masters, kubeletClient: admins }],
  ['v1.33.11', { admin: admins, superAdmin: masters, kubeletClient: admins }],
  ['v1.33.12', { admin: admins, superAdmin: masters }],
  ['v1.35.0', { admin: admins, superAdmin: masters, kubeletClient: admins }],
  ['v1.36.1', { admin: admins, superAdmin: masters }],
  ['v1.37.0-rc.1', { admin: admins, superAdmin: masters }],
])('%s', (version, groups) => {
  expect(certificateGroups(parseKubernetesVersion(version))).toEqual(groups);
});

test.each([
  ['v1.20.2', []],
  ['v1.29.2', [[admins, 'cluster-admin', 'Group', admins]]],
  [
    'v1.36.1',
    [
      [admins, 'cluster-admin', 'Group', admins],
      ['kubeadm:apiserver-kubelet-client', 'system:kubelet-api-admin', 'User', 'kube-apiserver-kubelet-client'],
    ],
  ],
])('%s needs its bindings', (version, bindings) => {
  const made = requiredBindings(parseKubernetesVersion(version));
  expect(
    made.map(({ metadata, roleRef, subjects }) => [metadata.name, roleRef.name, subjects[0]?.kind, subjects[0]?.name]),
  ).toEqual(bindings);
});
