// kubeadm configurations: against recorded output of kind 0.33, the listed differences, extras, and how YAML is written.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { type Difference, differences } from './differences';
import { bootstrapToken, generatedDocuments, kubeadmConfig } from './kubeadm-config';
import type { KubeadmConfigRequest } from './kubeadm-config-request';
import { comparedClusters, comparedRecordings, compareWithKind, titleOf } from './testing/comparison';
import { fieldsOf } from './testing/fields';

const recordings = join(import.meta.dirname, 'testdata/kind-0.33');
const clusterName = 'bh-cmp-config';

function request(changes: Partial<KubeadmConfigRequest> = {}): KubeadmConfigRequest {
  return {
    kubernetesVersion: 'v1.36.1',
    clusterName: 'dev',
    node: { name: 'dev-control-plane', role: 'control-plane', address: '10.89.0.2', labels: {}, taints: [] },
    controlPlaneEndpoint: 'dev-control-plane:6443',
    certSANs: [],
    podSubnet: '10.244.0.0/16',
    serviceSubnet: '10.96.0.0/16',
    token: 'a1b2c3.d4e5f6a7b8c9d0e1',
    cgroupVersion: '2',
    singleControlPlane: true,
    singleNode: false,
    ...changes,
  };
}

function worker(changes: Partial<KubeadmConfigRequest['node']> = {}): KubeadmConfigRequest['node'] {
  return { name: 'dev-worker', role: 'worker', address: '10.89.0.3', labels: {}, taints: [], ...changes };
}

describe('beside the recorded output of kind 0.33', () => {
  const occurred = new Set<Difference>();
  const seen = new Set<string>();

  test.each([...comparedClusters, ...comparedRecordings].map((cluster) => [titleOf(cluster), cluster] as const))(
    '%s differs in nothing but the listed fields',
    (title, cluster) => {
      for (const role of cluster.worker ? ['control-plane', 'worker'] : ['control-plane']) {
        const file = `${title}.${role}.conf`;
        seen.add(file);
        const text = readFileSync(join(recordings, file), 'utf8');
        const { unexplained, explained } = compareWithKind(cluster, `${clusterName}-${role}`, text);
        expect(unexplained).toEqual([]);
        for (const difference of explained) occurred.add(difference);
      }
    },
  );

  test('every listed difference occurs, and every recording was used', () => {
    expect(differences.filter((difference) => !occurred.has(difference)).map(({ path }) => path)).toEqual([]);
    expect(readdirSync(recordings).filter((file) => file.endsWith('.conf') && !seen.has(file))).toEqual([]);
  });

  test('a field that is not listed is noticed', () => {
    const [cluster] = comparedClusters;
    if (!cluster) throw new Error('nothing is compared');
    const text = readFileSync(join(recordings, `${titleOf(cluster)}.worker.conf`), 'utf8');
    const changed = text.replace('maxPerCore: 0', 'maxPerCore: 1');
    expect(compareWithKind(cluster, `${clusterName}-worker`, changed).unexplained).toEqual([
      'KubeProxyConfiguration.conntrack.maxPerCore: 1, 0',
    ]);
  });
});

describe('taints', () => {
  const taint = { key: 'dedicated', value: 'gpu', effect: 'NoSchedule' as const };
  const initTaints = (changes: Partial<KubeadmConfigRequest>) =>
    (generatedDocuments(request(changes)).InitConfiguration.nodeRegistration as { taints?: unknown }).taints;

  test('are left to kubeadm for an untainted pool', () => {
    expect(initTaints({})).toBeUndefined();
    expect(initTaints({ node: worker() })).toBeUndefined();
  });

  test('of a worker are its pool’s alone', () => {
    expect(initTaints({ node: worker({ taints: [taint] }) })).toEqual([taint]);
  });

  test('of a control plane keep the default, by version', () => {
    const node = { ...request().node, taints: [{ key: 'own', effect: 'NoExecute' as const }] };
    const keys = (kubernetesVersion: string) =>
      (initTaints({ node, kubernetesVersion }) as { key: string }[]).map(({ key }) => key);
    expect(keys('v1.20.2')).toEqual(['node-role.kubernetes.io/master', 'own']);
    expect(keys('v1.24.17')).toEqual([
      'node-role.kubernetes.io/control-plane',
      'node-role.kubernetes.io/master',
      'own',
    ]);
    expect(keys('v1.25.0')).toEqual(['node-role.kubernetes.io/control-plane', 'own']);
  });

  test('are none on a node that is alone', () => {
    expect(initTaints({ singleNode: true })).toEqual([]);
  });
});

