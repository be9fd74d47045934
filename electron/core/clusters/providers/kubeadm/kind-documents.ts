// The five documents of kubeadm's configuration exactly as kind 0.33 fills them in, before anything of ours is put on top.

import type { KubeadmConfigRequest } from './kubeadm-config-request';
import { atLeastMinor, type KubernetesVersion } from './kubernetes-version';
import type { Tree } from './patching';

/** By kind, in the order of the file. Arguments of components are maps here, whatever the API version writes. */
export interface Documents {
  ClusterConfiguration: Tree;
  InitConfiguration: Tree;
  JoinConfiguration: Tree;
  KubeletConfiguration: Tree;
  /** kind 0.33: none without kube-proxy. */
  KubeProxyConfiguration?: Tree;
}

/** kind 0.33: below 1.23 v1beta2, below 1.36 v1beta3, else v1beta4. */
export function kubeadmApiVersion(version: KubernetesVersion): string {
  if (atLeastMinor(version, 36)) return 'kubeadm.k8s.io/v1beta4';
  return atLeastMinor(version, 23) ? 'kubeadm.k8s.io/v1beta3' : 'kubeadm.k8s.io/v1beta2';
}

function featureGates({ featureGates = {}, rootless }: KubeadmConfigRequest): [name: string, on: boolean][] {
  return sorted({ ...featureGates, ...(rootless && { KubeletInUserNamespace: true }) });
}

/** The entries of a map by name, as kind sorts them. */
export function sorted<Value>(map: Readonly<Record<string, Value>>): [name: string, value: Value][] {
  return Object.entries(map).sort(([one], [other]) => (one < other ? -1 : 1));
}

/** `name=value` for each, with commas between. */
export function commaList(entries: readonly [name: string, value: unknown][]): string {
  return entries.map(([name, value]) => `${name}=${value}`).join(',');
}

function featureGateArgument(request: KubeadmConfigRequest): Tree {
  const gates = featureGates(request);
  return gates.length > 0 ? { 'feature-gates': commaList(gates) } : {};
}

function featureGateField(request: KubeadmConfigRequest): Tree {
  const gates = featureGates(request);
  return gates.length > 0 ? { featureGates: Object.fromEntries(gates) } : {};
}

function clusterConfiguration(request: KubeadmConfigRequest, version: KubernetesVersion): Tree {
  const isIpv6 = request.ipFamily === 'ipv6';
  const gates = featureGateArgument(request);
  const schedulerArgs: Tree = { ...gates, ...(isIpv6 && { 'bind-address': '::1' }) };
  return {
    apiVersion: kubeadmApiVersion(version),
    kind: 'ClusterConfiguration',
    kubernetesVersion: request.kubernetesVersion.trim(),
    clusterName: request.clusterName,
    ...(version.major === 1 && version.minor === 20 && { featureGates: { IPv6DualStack: true } }),
    controlPlaneEndpoint: request.controlPlaneEndpoint,
    apiServer: {
      certSANs: ['localhost', request.apiServerAddress ?? '127.0.0.1'],
      extraArgs: { 'runtime-config': commaList(sorted(request.runtimeConfig ?? {})), ...gates },
    },
    controllerManager: {
      extraArgs: { ...gates, 'enable-hostpath-provisioner': 'true', ...(isIpv6 && { 'bind-address': '::' }) },
    },
    scheduler: { extraArgs: Object.keys(schedulerArgs).length > 0 ? schedulerArgs : null },
    networking: { podSubnet: request.podSubnet, serviceSubnet: request.serviceSubnet },
  };
}

function nodeRegistration({ clusterName, node }: KubeadmConfigRequest): Tree {
  const labels = Object.entries(node.labels).map(([key, value]) => `${key}=${value}`);
  return {
    criSocket: 'unix:///run/containerd/containerd.sock',
    kubeletExtraArgs: {
      'node-ip': [node.address, ...(node.secondAddress ? [node.secondAddress] : [])].join(','),
      'provider-id': `kind://docker/${clusterName}/${node.name}`,
      'node-labels': labels.sort().join(','),
    },
  };
}

const fixedToken = 'abcdef.0123456789abcdef';

function joining(request: KubeadmConfigRequest, version: KubernetesVersion): [init: Tree, join: Tree] {
  const apiVersion = kubeadmApiVersion(version);
  const localAPIEndpoint = { advertiseAddress: request.node.address, bindPort: 6443 };
  // v1beta2 knows no skipPhases: the phases to skip are arguments of `kubeadm init` there.
  const skipped = (...phases: string[]) => (atLeastMinor(version, 23) ? { skipPhases: ['preflight', ...phases] } : {});
  const init = {
    apiVersion,
    kind: 'InitConfiguration',
    bootstrapTokens: [{ token: fixedToken }],
    localAPIEndpoint,
    nodeRegistration: nodeRegistration(request),
    ...skipped(...(request.kubeProxy === 'none' ? ['addon/kube-proxy'] : [])),
  };
  const join = {
    apiVersion,
    kind: 'JoinConfiguration',
    ...(request.node.role === 'control-plane' && { controlPlane: { localAPIEndpoint: { ...localAPIEndpoint } } }),
    nodeRegistration: nodeRegistration(request),
    discovery: {
      bootstrapToken: {
        apiServerEndpoint: request.controlPlaneEndpoint,
        token: fixedToken,
        unsafeSkipCAVerification: true,
      },
    },
    ...skipped(),
  };
  return [init, join];
}

function kubeletConfiguration(request: KubeadmConfigRequest, version: KubernetesVersion): Tree {
  return {
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    cgroupDriver: atLeastMinor(version, 24) ? 'systemd' : 'cgroupfs',
    cgroupRoot: '/kubelet',
    failSwapOn: false,
    ...(request.ipFamily === 'ipv6' && { address: '::', healthzBindAddress: '::' }),
    imageGCHighThresholdPercent: 100,
    evictionHard: { 'nodefs.available': '0%', 'nodefs.inodesFree': '0%', 'imagefs.available': '0%' },
    ...featureGateField(request),
  };
}

function kubeProxyConfiguration(request: KubeadmConfigRequest): Tree {
  const mode = request.kubeProxy ?? 'iptables';
  return {
    apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
    kind: 'KubeProxyConfiguration',
    mode,
    ...featureGateField(request),
    iptables: { minSyncPeriod: '1s' },
    conntrack: {
      maxPerCore: 0,
      ...(mode === 'nftables' && !request.rootless && { tcpBeLiberal: true }),
      ...(request.rootless && { tcpEstablishedTimeout: '0s', tcpCloseWaitTimeout: '0s' }),
    },
  };
}

/** What kind 0.33 writes to `/kind/kubeadm.conf` of this node before it applies the user's patches, as data. */
export function kindDocuments(request: KubeadmConfigRequest, version: KubernetesVersion): Documents {
  const [init, join] = joining(request, version);
  return {
    ClusterConfiguration: clusterConfiguration(request, version),
    InitConfiguration: init,
    JoinConfiguration: join,
    KubeletConfiguration: kubeletConfiguration(request, version),
    ...(request.kubeProxy !== 'none' && { KubeProxyConfiguration: kubeProxyConfiguration(request) }),
  };
}
