// The container that owns host ports of a cluster, so that nodes come, go and pause behind ports that stay.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type Docker from 'dockerode';

export interface EdgePort {
  /** On this computer. */
  readonly address: string;
  readonly port: number;
  /** Where the edge hears it inside: the port of its routes. */
  readonly inside: number;
  readonly protocol: 'tcp' | 'udp' | 'sctp';
}

export interface EdgeContainerRequest {
  readonly name: string;
  /** The cluster's node image: it has everything that the edge's script calls, and is there already. */
  readonly image: string;
  readonly network: string;
  /** Static IPv4 address in the network; by default a free one of the dynamic range. */
  readonly address?: string;
  readonly ports: readonly EdgePort[];
  readonly labels: Readonly<Record<string, string>>;
}

/** Where the edge keeps what it is told; see `resources/edge/edge.sh`. */
export const edgeFiles = {
  script: '/edge/edge.sh',
  routes: '/edge/routes',
  services: '/edge/services',
  certificate: '/edge/tls.pem',
  paused: '/edge/paused',
  wake: '/edge/wake',
  /** Taken by whoever resumes the cluster; gone when it leads on again. */
  waking: '/run/edge/waking',
} as const;

/** The edge's script, from the folder `resources`. */
export async function edgeScript(resources: string) {
  return { path: edgeFiles.script, content: await readFile(join(resources, 'edge/edge.sh')), mode: 0o755 };
}

/** The body of `POST /containers/create` for an edge: no privileges beyond its own network's address translation. */
export function edgeContainer(request: EdgeContainerRequest): Docker.ContainerCreateOptions {
  const { name, image, network, address, ports, labels } = request;
  const inside = (port: EdgePort) => `${port.inside}/${port.protocol}`;
  return {
    name,
    Hostname: name,
    Image: image,
    Entrypoint: ['/bin/sh', edgeFiles.script],
    Cmd: [],
    StopSignal: 'SIGTERM',
    Labels: { ...labels },
    ExposedPorts: Object.fromEntries(ports.map((port) => [inside(port), {}])),
    HostConfig: {
      NetworkMode: network,
      // Back after a crash, and after the engine or the computer restarts unless it was stopped.
      RestartPolicy: { Name: 'unless-stopped' },
      CapAdd: ['NET_ADMIN'],
      Sysctls: { 'net.ipv4.ip_forward': '1' },
      PortBindings: Object.fromEntries(
        ports.map((port) => [inside(port), [{ HostIp: port.address, HostPort: String(port.port) }]]),
      ),
    },
    NetworkingConfig: {
      EndpointsConfig: { [network]: address ? { IPAMConfig: { IPv4Address: address } } : {} },
    },
  };
}
