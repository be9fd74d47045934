// The containers of a k3s cluster and its volume, as the Docker API is asked for them: k3d's to the letter, with static addresses.
import type Docker from 'dockerode';
import { stringify } from 'yaml';
import { type EdgePort, edgeContainer } from '../../edge/container';
import { engineLimits } from '../kubeadm/container';
import { type OwnFacts, ownFactLabels, ownLabels } from '../kubeadm/labels';
import { k3dLabels } from './labels';
import { k3dNames, type PlannedK3sNode } from './nodes';

/** k3d 5.9: the version whose labels these are. */
const k3dVersion = 'v5.9.0';
/** k3d 5.9: where images that are brought onto the nodes lie. */
const imagePath = '/k3d/images';
/** k3d 5.9: where k3s writes the administrator's kubeconfig. */
const kubeconfigVariable = 'K3S_KUBECONFIG_OUTPUT=/output/kubeconfig.yaml';
/** k3d 5.9: the port of the API in every server and in the load balancer. */
const apiPort = 6443;

/** What all containers of a cluster have in common. */
export interface K3sClusterFacts {
  readonly cluster: string;
  readonly token: string;
  readonly network: { readonly id: string; readonly name: string; readonly subnet: string };
  /** Where this computer reaches the API. */
  readonly api: { readonly address: string; readonly port: number };
  readonly own: OwnFacts;
}

type Labels = Record<string, string>;

/** k3d 5.9: the labels that every container of a cluster has. */
function clusterLabels({ cluster, token, network, own }: K3sClusterFacts, role: string): Labels {
  const names = k3dNames(cluster);
  return {
    [k3dLabels.app]: 'k3d',
    [k3dLabels.version]: k3dVersion,
    [k3dLabels.role]: role,
    [k3dLabels.cluster]: cluster,
    [k3dLabels.url]: urlOf(cluster),
    [k3dLabels.token]: token,
    [k3dLabels.imageVolume]: names.imageVolume,
    [k3dLabels.network]: network.name,
    [k3dLabels.networkId]: network.id,
    [k3dLabels.networkRange]: network.subnet,
    [k3dLabels.networkExternal]: 'false',
    [k3dLabels.loadBalancer]: names.loadBalancer,
    ...ownFactLabels(own),
  };
}

function urlOf(cluster: string): string {
  return `https://${k3dNames(cluster).firstServer}:${apiPort}`;
}

/** k3d 5.9: how the API is reached, and which server began an etcd of several. */
function serverLabels(
  { api }: K3sClusterFacts,
  { k3sRole }: PlannedK3sNode,
  several: boolean,
  address: string,
): Labels {
  return {
    [k3dLabels.apiHost]: api.address,
    [k3dLabels.apiHostAddress]: api.address,
    [k3dLabels.apiPort]: String(api.port),
    ...(several && { [k3dLabels.init]: String(k3sRole === 'init-server') }),
    [k3dLabels.staticAddress]: address,
  };
}

export interface K3sNodeRequest {
  readonly facts: K3sClusterFacts;
  readonly node: PlannedK3sNode;
  /** Static IPv4 address in the network: etcd and certificates know a server by it. */
  readonly address: string;
  readonly image: string;
  /** Words of k3s' command line. */
  readonly args: readonly string[];
  /** There is more than one server. */
  readonly several: boolean;
  /** `KEY=value`, of the template and of proxies. */
  readonly environment: readonly string[];
  /** `host:container[:options]`. */
  readonly binds: readonly string[];
  /** Search domains in place of the engine's; empty takes them away. */
  readonly dnsSearch?: readonly string[] | undefined;
}

/**
 * The body of `POST /containers/create` for a node.
 * k3d 5.9: pkg/runtimes/docker/translate.go; `NetworkMode` is the literal `bridge`, and only the endpoint that is named is attached.
 * Ours are the static addresses, which k3d gives to servers when it is told a subnet, limits of CPU, and the labels `dev.boathouse.*`.
 */
export function k3sNodeContainer(request: K3sNodeRequest): Docker.ContainerCreateOptions {
  const { facts, node, address, several, dnsSearch } = request;
  const { cluster, network, own } = facts;
  const joins = node.k3sRole === 'agent' || (several && node.k3sRole !== 'init-server');
  const pool = node.pool.name;
  return {
    name: node.name,
    Hostname: node.name,
    Image: request.image,
    Entrypoint: ['/bin/k3d-entrypoint.sh'],
    Cmd: [...request.args],
    Env: [
      ...request.environment,
      `K3S_TOKEN=${facts.token}`,
      ...(joins ? [`K3S_URL=${urlOf(cluster)}`] : []),
      kubeconfigVariable,
    ],
    Labels: {
      ...clusterLabels({ ...facts, own: { ...own, ...(pool && { pool }) } }, roleOf(node)),
      [ownLabels.address]: address,
      ...(node.role === 'control-plane' && serverLabels(facts, node, several, address)),
    },
    HostConfig: {
      Init: true,
      Privileged: true,
      UsernsMode: 'host',
      NetworkMode: 'bridge',
      Tmpfs: { '/run': '', '/var/run': '' },
      Binds: [...request.binds, `${k3dNames(cluster).imageVolume}:${imagePath}`],
      RestartPolicy: { Name: 'unless-stopped' },
      ...engineLimits(node.pool.resources),
      ...(dnsSearch && { DnsSearch: dnsSearch.length > 0 ? [...dnsSearch] : ['.'] }),
    },
    NetworkingConfig: { EndpointsConfig: { [network.name]: { IPAMConfig: { IPv4Address: address } } } },
  };
}

function roleOf({ role }: PlannedK3sNode): string {
  return role === 'worker' ? 'agent' : 'server';
}

/**
 * The body for what stands before the servers: our edge, with the name, role and volume of k3d's load balancer. k3d's program stops,
 * starts and deletes it by these, and reads its file of ports.
 */
export function loadBalancerContainer(
  facts: K3sClusterFacts,
  image: string,
  address: string,
): Docker.ContainerCreateOptions {
  const { cluster, network, api } = facts;
  const { loadBalancer, imageVolume } = k3dNames(cluster);
  const port: EdgePort = { ...api, inside: apiPort, protocol: 'tcp' };
  const labels = clusterLabels(facts, 'loadbalancer');
  const body = edgeContainer({ name: loadBalancer, image, network: network.name, address, ports: [port], labels });
  return {
    ...body,
    Env: [kubeconfigVariable],
    HostConfig: { ...body.HostConfig, Binds: [`${imageVolume}:${imagePath}`] },
  };
}

/** k3d 5.9: the load balancer's own file of ports; k3d reads it whenever it looks at the cluster. */
export function loadBalancerConfig(servers: readonly string[]) {
  const content = stringify({ ports: { [`${apiPort}.tcp`]: servers }, settings: { workerConnections: 1024 } });
  return { path: '/etc/confd/values.yaml', content, mode: 0o744 };
}

/** The body of `POST /volumes/create` for the volume that images go through. */
export function imageVolume(cluster: string, own: OwnFacts): Docker.VolumeCreateOptions {
  const labels = { [k3dLabels.app]: 'k3d', [k3dLabels.cluster]: cluster, ...ownFactLabels(own) };
  return { Name: k3dNames(cluster).imageVolume, Labels: labels };
}
