// The kubeadm configuration of the nodes of a cluster, and what of it the steps read: a user's patches may have changed it.

import { entranceName } from '../edge/entrance';
import { controlPlaneTaints } from '../providers/kubeadm/control-plane-taints';
import { kubeadmDocuments } from '../providers/kubeadm/kubeadm-config';
import type { KubeadmConfigRequest } from '../providers/kubeadm/kubeadm-config-request';
import { atLeastMinor, type KubernetesVersion, parseKubernetesVersion } from '../providers/kubeadm/kubernetes-version';
import type { PlannedNode } from '../providers/kubeadm/nodes';
import { isTree, listOf, type Tree, type Value } from '../providers/kubeadm/patching';
import {
  type Building,
  clusterAddressesOf,
  controlPlaneEndpoint,
  controlPlanesOf,
  firstControlPlane,
  imageFactsOf,
} from './building';

/** What a node's kubeadm configuration is made from. */
export function kubeadmRequestOf(building: Building, node: PlannedNode): KubeadmConfigRequest {
  const { engine, request } = building;
  const { networking, featureGates, runtimeConfig, patches } = request.template.spec;
  const [address, secondAddress] = clusterAddressesOf(building, node);
  return {
    kubernetesVersion: imageFactsOf(building, node).kubernetesVersion,
    clusterName: request.name,
    node: { ...node, address, secondAddress },
    controlPlaneEndpoint: controlPlaneEndpoint(building),
    certSANs: [entranceName(request.name), networking.apiServer.address],
    podSubnet: networking.podSubnet,
    serviceSubnet: networking.serviceSubnet,
    ipFamily: networking.ipFamily,
    kubeProxy: networking.kubeProxy,
    apiServerAddress: networking.apiServer.address,
    featureGates,
    runtimeConfig,
    token: request.token,
    cgroupVersion: engine.info.cgroupVersion,
    rootless: engine.info.rootless,
    singleControlPlane: controlPlanesOf(building).length === 1,
    singleNode: request.nodes.length === 1,
    patches: [{ at: 'patches', ...patches }, ...(node.patches ? [node.patches] : [])],
    joins: building.endpoint !== undefined || node !== firstControlPlane(building),
  };
}

/** What certificates, pod ranges and names rest on: kubeadm reads it from the first control plane's configuration alone. */
export function clusterConfigurationOf(building: Building) {
  const documents = kubeadmDocuments(kubeadmRequestOf(building, firstControlPlane(building)));
  const configuration = documents.find(({ kind }) => kind === 'ClusterConfiguration') ?? {};
  const networking = treeOf(configuration.networking);
  const { podSubnet, serviceSubnet } = building.request.template.spec.networking;
  return {
    certSANs: listOf(treeOf(configuration.apiServer).certSANs).map(String),
    podSubnet: String(networking.podSubnet ?? podSubnet),
    serviceSubnet: String(networking.serviceSubnet ?? serviceSubnet),
    dnsDomain: String(networking.dnsDomain ?? 'cluster.local'),
  };
}

/** Labels and taints that a node's kubelet would register it with. */
export function registrationOf(building: Building, node: PlannedNode): Pick<PlannedNode, 'labels' | 'taints'> {
  const documents = kubeadmDocuments(kubeadmRequestOf(building, node));
  const registration = treeOf(documents.find(({ kind }) => kind === 'InitConfiguration')?.nodeRegistration);
  const labels = String(argumentOf(registration.kubeletExtraArgs, 'node-labels') ?? '');
  const pairs = labels.split(',').flatMap((pair) => (pair === '' ? [] : [pair.split(/=(.*)/s).slice(0, 2)]));
  // A control plane is marked as one from the start: whoever changes a node's taints writes all of them, so that kubeadm's, which come
  // later, may be lost to somebody who has not seen them yet.
  const usual =
    node.role === 'control-plane' ? [...controlPlaneTaints(versionOf(building, node)), ...node.taints] : node.taints;
  const wanted = registration.taints === undefined ? usual : listOf(registration.taints);
  return {
    labels: { ...node.labels, ...(Object.fromEntries(pairs) as PlannedNode['labels']) },
    taints: wanted as unknown as PlannedNode['taints'],
  };
}

/** Whether kubeadm counts control planes in its stored configuration: up to Kubernetes 1.21. */
export function storesStatus(building: Building): boolean {
  return !atLeastMinor(versionOf(building, firstControlPlane(building)), 22);
}

function versionOf(building: Building, node: PlannedNode): KubernetesVersion {
  return parseKubernetesVersion(imageFactsOf(building, node).kubernetesVersion);
}

function treeOf(value: Value | undefined): Tree {
  return isTree(value) ? value : {};
}

/** Arguments are a mapping, or from v1beta4 on a list of name and value. */
function argumentOf(all: Value | undefined, name: string): Value | undefined {
  if (isTree(all)) return all[name];
  return listOf(all)
    .filter(isTree)
    .find((one) => one.name === name)?.value;
}
