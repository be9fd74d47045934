// Networks of clusters: one each, with an explicit subnet that nobody else uses.
import { randomInt } from 'node:crypto';
import type Docker from 'dockerode';
import { AppError } from '../../../shared/model/errors';
import type { Engine } from './engine';
import { engineFailure, explained } from './failures';
import { hostRoutes, readHostRoutes } from './host-routes';
import { dynamicIpv6Range, ipv6Beside, ipv6Subnet } from './ipv6';
import { chooseSubnet, dynamicRange, gatewayAddress } from './subnet';

export { entranceAddress, nodeAddress } from './subnet';

export interface NetworkRequest {
  name: string;
  labels: Readonly<Record<string, string>>;
  /** Bytes; by default that of docker's default network where it sets one. */
  mtu?: number;
  /** A subnet that must be used, `a.b.c.0/24`; by default the lowest free one. */
  subnet?: string;
  /** Ranges that a chosen subnet keeps out of, with commas between them: those of the cluster's pods and Services. */
  avoid?: readonly string[];
  /** With a unique local /64 beside it. */
  ipv6?: boolean;
  signal?: AbortSignal;
}

export interface ClusterNetwork {
  id: string;
  name: string;
  subnet: string;
  gateway: string;
  /** A /64, where it has one. */
  ipv6Subnet?: string;
}

/** How often another subnet is tried when somebody else took the chosen one in between. */
const attempts = 8;
const mtuOption = 'com.docker.network.driver.mtu';

/**
 * Makes a bridge network with the options of kind's network (kind 0.33: pkg/cluster/internal/providers/docker/network.go) and a
 * /24: gateway .1, static addresses for nodes .2 to .126 and for the entrance .127, dynamic ones from .128.
 * @throws AppError `name-taken`, `subnet-taken`, `cancelled`, and what `engineFailure` knows
 */
export async function createClusterNetwork(engine: Engine, request: NetworkRequest): Promise<ClusterNetwork> {
  const { docker } = engine;
  const [routes, existing] = await Promise.all([hostRoutes(), explained(() => listNetworks(docker, request.signal))]);
  if (existing.some((network) => network.Name === request.name)) throw nameTaken(request.name);
  const mtu = request.mtu?.toString() ?? existing.find((network) => network.Name === 'bridge')?.Options?.[mtuOption];
  const own = (request.avoid ?? []).flatMap((ranges) => ranges.split(',')).filter((range) => range.includes('.'));
  const networks = [...existing.flatMap(subnetsOf), ...own];
  const excluded: string[] = [];
  for (let attempt = 1; ; attempt += 1) {
    request.signal?.throwIfAborted();
    const subnet = request.subnet ?? chooseSubnet({ routes, networks, excluded });
    const ipv6 = request.ipv6 ? ipv6Subnet(request.name, excluded.length) : undefined;
    try {
      const network = await docker.createNetwork(networkBody(request, { subnet, ipv6, mtu }));
      const made = { id: network.id, name: request.name, subnet, gateway: gatewayAddress(subnet) };
      if (request.subnet !== undefined || !(await isShared(subnet))) {
        return { ...made, ...(ipv6 && { ipv6Subnet: ipv6 }) };
      }
      await explained(() => docker.getNetwork(network.id).remove());
      if (attempt >= attempts) throw sharedSubnet(subnet);
      // The other one may be looking for another, too.
      for (let steps = randomInt(1, 9); steps > 0; steps -= 1) {
        excluded.push(chooseSubnet({ routes, networks, excluded }));
      }
    } catch (error) {
      const failure = engineFailure(error);
      excluded.push(subnet);
      if (failure.code === 'name-taken') throw nameTaken(request.name);
      if (failure.code !== 'subnet-taken') throw failure;
      if (request.subnet !== undefined || attempt >= attempts) throw subnetTaken(subnet, failure);
    }
  }
}

/** Whether another engine on this computer has taken a subnet at the same moment: neither would be told, and neither would be reached. */
async function isShared(subnet: string): Promise<boolean> {
  const leading = (await readHostRoutes()).filter((route) => route.subnet === subnet);
  return new Set(leading.map(({ device }) => device)).size > 1;
}

function sharedSubnet(subnet: string): AppError {
  return new AppError('subnet-taken', `Another engine of this computer has ${subnet}, too`, {
    params: { subnet },
    hints: [{ text: 'Try again when the other engine makes no networks.' }],
  });
}

/** A network of ours as the engine describes it; undefined when it has no IPv4 subnet. */
export function clusterNetworkOf({ Id, Name, IPAM }: Docker.NetworkInspectInfo): ClusterNetwork | undefined {
  const ranges = IPAM?.Config ?? [];
  const ipv4 = ranges.find(({ Subnet }) => Subnet?.includes('.'));
  const ipv6 = ranges.find(({ Subnet }) => Subnet?.includes(':'))?.Subnet;
  if (!ipv4?.Subnet) return undefined;
  const network = { id: Id, name: Name, subnet: ipv4.Subnet, gateway: ipv4.Gateway ?? '' };
  return { ...network, ...(ipv6 && { ipv6Subnet: ipv6 }) };
}

/** The IPv4 subnets that a network covers. */
export function subnetsOf(network: Docker.NetworkInspectInfo): string[] {
  return (network.IPAM?.Config ?? []).flatMap(({ Subnet }) => (Subnet?.includes('.') ? [Subnet] : []));
}

interface NetworkFacts {
  subnet: string;
  ipv6: string | undefined;
  mtu: string | undefined;
}

function networkBody(request: NetworkRequest, { subnet, ipv6, mtu }: NetworkFacts): Docker.NetworkCreateOptions {
  const gateway = gatewayAddress(subnet);
  return {
    Name: request.name,
    CheckDuplicate: true,
    Driver: 'bridge',
    Labels: { ...request.labels },
    Options: { 'com.docker.network.bridge.enable_ip_masquerade': 'true', ...(mtu && { [mtuOption]: mtu }) },
    ...(ipv6 && { EnableIPv6: true }),
    IPAM: {
      Driver: 'default',
      Config: [
        { Subnet: subnet, Gateway: gateway, IPRange: dynamicRange(subnet) },
        ...(ipv6
          ? [{ Subnet: ipv6, Gateway: ipv6Beside(subnet, gateway, ipv6), IPRange: dynamicIpv6Range(ipv6) }]
          : []),
      ],
    },
    ...(request.signal && { abortSignal: request.signal }),
  };
}

function listNetworks(docker: Docker, signal: AbortSignal | undefined): Promise<Docker.NetworkInspectInfo[]> {
  return docker.listNetworks(signal ? { abortSignal: signal } : {});
}

function nameTaken(name: string): AppError {
  return new AppError('name-taken', `Docker has a network called ${name} already`, {
    params: { name },
    hints: [{ text: `Choose another name, or remove the network: docker network rm ${name}` }],
  });
}

function subnetTaken(subnet: string, failure: AppError): AppError {
  return new AppError('subnet-taken', `The subnet ${subnet} is taken`, {
    params: { subnet },
    ...(failure.detail && { detail: failure.detail }),
    hints: failure.hints,
    cause: failure,
  });
}
