// Ports in docker's notation: `[address:][host port:]container port[/protocol]`, ranges included.

export interface DockerPort {
  address: string;
  /** 0 where docker chooses. */
  hostPort: number;
  containerPort: number;
  protocol: 'TCP' | 'UDP' | 'SCTP';
}

/** The most ports that one range may stand for. */
const widestRange = 100;

/** The ports that a notation means; undefined for what is none. */
export function readPorts(text: string): DockerPort[] | undefined {
  const [, bracketed, bare, host, container = '', protocol = 'tcp'] =
    /^(?:\[([0-9A-Fa-f:.]+)\]:|([\d.]+):(?=[\d-]*:))?(?:([\d-]*):)?(\d+(?:-\d+)?)(?:\/(tcp|udp|sctp))?$/i.exec(text) ??
    [];
  const containerPorts = rangeOf(container);
  const hostPorts = host ? rangeOf(host) : containerPorts?.map(() => 0);
  if (!containerPorts || !hostPorts || hostPorts.length !== containerPorts.length) return undefined;
  return containerPorts.map((containerPort, index) => ({
    address: bracketed ?? bare ?? '0.0.0.0',
    hostPort: hostPorts[index] ?? 0,
    containerPort,
    protocol: protocol.toUpperCase() as DockerPort['protocol'],
  }));
}

function rangeOf(text: string): number[] | undefined {
  const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? [];
  const [from, to] = [Number(first), Number(last)];
  if (first === undefined || to < from || to - from >= widestRange) return undefined;
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

export function writePort({ address, hostPort, containerPort, protocol }: DockerPort): string {
  const host = address.includes(':') ? `[${address}]` : address;
  return `${host}:${hostPort || ''}:${containerPort}${protocol === 'TCP' ? '' : `/${protocol.toLowerCase()}`}`;
}
