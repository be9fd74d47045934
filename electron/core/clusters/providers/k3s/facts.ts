// What starting a k3s cluster must know of its containers beyond the engine's list: who began, what was asked for, where this computer is.
import { type Cluster, type ClusterNode, containersOf } from '../../../../../shared/model/cluster';
import type { Engine } from '../../../engine/engine';
import { execInContainer } from '../../../engine/exec';
import { explained } from '../../../engine/failures';
import { ownLabels } from '../kubeadm/labels';
import { k3dLabels } from './labels';
import type { K3sRole } from './ready';

export interface K3sNode extends ClusterNode {
  k3sRole: K3sRole;
  labels: Readonly<Record<string, string>>;
  /** Arguments of k3s. */
  args: readonly string[];
}

/** The containers of a cluster as the engine knows them, in the order in which k3d starts them. */
export async function inspectNodes(engine: Engine, cluster: Cluster, signal?: AbortSignal): Promise<K3sNode[]> {
  const nodes = await Promise.all(
    containersOf(cluster).map(async (node): Promise<K3sNode> => {
      const container = engine.docker.getContainer(node.containerId);
      const { Config } = await explained(() => container.inspect(signal ? { abortSignal: signal } : {}));
      const args = Config.Cmd ?? [];
      return { ...node, labels: Config.Labels, args, k3sRole: k3sRoleOf(Config.Labels, args) };
    }),
  );
  return inStartOrder(nodes);
}

/** k3d 5.9: a server is only taken for the first of an etcd when its arguments say so, too. */
export function k3sRoleOf(labels: Readonly<Record<string, string>>, args: readonly string[]): K3sRole {
  if (labels[ownLabels.port] !== undefined) return 'port';
  const role = labels[k3dLabels.role];
  if (role === 'agent' || role === 'loadbalancer') return role;
  return labels[k3dLabels.init] === 'true' && args.includes('--cluster-init') ? 'init-server' : 'server';
}

const order: readonly K3sRole[] = ['init-server', 'server', 'agent', 'loadbalancer', 'port'];

/** k3d 5.9: the server that began, the others by plain order of names, agents, the load balancer; then ports of ours. */
function inStartOrder(nodes: readonly K3sNode[]): K3sNode[] {
  return [...nodes].sort(
    (a, b) => order.indexOf(a.k3sRole) - order.indexOf(b.k3sRole) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0),
  );
}

/** k3d 5.9: where nodes reach this computer: on Docker Desktop by a name that it answers, else at the network's gateway. */
export async function hostGateway(
  engine: Engine,
  network: { gateway: string | undefined },
  server: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (!engine.info.operatingSystem.startsWith('Docker Desktop')) return network.gateway;
  const ask = ['sh', '-c', 'getent ahostsv4 host.docker.internal || nslookup host.docker.internal'];
  const { stdout } = await execInContainer(engine, server, ask, { signal });
  const addresses = [...stdout.matchAll(/\b\d{1,3}(?:\.\d{1,3}){3}\b/g)].map(([address]) => address);
  return addresses.find((address) => !address.startsWith('127.')) ?? network.gateway;
}

/** The gateway of a network, and all running containers in it. Throws `not-found`. */
export async function inspectNetwork(engine: Engine, name: string, signal: AbortSignal) {
  const network = await explained(() => engine.docker.getNetwork(name).inspect());
  signal.throwIfAborted();
  const config = network.IPAM?.Config ?? [];
  const containers: { Name: string; IPv4Address: string }[] = Object.values(network.Containers ?? {});
  return {
    gateway: config.map(({ Gateway }) => Gateway).find((gateway) => gateway?.includes('.')),
    members: containers
      .map(({ Name, IPv4Address }) => ({ ip: IPv4Address.replace(/\/.*/, ''), hostnames: [Name] }))
      .filter(({ ip }) => ip !== '')
      .sort((a, b) => a.hostnames[0]?.localeCompare(b.hostnames[0] ?? '') ?? 0),
  };
}
