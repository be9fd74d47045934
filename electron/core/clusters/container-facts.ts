// What the engine tells of a cluster's containers only when asked for each: their limits, and the ports that they publish.
import type { ContainerInspectInfo } from 'dockerode';
import type { Cluster, ClusterNode } from '../../../shared/model/cluster';
import type { Limits, PublishedPort } from '../../../shared/model/node-facts';
import type { Engine } from '../engine/engine';
import { engineFailure, statusOf } from '../engine/failures';

type Inspected = Pick<ContainerInspectInfo, 'HostConfig'> & { NetworkSettings?: { Ports?: Bindings | undefined } };
type Bindings = Record<string, { HostIp?: string; HostPort?: string }[] | null>;

/** The cluster with the limits and published ports of its nodes and its entrance. Throws `engine-unreachable`. */
export async function withContainerFacts(engine: Engine, cluster: Cluster, signal: AbortSignal): Promise<Cluster> {
  const add = (node: ClusterNode) => withFacts(engine, node, signal);
  const [nodes, entrance] = await Promise.all([
    Promise.all(cluster.nodes.map(add)),
    cluster.entrance && add(cluster.entrance),
  ]);
  return { ...cluster, nodes, ...(entrance && { entrance }) };
}

async function withFacts(engine: Engine, node: ClusterNode, signal: AbortSignal): Promise<ClusterNode> {
  try {
    const container = engine.docker.getContainer(node.containerId);
    return { ...node, ...containerFacts(await container.inspect({ abortSignal: signal })) };
  } catch (error) {
    // It was removed in between.
    if (statusOf(error) === 404) return node;
    throw engineFailure(error);
  }
}

export function containerFacts({ HostConfig, NetworkSettings }: Inspected): {
  limits: Limits;
  published: PublishedPort[];
} {
  const cpus = cpusOf(HostConfig);
  const memory = HostConfig.Memory;
  // A running container has the ports that it got, a stopped one those that it will ask for.
  const ports = NetworkSettings?.Ports ?? {};
  const bindings = Object.keys(ports).length > 0 ? ports : ((HostConfig.PortBindings ?? {}) as Bindings);
  return {
    limits: { ...(cpus && { cpus }), ...(memory && { memory }) },
    published: publishedOf(bindings),
  };
}

/** Docker: `NanoCpus`, or the older pair of quota and period (minikube 1.38 and k3d 5.9 set the one or the other). */
function cpusOf({ NanoCpus, CpuQuota, CpuPeriod }: Inspected['HostConfig']): number | undefined {
  if (NanoCpus) return NanoCpus / 1e9;
  return CpuQuota && CpuQuota > 0 ? CpuQuota / (CpuPeriod || 100_000) : undefined;
}

const protocols = { tcp: 'TCP', udp: 'UDP', sctp: 'SCTP' } as const;

/** In the order of their numbers. The same port on all IPv4 and all IPv6 addresses is told once. */
function publishedOf(bindings: Bindings): PublishedPort[] {
  const all = Object.entries(bindings).flatMap(([key, hosts]) => {
    const [port = '', protocol = 'tcp'] = key.split('/');
    const name = protocols[protocol as keyof typeof protocols];
    if (!name) return [];
    return (hosts ?? []).flatMap(({ HostIp, HostPort }): PublishedPort[] => {
      const hostPort = Number(HostPort);
      return hostPort > 0 ? [{ hostAddress: HostIp || '0.0.0.0', hostPort, protocol: name, port: Number(port) }] : [];
    });
  });
  const everywhere = (one: PublishedPort) => one.hostAddress === '0.0.0.0';
  return all
    .filter((one) => one.hostAddress !== '::' || !all.some((other) => everywhere(other) && other.port === one.port))
    .sort((a, b) => a.hostPort - b.hostPort);
}
