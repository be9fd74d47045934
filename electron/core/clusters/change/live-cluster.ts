// A running cluster as changes need to know it: its API, and what a control plane remembers of how it was made.
import type { Cluster, ClusterNode } from '../../../../shared/model/cluster';
import type { ClusterTemplate } from '../../../../shared/model/template';
import { getFile } from '../../engine/archive';
import type { Engine } from '../../engine/engine';
import { explained } from '../../engine/failures';
import { type ClusterNetwork, clusterNetworkOf } from '../../engine/networks';
import type { Kube } from '../../kube/connect';
import { connectAsAdmin } from '../admin';
import { noApi } from '../failures';
import { addressInCluster } from '../node-addresses';
import { type KubernetesVersion, parseKubernetesVersion } from '../providers/kubeadm/kubernetes-version';
import { readRecorded } from '../recorded';
import { fieldOf } from '../service-subnet';
import { type Members, membersOf } from './members';
import { addressGiver } from './new-nodes';

export interface LiveCluster {
  readonly engine: Engine;
  readonly cluster: Cluster;
  readonly kube: Kube;
  readonly version: KubernetesVersion;
  /** The control plane whose programs are used; it stays. */
  readonly first: ClusterNode;
  readonly network: ClusterNetwork;
  /** The template that it was made of or that was applied last; absent where an earlier version made it. */
  readonly template: ClusterTemplate | undefined;
  readonly podSubnet: string;
  readonly serviceSubnet: string;
  /** Host and port at which nodes reach the API. */
  readonly endpoint: string;
  /** The nodes as they come and go. */
  readonly members: Members;
  /** An IPv4 address for a node, which is not given again. */
  takeAddress(): string;
  /** Where the parts of the cluster reach a node that has this IPv4 address. */
  reach(address: string): string;
}

/**
 * @param leaving names of the nodes that will be gone
 * Throws `not-ready` when the cluster does not run or was never set up.
 */
export async function enterCluster(
  engine: Engine,
  cluster: Cluster,
  leaving: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<LiveCluster> {
  const running = cluster.nodes.filter((node) => node.role === 'control-plane' && node.state === 'running');
  const first = running.find(({ name }) => !leaving.has(name));
  const [kube, config, template, inspected] = await Promise.all([
    connectAsAdmin(engine, cluster, signal),
    first && getFile(engine, first.name, '/kind/kubeadm.conf', signal),
    first && readRecorded(engine, first.name, signal),
    explained(() => engine.docker.getNetwork(cluster.network ?? '').inspect()),
  ]);
  const text = config?.toString('utf8') ?? '';
  const [version, podSubnet, serviceSubnet, endpoint] = [
    'kubernetesVersion',
    'podSubnet',
    'serviceSubnet',
    'controlPlaneEndpoint',
  ].map((field) => fieldOf(text, field));
  const network = clusterNetworkOf(inspected);
  if (!first || !version || !podSubnet || !serviceSubnet || !endpoint || !network) throw noApi(cluster.name);
  const of = { cluster: cluster.name, image: first.image, network, serviceSubnet };
  return {
    engine,
    cluster,
    kube,
    version: parseKubernetesVersion(version),
    first,
    network,
    template,
    podSubnet,
    serviceSubnet,
    endpoint,
    members: membersOf(engine, cluster, of, cluster.nodes),
    takeAddress: addressGiver(network.subnet, cluster.nodes),
    reach: (address) => addressInCluster(address, network, serviceSubnet),
  };
}
