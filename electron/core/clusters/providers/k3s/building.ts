// A k3s cluster while it is being built: what was asked for, and what the steps find out for each other.
import type { KubernetesObject } from '@kubernetes/client-node';
import type { ClusterTemplate } from '../../../../../shared/model/template';
import type { Engine } from '../../../engine/engine';
import { type ClusterNetwork, nodeAddress } from '../../../engine/networks';
import type { Kube } from '../../../kube/connect';
import { found } from '../../bootstrap/building';
import { hostOf } from '../../listed';
import { k3sArguments } from './arguments';
import type { K3sClusterFacts } from './container';
import { k3dNames, type PlannedK3sNode } from './nodes';

export interface K3sBuildRequest {
  name: string;
  template: ClusterTemplate;
  nodes: readonly PlannedK3sNode[];
  /** Of the cluster; pools may have their own. */
  image: string;
  /** Node images that must be pulled first, and images of the template that the engine lacks. */
  pulls: readonly string[];
  missingImages: readonly string[];
  /** Proxies of the nodes; `KEY=value`. */
  proxyEnvironment(subnets: readonly string[]): string[];
  /** Of the template, PEM by name. */
  certificates: ReadonlyMap<string, string>;
  /** The folder `resources` of the product. */
  resources: string;
  /** Marks everything that this create makes. */
  creation: string;
  version: string;
  kubernetesVersion: string | undefined;
  /** By which nodes join. */
  token: string;
}

export interface K3sBuilding {
  readonly engine: Engine;
  readonly request: K3sBuildRequest;
  network?: ClusterNetwork;
  /** Port of this computer that the API is reached at. */
  apiPort?: number;
  /** The administrator's kubeconfig as k3s has written it. */
  adminConf?: string;
  kube?: Kube;
  /** Objects of the template's manifests, by the manifest's name. */
  manifests?: ReadonlyMap<string, readonly KubernetesObject[]>;
}

export function imageOf({ request }: K3sBuilding, { pool }: PlannedK3sNode): string {
  return pool.image ?? request.image;
}

/** The node's static address in the cluster's network. */
export function addressOf({ request, network }: K3sBuilding, node: PlannedK3sNode): string {
  return node.address ?? nodeAddress(found(network, 'the network').subnet, request.nodes.indexOf(node));
}

export function serversOf({ request }: K3sBuilding): PlannedK3sNode[] {
  return request.nodes.filter(({ role }) => role === 'control-plane');
}

/** What all containers of the cluster have in common. */
export function clusterFacts(building: K3sBuilding): K3sClusterFacts {
  const { request } = building;
  const { kubernetesVersion } = request;
  return {
    cluster: request.name,
    token: request.token,
    network: found(building.network, 'the network'),
    api: { address: request.template.spec.networking.apiServer.address, port: found(building.apiPort, 'the API port') },
    own: {
      version: request.version,
      template: request.template.metadata.id,
      operation: request.creation,
      ...(kubernetesVersion && { kubernetesVersion }),
    },
  };
}

/** The words of k3s' command line on a node. */
export function argumentsOf({ request }: K3sBuilding, node: PlannedK3sNode): string[] {
  const { spec } = request.template;
  const { loadBalancer } = k3dNames(request.name);
  return k3sArguments(spec, node, { host: spec.networking.apiServer.address, loadBalancer });
}

/** The API's address on this computer, as a URL. */
export function apiServerOf({ request, apiPort }: K3sBuilding): string {
  const { address } = request.template.spec.networking.apiServer;
  return `https://${hostOf(address)}:${found(apiPort, 'the API port')}`;
}