describe('what depends on the cluster', () => {
  test('several control planes elect their leaders', () => {
    const fields = fieldsOf(kubeadmConfig(request({ singleControlPlane: false })));
    expect([...fields.keys()].filter((path) => path.endsWith('leader-elect'))).toEqual([]);
  });

  test('cgroup v1 is allowed from Kubernetes 1.35 on, where the kubelet asks for it', () => {
    const allowed = (kubernetesVersion: string, cgroupVersion: '1' | '2') =>
      generatedDocuments(request({ kubernetesVersion, cgroupVersion })).KubeletConfiguration.failCgroupV1;
    expect(allowed('v1.35.0', '1')).toBe(false);
    expect(allowed('v1.35.0', '2')).toBeUndefined();
    expect(allowed('v1.34.0', '1')).toBeUndefined();
  });

  test('names of the certificate keep localhost and 127.0.0.1 and drop duplicates', () => {
    const sans = generatedDocuments(request({ certSANs: ['127.0.0.1', 'api.example'] })).ClusterConfiguration.apiServer;
    expect(sans).toMatchObject({ certSANs: ['localhost', '127.0.0.1', 'api.example'] });
  });

  test('a rootless engine gets the user namespace gate everywhere and leaves conntrack alone', () => {
    const fields = fieldsOf(kubeadmConfig(request({ rootless: true })));
    for (const component of ['apiServer', 'controllerManager', 'scheduler']) {
      expect(fields.get(`ClusterConfiguration.${component}.extraArgs.feature-gates`)).toBe(
        '"KubeletInUserNamespace=true"',
      );
    }
    expect(fields.get('KubeletConfiguration.featureGates.KubeletInUserNamespace')).toBe('true');
    expect(fields.get('KubeProxyConfiguration.featureGates.KubeletInUserNamespace')).toBe('true');
    expect(fields.get('KubeProxyConfiguration.conntrack.tcpEstablishedTimeout')).toBe('"0s"');
  });
});

test('arguments are maps up to v1beta3 and lists of name and value in v1beta4', () => {
  const args = (kubernetesVersion: string) => {
    const [cluster] = parseAllDocuments(kubeadmConfig(request({ kubernetesVersion }))).map((document) =>
      document.toJS(),
    ) as { scheduler?: { extraArgs: unknown } }[];
    return cluster?.scheduler?.extraArgs;
  };
  expect(args('v1.35.0')).toEqual({ 'leader-elect': 'false' });
  expect(args('v1.36.0')).toEqual([{ name: 'leader-elect', value: 'false' }]);
});

test('any label survives a reader of YAML 1.1, which Kubernetes is, as text', () => {
  const value = fc.oneof(
    fc.constantFrom('yes', 'no', 'on', '0x10', '1e3', '012', '~', 'null', '1_000', '1:30'),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), value), (labels) => {
      const fields = fieldsOf(kubeadmConfig(request({ node: worker({ labels }), clusterName: 'on' })));
      const expected = Object.entries(labels).map(([key, label]) => `${key}=${label}`);
      expect(JSON.parse(fields.get('JoinConfiguration.nodeRegistration.kubeletExtraArgs.node-labels') ?? '')).toBe(
        expected.sort().join(',').split(',').sort().join(','),
      );
      expect(fields.get('ClusterConfiguration.clusterName')).toBe('"on"');
    }),
  );
});

test('bootstrap tokens have kubeadm’s form and are never the same', () => {
  const tokens = Array.from({ length: 200 }, bootstrapToken);
  for (const token of tokens) expect(token).toMatch(/^[a-z0-9]{6}\.[a-z0-9]{16}$/);
  expect(new Set(tokens).size).toBe(tokens.length);
});
