// The container of a node, as the Docker API is asked for it: kind's to the letter, with a static address and our labels.
import type Docker from 'dockerode';
import type { NodePool } from '../../../../../shared/model/template';
import { bytesOf } from '../../../../../shared/model/template/values';
import type { EngineTraits } from './engine-traits';
import { nodeLabels, type OwnFacts } from './labels';

export interface NodeContainerRequest {
  readonly cluster: string;
  readonly node: {
    readonly name: string;
    readonly role: 'control-plane' | 'worker';
    /** Static IPv4 address in the cluster's network, outside the range the engine gives addresses from. */
    readonly address: string;
    /** The same in the network's IPv6 range, in clusters that have one. */
    readonly ipv6Address?: string | undefined;
  };
  readonly image: string;
  readonly network: string;
  readonly engine: EngineTraits;
  /** `proxyEnvironment` of the cluster. */
  readonly proxyEnvironment: readonly string[];
  /** kind 0.33: the value of `KIND_EXPERIMENTAL_CONTAINERD_SNAPSHOTTER`, passed through to the image's entrypoint. */
  readonly snapshotter?: string;
  readonly facts: OwnFacts;
  /** Further environment; it wins over what has the same name. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Host paths are absolute. */
  readonly mounts?: readonly NodeMount[];
  /** Search domains in place of the engine's; none when it is empty. */
  readonly dnsSearch?: readonly string[] | undefined;
  /** What the node may use at most. */
  readonly resources?: NodeLimits;
}

export type NodeMount = NodePool['mounts'][number];

/** `memory` as Kubernetes writes quantities: `2Gi`, `512M`, bytes. */
export interface NodeLimits {
  readonly cpus?: number | undefined;
  readonly memory?: string | undefined;
}

/** The engine's words for limits: billionths of a CPU, bytes; no swap beyond the memory. */
export function engineLimits({ cpus, memory }: NodeLimits) {
  const bytes = memory === undefined ? undefined : bytesOf(memory);
  return {
    ...(cpus !== undefined && { NanoCpus: Math.round(cpus * 1e9) }),
    ...(bytes !== undefined && { Memory: bytes, MemorySwap: bytes }),
  };
}

/** `KEY=value`, each key once. kind 0.33: the search domains are for the image's entrypoint. */
function variables({ node, proxyEnvironment, snapshotter, dnsSearch, environment = {} }: NodeContainerRequest) {
  const own = [
    ...(snapshotter ? [`KIND_EXPERIMENTAL_CONTAINERD_SNAPSHOTTER=${snapshotter}`] : []),
    ...proxyEnvironment,
    ...(dnsSearch ? [`KIND_DNS_SEARCH=${dnsSearch.join(' ')}`] : []),
    ...(node.role === 'control-plane' ? ['KUBECONFIG=/etc/kubernetes/admin.conf'] : []),
  ];
  return [
    ...own.filter((variable) => environment[variable.split('=')[0] ?? ''] === undefined),
    ...Object.entries(environment).map(([name, value]) => `${name}=${value}`),
  ];
}

/** kind 0.33: the options of `docker run --volume`, in this order. */
export function bindOf({ hostPath, containerPath, readOnly, selinuxRelabel, propagation }: NodeMount): string {
  const options = [
    ...(readOnly ? ['ro'] : []),
    ...(selinuxRelabel ? ['Z'] : []),
    ...(propagation === 'Bidirectional' ? ['rshared'] : []),
    ...(propagation === 'HostToContainer' ? ['rslave'] : []),
  ];
  return [hostPath, containerPath, ...(options.length > 0 ? [options.join(',')] : [])].join(':');
}

function hostConfig({
  network,
  engine,
  node,
  resources,
  mounts = [],
  dnsSearch,
}: NodeContainerRequest): Docker.HostConfig {
  return {
    NetworkMode: network,
    // Back after the engine or the computer restarts, not after a wanted stop.
    RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 1 },
    // The engine may default to an init of its own; the node's is systemd.
    Init: false,
    Privileged: true,
    SecurityOpt: ['seccomp=unconfined', 'apparmor=unconfined'],
    Tmpfs: { '/tmp': '', '/run': '' },
    Binds: [
      '/lib/modules:/lib/modules:ro',
      ...(engine.needsDeviceMapper ? ['/dev/mapper:/dev/mapper'] : []),
      ...mounts.map(bindOf),
    ],
    ...(node.ipv6Address && { Sysctls: ipv6Sysctls }),
    // Entrypoints of old images do not know the environment; the engine takes a dot for none.
    ...(dnsSearch && { DnsSearch: dnsSearch.length > 0 ? [...dnsSearch] : ['.'] }),
    ...(resources && engineLimits(resources)),
    ...(engine.userNamespaces && { UsernsMode: 'host' }),
    ...(engine.rootless && {
      Devices: [{ PathOnHost: '/dev/fuse', PathInContainer: '/dev/fuse', CgroupPermissions: 'rwm' }],
    }),
  };
}

/** kind 0.33: on every container of a cluster that uses IPv6. */
export const ipv6Sysctls = { 'net.ipv6.conf.all.disable_ipv6': '0', 'net.ipv6.conf.all.forwarding': '1' };

/** A container's static addresses in a network, in the engine's words. */
export function staticAddresses(address: string, ipv6Address: string | undefined) {
  return { IPAMConfig: { IPv4Address: address, ...(ipv6Address && { IPv6Address: ipv6Address }) } };
}

/**
 * The body of `POST /containers/create` for a node.
 * kind 0.33: names, labels, mounts, security and restart policy are kind's; the image's entrypoint is kept. Ours are the
 * static address and the labels `dev.boathouse.*`; no port is published: the cluster's entrance has the API's. `/var` is an anonymous volume: the engine fills it from the image.
 */
export function nodeContainer(request: NodeContainerRequest): Docker.ContainerCreateOptions {
  const { cluster, node, image, network, facts } = request;
  return {
    name: node.name,
    Hostname: node.name,
    Image: image,
    Tty: true,
    AttachStdin: false,
    AttachStdout: false,
    AttachStderr: false,
    OpenStdin: false,
    Env: variables(request),
    Labels: nodeLabels(cluster, node.role, node.address, facts),
    Volumes: { '/var': {} },
    // dockerode's types do not know CgroupnsMode (API 1.41).
    HostConfig: { ...hostConfig(request), CgroupnsMode: 'private' } as Docker.HostConfig,
    NetworkingConfig: { EndpointsConfig: { [network]: staticAddresses(node.address, node.ipv6Address) } },
  };
}
