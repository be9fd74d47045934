// A cluster while it is being built: what was asked for, and what the steps find out for each other.
import type { KubernetesObject } from '@kubernetes/client-node';
import type { ClusterTemplate } from '../../../../shared/model/template';
import { rangesIn } from '../../../../shared/model/template/ranges';
import type { Engine } from '../../engine/engine';
import { ipv6Beside } from '../../engine/ipv6';
import { type ClusterNetwork, nodeAddress } from '../../engine/networks';
import type { Kube } from '../../kube/connect';
import type { Hosts } from '../../registry/hosts';
import { apiPort, entranceName } from '../edge/entrance';
import { hostOf } from '../listed';
import type { EngineTraits } from '../providers/kubeadm/engine-traits';
import type { PlannedNode } from '../providers/kubeadm/nodes';
import type { ClusterPki } from '../providers/kubeadm/pki';

export interface BuildRequest {
  name: string;
  template: ClusterTemplate;
  nodes: readonly PlannedNode[];
  image: string;
  /** Proxies of the nodes, chosen from the environment and docker's configuration; `KEY=value`. */
  proxyEnvironment(subnets: readonly string[]): string[];
  snapshotter: string | undefined;
  /** The folder `resources` of the product. */
  resources: string;
  /** Marks everything that this create makes. */
  creation: string;
  version: string;
  /** Image of the local registry, in place of the catalogue's. */
  registryImage: string | undefined;
  /** Bootstrap token, kubeadm's form. */
  token: string;
  /** Certificates that the nodes trust, PEM, by name. */
  certificates?: ReadonlyMap<string, string>;
}

/** What the node image says about itself, read from its files. */
export interface ImageFacts {
  kubernetesVersion: string;
  podNetworkManifest: string;
  storageManifest: string | undefined;
  /** `/etc/containerd/config.toml` */
  containerdConfig: string | undefined;
}

export interface Building {
  readonly engine: Engine;
  readonly request: BuildRequest;
  readonly traits: EngineTraits;
  network?: ClusterNetwork;
  apiPort?: number;
  /** Of the first control plane. */
  image?: ImageFacts;
  /** Of nodes that have an image of their own, by its reference. */
  readonly images?: Map<string, ImageFacts>;
  pki?: ClusterPki;
  /** Objects of the template's manifests, by the manifest's name. */
  manifests?: ReadonlyMap<string, readonly KubernetesObject[]>;
  /** What belongs into each node, by node name. */
  files?: ClusterPki['files'];
  /** Where nodes fetch images from. */
  hosts?: Hosts;
  /** Where nodes reach the API of a cluster that is there already. */
  readonly endpoint?: string;
  /** Connection with the super administrator's certificate. */
  kube?: Kube;
}

/** A fact that an earlier step has found; its absence is a fault of the plan. */
export function found<Fact>(fact: Fact | undefined, what: string): Fact {
  if (fact === undefined) throw new Error(`${what} is not known yet: a step runs before the one it needs`);
  return fact;
}

export function controlPlanesOf({ request }: Building): PlannedNode[] {
  return request.nodes.filter((node) => node.role === 'control-plane');
}

/** The control plane that the others follow: kubeadm is run there where once is enough. */
export function firstControlPlane(building: Building): PlannedNode {
  return found(controlPlanesOf(building)[0], 'the control plane');
}

/**
 * Where nodes reach the API: at the only control plane, else at the entrance (kind 0.33: the same, at its load balancer).
 */
export function controlPlaneEndpoint(building: Building): string {
  if (building.endpoint) return building.endpoint;
  const alone = controlPlanesOf(building).length === 1;
  return `${alone ? firstControlPlane(building).name : entranceName(building.request.name)}:${apiPort}`;
}

/** The image of a node, by reference. */
export function imageOf({ request }: Building, node: PlannedNode): string {
  return node.image ?? request.image;
}

/** What a node's image says about itself. */
export function imageFactsOf(building: Building, node: PlannedNode): ImageFacts {
  return found(building.images?.get(imageOf(building, node)) ?? building.image, 'the image');
}

/** The node's static IPv4 address in the cluster's network. */
export function addressOf(building: Building, node: PlannedNode): string {
  return (
    node.address ?? nodeAddress(found(building.network, 'the network').subnet, building.request.nodes.indexOf(node))
  );
}

/** Its IPv6 address beside that, in a network that has such. */
export function ipv6AddressOf(building: Building, node: PlannedNode): string | undefined {
  const { subnet, ipv6Subnet } = found(building.network, 'the network');
  return ipv6Subnet && ipv6Beside(subnet, addressOf(building, node), ipv6Subnet);
}

/** The addresses that the cluster's parts know a node by: kind 0.33: of a dual-stack cluster that of the first Service range first. */
export function clusterAddressesOf(building: Building, node: PlannedNode): [first: string, second?: string] {
  const { ipFamily, serviceSubnet } = building.request.template.spec.networking;
  const ipv4 = addressOf(building, node);
  if (ipFamily === 'ipv4') return [ipv4];
  const ipv6 = found(ipv6AddressOf(building, node), 'the IPv6 address');
  if (ipFamily === 'ipv6') return [ipv6];
  return rangesIn(serviceSubnet)[0]?.family === 'ipv6' ? [ipv6, ipv4] : [ipv4, ipv6];
}

/** Where this computer reaches the API. */
export function apiServerOf(building: Building): string {
  const { address } = building.request.template.spec.networking.apiServer;
  return `https://${hostOf(address)}:${found(building.apiPort, 'the API port')}`;
}
