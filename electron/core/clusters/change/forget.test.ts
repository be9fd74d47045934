// What kubeadm's stored texts become when control planes come and go.
import { expect, test } from 'vitest';
import { withElection } from './endpoint';
import { withoutControlPlane } from './forget';

const status = `apiEndpoints:
  shop-control-plane: {advertiseAddress: 172.30.0.2, bindPort: 6443}
  shop-control-plane2: {advertiseAddress: 172.30.0.3, bindPort: 6443}
kind: ClusterStatus
`;

test('a control plane that has gone is in no list any more', () => {
  const changed = withoutControlPlane(status, 'shop-control-plane') ?? '';
  expect(changed).toContain('shop-control-plane2');
  expect(changed).not.toContain('shop-control-plane:');
  expect(changed).toContain('kind: ClusterStatus');
});

test('nothing changes where it is in none', () => {
  expect(withoutControlPlane(status, 'shop-control-plane3')).toBeUndefined();
  expect(withoutControlPlane(undefined, 'shop-control-plane')).toBeUndefined();
});

test('controllers act when elected, in both notations of kubeadm', () => {
  const before = 'extraArgs:\n    leader-elect: "false"\n    qps: "100"\n';
  expect(withElection(before, true)).toBe(before.replace('false', 'true'));
  expect(withElection(withElection(before, true), false)).toBe(before);
  const list = 'extraArgs:\n  - name: leader-elect\n    value: "false"\n  - name: other\n    value: "false"\n';
  expect(withElection(list, true)).toBe(list.replace('false', 'true'));
});
