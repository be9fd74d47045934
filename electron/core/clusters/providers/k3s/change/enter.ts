// A running cluster of k3s as changes need to know it: what its servers' containers say, and its API.
import type { Cluster } from '../../../../../../shared/model/cluster';
import type { Engine } from '../../../../engine/engine';
import { explained } from '../../../../engine/failures';
import { clusterNetworkOf } from '../../../../engine/networks';
import { readServerArguments } from '../../../../templates/k3d/arguments';
import { connectAsAdmin } from '../../../admin';
import type { LiveCluster } from '../../../change/live-cluster';
import { membersOf } from '../../../change/members';
import { addressGiver } from '../../../change/new-nodes';
import { noApi } from '../../../failures';
import { readRecorded } from '../../../recorded';
import { parseKubernetesVersion } from '../../kubeadm/kubernetes-version';
import { readK3sKubeconfig } from '../access';
import { loadBalancerConfig } from '../container';

/** Throws `not-ready` when no server runs or none has set up its API. */
export async function enterK3sCluster(
  engine: Engine,
  cluster: Cluster,
  leaving: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<LiveCluster> {
  const running = cluster.nodes.filter(({ role, state }) => role === 'control-plane' && state === 'running');
  const first = running.find(({ name }) => !leaving.has(name));
  if (!first) throw noApi(cluster.name);
  const [kube, template, inspected, { Config }] = await Promise.all([
    connectAsAdmin(engine, cluster, signal, readK3sKubeconfig),
    readRecorded(engine, first.name, signal),
    explained(() => engine.docker.getNetwork(cluster.network ?? '').inspect()),
    explained(() => engine.docker.getContainer(first.containerId).inspect({ abortSignal: signal })),
  ]);
  const network = clusterNetworkOf(inspected);
  if (!network) throw noApi(cluster.name);
  const { gitVersion } = await kube.get<{ gitVersion: string }>('/version', signal);
  const { podSubnet, serviceSubnet } = readServerArguments(Config.Cmd ?? []).networking;
  const told = {
    cluster: cluster.name,
    image: first.image,
    network,
    serviceSubnet,
    entranceFiles: (servers: readonly { name: string }[]) => [loadBalancerConfig(servers.map(({ name }) => name))],
  };
  return {
    engine,
    cluster,
    kube,
    version: parseKubernetesVersion(gitVersion),
    first,
    network,
    template,
    podSubnet,
    serviceSubnet,
    endpoint: `${first.name}:6443`,
    members: membersOf(engine, cluster, told, cluster.nodes),
    takeAddress: addressGiver(network.subnet, cluster.nodes),
    reach: (address) => address,
  };
}
