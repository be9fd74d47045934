// Ports of this computer that lead into a cluster: each is a container of its own, so that coming and going it touches no other.
import type { ClusterNode } from '../../../../shared/model/cluster';
import { AppError } from '../../../../shared/model/errors';
import type { TemplatePort } from '../../../../shared/model/template/ports';
import { putFiles } from '../../engine/archive';
import type { Engine } from '../../engine/engine';
import { explained } from '../../engine/failures';
import { ipv6Beside } from '../../engine/ipv6';
import type { ClusterNetwork } from '../../engine/networks';
import { freePort } from '../../engine/ports';
import { addressInCluster, bracketed } from '../node-addresses';
import { type OwnFacts, ownLabels } from '../providers/kubeadm/labels';
import { dnsAddress } from '../service-subnet';
import { edgeContainer, edgeScript } from './container';
import { startEdge } from './entrance';
import { routesFile, type ServiceWay, servicesFile } from './routes';

/** A node as ports know it. */
export type ReachableNode = Pick<ClusterNode, 'name' | 'address'> & { readonly pool?: string | undefined };

export interface PortsOf {
  readonly cluster: string;
  readonly image: string;
  readonly network: Pick<ClusterNetwork, 'name' | 'subnet' | 'ipv6Subnet'>;
  readonly serviceSubnet: string;
  readonly nodes: readonly ReachableNode[];
}

type Protocol = 'tcp' | 'udp' | 'sctp';

/** `shop-port-8080`, `shop-port-53-udp`, `shop-port-80-at-0.0.0.0`: the container that has a port. */
export function portContainerName(
  cluster: string,
  port: Pick<TemplatePort, 'hostAddress' | 'hostPort' | 'protocol'>,
): string {
  const protocol = port.protocol === 'TCP' ? '' : `-${port.protocol.toLowerCase()}`;
  const address = port.hostAddress === '127.0.0.1' ? '' : `-at-${port.hostAddress.replaceAll(':', '_')}`;
  return `${cluster}-port-${port.hostPort}${protocol}${address}`;
}

/**
 * What the edge of a port is told. A NodePort is served by every node, so by any that is up; a Service is found by its name, whose
 * address may change.
 * Throws `bad-input` when the port leads to a node that the cluster does not have.
 */
export function portFiles({ cluster, network, serviceSubnet, nodes }: PortsOf, port: TemplatePort) {
  const protocol = port.protocol.toLowerCase() as Protocol;
  const addresses = (some: readonly ReachableNode[]) => some.flatMap(({ address }) => address ?? []);
  if ('service' in port.to) {
    const target = `${port.to.service}.${port.to.namespace}:${port.to.port}`;
    const route = { protocol, port: port.hostPort, check: 'none', targets: [target] } as const;
    return [
      routesFile([route]),
      servicesFile(waysToServices(serviceSubnet, network, addresses(nodes)), dnsAddress(serviceSubnet)),
    ];
  }
  const to = port.to;
  const chosen = 'nodePort' in to ? nodes : nodes.filter((node) => isCalled(cluster, node, to.node));
  if (chosen.length === 0) throw noSuchNode(cluster, 'node' in to ? to.node : '');
  const inside = 'nodePort' in to ? to.nodePort : to.port;
  // Node ports of a cluster whose Services are IPv6 are served at the nodes' IPv6 addresses alone.
  const reach = (address: string) => bracketed(addressInCluster(address, network, serviceSubnet));
  const targets = addresses(chosen).map((address) => `${reach(address)}:${inside}`);
  return [routesFile([{ protocol, port: port.hostPort, check: 'node', targets }])];
}

/** Each family's range by the nodes' addresses of that family; `addresses`: theirs in IPv4. */
function waysToServices(
  serviceSubnet: string,
  { subnet, ipv6Subnet }: PortsOf['network'],
  addresses: readonly string[],
): ServiceWay[] {
  return serviceSubnet.split(',').flatMap((range) => {
    if (!range.includes(':')) return [{ subnet: range, nodes: addresses }];
    if (!ipv6Subnet) return [];
    return [{ subnet: range, nodes: addresses.map((address) => ipv6Beside(subnet, address, ipv6Subnet)) }];
  });
}

function isCalled(cluster: string, node: ReachableNode, name: string): boolean {
  return name === 'all' || node.name === name || node.name === `${cluster}-${name}` || node.pool === name;
}

function noSuchNode(cluster: string, node: string): AppError {
  return new AppError('bad-input', `The cluster ${cluster} has no node called ${node}`, { params: { cluster, node } });
}

/**
 * Opens a port: creates and starts its container. A host port 0 becomes a free one, which then stays. Returns the port as opened.
 * Throws `port-taken` naming who has it, `bad-input`.
 */
export async function openPort(
  engine: Engine,
  of: PortsOf,
  wanted: TemplatePort,
  { resources, facts, signal }: { resources: string; facts: OwnFacts; signal: AbortSignal },
): Promise<TemplatePort> {
  const port = wanted.hostPort === 0 ? { ...wanted, hostPort: await freePort(engine, { signal }) } : wanted;
  const files = [await edgeScript(resources), ...portFiles(of, port)];
  const name = portContainerName(of.cluster, port);
  const body = edgeContainer({
    name,
    image: of.image,
    network: of.network.name,
    ports: [
      {
        address: port.hostAddress,
        port: port.hostPort,
        inside: port.hostPort,
        protocol: port.protocol.toLowerCase() as Protocol,
      },
    ],
    labels: {
      [ownLabels.cluster]: of.cluster,
      [ownLabels.version]: facts.version,
      [ownLabels.port]: JSON.stringify(port),
      ...(facts.operation !== undefined && { [ownLabels.operation]: facts.operation }),
    },
  });
  const { id } = await explained(() => engine.docker.createContainer(body));
  try {
    signal.throwIfAborted();
    await putFiles(engine, id, files, signal);
    await startEdge(engine, id, signal);
  } catch (error) {
    await engine.docker.getContainer(id).remove({ force: true, v: true });
    throw error;
  }
  return port;
}

/** The ports that would lead to no node if only these were left. */
export function portsWithout<Port extends TemplatePort>(
  cluster: string,
  ports: readonly Port[],
  nodes: readonly ReachableNode[],
): Port[] {
  return ports.filter(({ to }) => 'node' in to && !nodes.some((node) => isCalled(cluster, node, to.node)));
}
