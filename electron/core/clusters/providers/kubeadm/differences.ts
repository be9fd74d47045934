// Every place where our kubeadm configuration is not kind's, with its reason: the list is what the code applies.
import { controlPlaneTaints } from './control-plane-taints';
import { commaList, sorted } from './kind-documents';
import type { KubeadmConfigRequest } from './kubeadm-config-request';
import { atLeastMinor, type KubernetesVersion } from './kubernetes-version';
import type { Value } from './patching';

export interface Difference {
  /** Document kind and field, joined by dots; arguments of components by their name in every API version. */
  readonly path: string;
  /** One sentence for the reader of the documentation. */
  readonly reason: string;
  /** Our value, or undefined where the configuration stays kind's. */
  value(request: KubeadmConfigRequest, version: KubernetesVersion): Value | undefined;
}

const ownToken =
  'a token made for each cluster: kind gives every cluster the same one, which lets anyone in reach join';
const noElection =
  'a single control plane has nobody to elect against: waiting for the lease costs 1 to 15 s at every start';
const throttling = "the default of 20 requests a second (burst 30) holds back the controllers' first seconds";
const statusFrequency =
  'up to 1.25 the kubelet looks every 10 s whether its node has become Ready; it now looks every second, and without a change still reports every 5 minutes';
const ownTaints =
  "taints of the template's node pools are set as the node registers, and a node that is alone never gets the control-plane taint, which kind removes afterwards";

const dualStackGate =
  "kubeadm 1.20 gives the two their IPv6DualStack only where they have no feature gates of the user's, and one range each is all that they take then";

/** The user's gates and that of dual stack, which the user may have set, too. */
function gatesOfDualStack(
  { ipFamily, featureGates = {} }: KubeadmConfigRequest,
  version: KubernetesVersion,
): Value | undefined {
  const own = Object.entries(featureGates);
  if (ipFamily !== 'dual' || own.length === 0 || atLeastMinor(version, 21)) return undefined;
  return commaList(sorted({ IPv6DualStack: true, ...featureGates }));
}

function taints(request: KubeadmConfigRequest, version: KubernetesVersion): Value | undefined {
  const own = request.node.taints.map(({ key, value, effect }) => ({
    key,
    ...(value !== undefined && { value }),
    effect,
  }));
  if (request.node.role === 'worker') return own.length > 0 ? own : undefined;
  if (request.singleNode) return own;
  return own.length > 0 ? [...controlPlaneTaints(version), ...own] : undefined;
}

function alone(value: string): Difference['value'] {
  return (request) => (request.singleControlPlane ? value : undefined);
}

/** In the order in which they are applied. The path's document is named first. */
export const differences: readonly Difference[] = [
  { path: 'InitConfiguration.bootstrapTokens.0.token', reason: ownToken, value: (request) => request.token },
  { path: 'JoinConfiguration.discovery.bootstrapToken.token', reason: ownToken, value: (request) => request.token },
  { path: 'InitConfiguration.nodeRegistration.taints', reason: ownTaints, value: taints },
  { path: 'JoinConfiguration.nodeRegistration.taints', reason: ownTaints, value: taints },
  {
    path: 'ClusterConfiguration.apiServer.certSANs',
    reason: "the entrance's name, so that a cluster with one control plane can get more, and the user's own names",
    value: ({ certSANs }) => [...new Set(['localhost', '127.0.0.1', ...certSANs])],
  },
  {
    path: 'ClusterConfiguration.controllerManager.extraArgs.leader-elect',
    reason: noElection,
    value: alone('false'),
  },
  { path: 'ClusterConfiguration.scheduler.extraArgs.leader-elect', reason: noElection, value: alone('false') },
  { path: 'ClusterConfiguration.apiServer.extraArgs.feature-gates', reason: dualStackGate, value: gatesOfDualStack },
  {
    path: 'ClusterConfiguration.controllerManager.extraArgs.feature-gates',
    reason: dualStackGate,
    value: gatesOfDualStack,
  },
  {
    path: 'ClusterConfiguration.controllerManager.extraArgs.kube-api-qps',
    reason: throttling,
    value: () => '100',
  },
  {
    path: 'ClusterConfiguration.controllerManager.extraArgs.kube-api-burst',
    reason: throttling,
    value: () => '200',
  },
  {
    path: 'KubeletConfiguration.nodeStatusUpdateFrequency',
    reason: statusFrequency,
    value: (_, version) => (atLeastMinor(version, 26) ? undefined : '1s'),
  },
  {
    path: 'KubeletConfiguration.nodeStatusReportFrequency',
    reason: statusFrequency,
    value: (_, version) => (atLeastMinor(version, 26) ? undefined : '5m0s'),
  },
  {
    path: 'KubeletConfiguration.failCgroupV1',
    reason: 'from Kubernetes 1.35 on the kubelet refuses to start on cgroup v1 unless it is told not to',
    value: (request, version) => (request.cgroupVersion === '1' && atLeastMinor(version, 35) ? false : undefined),
  },
];
