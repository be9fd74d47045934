// For tests: clusters that use the fields of kind's configuration which change kubeadm's, in kind's words and in ours.
import type { KubeadmConfigRequest } from '../kubeadm-config-request';
import type { KubeadmPatches } from '../kubeadm-patches';

export interface ComparedCluster {
  readonly kubernetesVersion: string;
  /** Labels of the worker; without one the cluster is a control plane alone. */
  readonly worker?: Readonly<Record<string, string>>;
  /** What the cluster is called in files, where its version does not say it. */
  readonly title?: string;
  /** Fields of kind's configuration beyond its nodes, and of a node by its role. */
  readonly config?: object;
  readonly nodes?: Readonly<Partial<Record<'control-plane' | 'worker', object>>>;
  /** The same in our request, for a node of each role. */
  ours?(role: 'control-plane' | 'worker'): Partial<KubeadmConfigRequest>;
}

const featureGates = { InPlacePodVerticalScaling: true, AllAlpha: false };
const runtimeConfig = { 'batch/v1': 'true', 'api/alpha': 'false' };

const merge = [
  `kind: ClusterConfiguration
apiServer:
  certSANs: [harbour.example, localhost]
  extraArgs:
    audit-log-maxage: "7"
    runtime-config: null
etcd:
  local:
    extraArgs:
      quota-backend-bytes: "1000000000"
---
kind: InitConfiguration
nodeRegistration:
  kubeletExtraArgs:
    v: "4"
    node-labels: pier=1
  taints: []
--- # whatever
kind: JoinConfiguration
nodeRegistration:
  kubeletExtraArgs:
    provider-id: null
    v: "2"
`,
  'apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\nevictionHard: {memory.available: "1%"}\nmaxPods: 0x40\nfailSwapOn: yes\n',
  'apiVersion: kubelet.config.k8s.io/v1alpha1\nkind: KubeletConfiguration\nmaxPods: 7\n',
  'kind: ClusterConfigration\nclusterName: misspelt\n',
];
const json6902 = [
  {
    group: 'kubeadm.k8s.io',
    version: '',
    kind: 'ClusterConfiguration',
    patch: '[{"op": "add", "path": "/networking/dnsDomain", "value": "only.the.group.is.named"}]',
  },
  {
    group: 'kubeproxy.config.k8s.io',
    version: 'v1alpha1',
    kind: 'KubeProxyConfiguration',
    patch: '- op: replace\n  path: /iptables/minSyncPeriod\n  value: 2s\n- {op: remove, path: /conntrack/maxPerCore}\n',
  },
];
const ofWorkers = ['kind: JoinConfiguration\nnodeRegistration:\n  kubeletExtraArgs: {v: "3"}\n'];
const ofWorkersJson6902 = [
  {
    group: 'kubelet.config.k8s.io',
    version: 'v1beta1',
    kind: 'KubeletConfiguration',
    patch: '- {op: test, path: /maxPods, value: 64}\n- {op: add, path: /maxPods, value: 50}\n',
  },
];

function patched(kubernetesVersion: string, title: string): ComparedCluster {
  const cluster: KubeadmPatches = { at: 'patches', kubeadm: merge, kubeadmJson6902: json6902 };
  const workers: KubeadmPatches = {
    at: 'nodes[1].patches',
    kubeadm: ofWorkers,
    kubeadmJson6902: ofWorkersJson6902,
  };
  return {
    kubernetesVersion,
    title,
    worker: { tier: 'front' },
    config: { kubeadmConfigPatches: merge, kubeadmConfigPatchesJSON6902: json6902 },
    nodes: { worker: { kubeadmConfigPatches: ofWorkers, kubeadmConfigPatchesJSON6902: ofWorkersJson6902 } },
    ours: (role) => ({ patches: role === 'worker' ? [cluster, workers] : [cluster] }),
  };
}

export const fieldClusters: readonly ComparedCluster[] = [
  patched('v1.30.13', 'patched-maps'),
  patched('v1.36.1', 'patched'),
  {
    kubernetesVersion: 'v1.36.1',
    title: 'nftables',
    worker: {},
    config: {
      featureGates,
      runtimeConfig,
      networking: { kubeProxyMode: 'nftables', apiServerAddress: '127.0.0.7', podSubnet: '10.61.0.0/16' },
    },
    ours: () => ({
      featureGates,
      runtimeConfig,
      kubeProxy: 'nftables',
      apiServerAddress: '127.0.0.7',
      podSubnet: '10.61.0.0/16',
      certSANs: ['bh-cmp-config-external-load-balancer', '127.0.0.7'],
    }),
  },
  {
    kubernetesVersion: 'v1.20.2',
    title: 'dual',
    config: { networking: { ipFamily: 'dual' }, featureGates: { EphemeralContainers: true } },
    ours: () => ({
      ipFamily: 'dual',
      featureGates: { EphemeralContainers: true },
      podSubnet: '10.244.0.0/16,fd00:10:244::/56',
      serviceSubnet: '10.96.0.0/16,fd00:10:96::/112',
      singleNode: true,
    }),
  },
  {
    kubernetesVersion: 'v1.22.17',
    title: 'dual',
    worker: {},
    config: { networking: { ipFamily: 'dual', kubeProxyMode: 'ipvs' } },
    ours: () => ({
      ipFamily: 'dual',
      kubeProxy: 'ipvs',
      podSubnet: '10.244.0.0/16,fd00:10:244::/56',
      serviceSubnet: '10.96.0.0/16,fd00:10:96::/112',
    }),
  },
  {
    kubernetesVersion: 'v1.30.13',
    title: 'ipv6',
    worker: {},
    config: { networking: { ipFamily: 'ipv6', kubeProxyMode: 'none' }, featureGates },
    ours: () => ({
      ipFamily: 'ipv6',
      kubeProxy: 'none',
      featureGates,
      apiServerAddress: '::1',
      podSubnet: 'fd00:10:244::/56',
      serviceSubnet: 'fd00:10:96::/112',
      certSANs: ['bh-cmp-config-external-load-balancer', '::1'],
    }),
  },
];
