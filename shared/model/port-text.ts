// A port as people type it: `8080`, `8080:80`, `8080 -> web:80`, `0.0.0.0:80 -> node worker:80/udp`.
import type { TemplatePort } from './template/ports';
import { dnsLabel, hostPortNumber, ipAddress, portNumber } from './template/values';

type Protocol = TemplatePort['protocol'];
type Target = TemplatePort['to'];

/** What was typed: the near side, and as much of the far side as was said. */
export interface TypedPort {
  hostAddress: string;
  hostPort: number;
  protocol: Protocol;
  /** Where it leads, where that was said in full. */
  to?: Target;
  /** Only the port's number on the far side was said, as in `8080:80`. */
  inside?: number;
}

/**
 * What is wrong with a text. `empty`; `port`: no number from 0 to 65535; `address`: no IP address; `protocol`: none of tcp, udp, sctp, or two
 * different ones; `target`: the part behind the arrow cannot be read.
 */
export type PortTextProblem = 'empty' | 'port' | 'address' | 'protocol' | 'target';

type Read = { port: TypedPort } | { problem: PortTextProblem };

const arrow = /\s*(?:->|→|=>)\s*/;
const protocols: Readonly<Record<string, Protocol>> = { tcp: 'TCP', udp: 'UDP', sctp: 'SCTP' };

/**
 * Reads `[address:]port[:port][ -> target][/protocol]`. A target is `web:80` (a Service), `shop/web:80` (in a namespace), `node worker:80` (a node,
 * a pool, or `all`), `nodeport 30080`, or a number alone. A Service without a port has the same one as this computer.
 */
export function parsePort(text: string): Read {
  const trimmed = text.trim();
  if (trimmed === '') return { problem: 'empty' };
  const [near = '', far, ...more] = trimmed.split(arrow);
  if (more.length > 0) return { problem: 'target' };
  const left = withoutProtocol(near);
  const right = withoutProtocol(far ?? '');
  if (!left || !right || (left.protocol && right.protocol && left.protocol !== right.protocol)) {
    return { problem: 'protocol' };
  }
  const host = hostOf(left.rest);
  if ('problem' in host) return host;
  const protocol = left.protocol ?? right.protocol ?? 'TCP';
  if (far === undefined) return { port: { ...host, protocol } };
  const to = host.inside === undefined ? targetOf(right.rest, host.hostPort) : undefined;
  return to ? { port: { ...host, protocol, ...to } } : { problem: 'target' };
}

/** The port as a text that `parsePort` reads back. */
export function portLine({ hostAddress, hostPort, protocol, to }: TemplatePort): string {
  const address = hostAddress === '127.0.0.1' ? '' : `${hostAddress.includes(':') ? `[${hostAddress}]` : hostAddress}:`;
  const suffix = protocol === 'TCP' ? '' : `/${protocol.toLowerCase()}`;
  return `${address}${hostPort} -> ${targetText(to)}${suffix}`;
}

/** `web:80`, `shop/web:80`, `node worker:80`, `nodeport 30080` */
export function targetText(to: Target): string {
  if ('service' in to) return `${to.namespace === 'default' ? '' : `${to.namespace}/`}${to.service}:${to.port}`;
  return 'nodePort' in to ? `nodeport ${to.nodePort}` : `node ${to.node}:${to.port}`;
}

function withoutProtocol(text: string): { rest: string; protocol?: Protocol } | undefined {
  const [, rest = text, suffix] = /^(.*\d)\s*\/\s*([a-z]+)$/i.exec(text.trim()) ?? [];
  if (suffix === undefined) return { rest: rest.trim() };
  const protocol = protocols[suffix.toLowerCase()];
  return protocol && { rest: rest.trim(), protocol };
}

type Host = Pick<TypedPort, 'hostAddress' | 'hostPort' | 'inside'>;

/** `8080`, `8080:80`, `0.0.0.0:8080`, `0.0.0.0:8080:80`, `[::1]:8080`, `localhost:8080` */
function hostOf(text: string): Host | { problem: PortTextProblem } {
  const [, bracketed, plain, first, second] =
    /^(?:\[([^\]]*)\]:|([^:[\]]*[^\d:[\]][^:[\]]*|\d+(?:\.\d*)+):)?([^:]*)(?::([^:]*))?$/.exec(text) ?? [];
  if (first === undefined) return { problem: 'address' };
  const address = bracketed ?? plain ?? '127.0.0.1';
  const hostAddress = address === 'localhost' ? '127.0.0.1' : address === '*' ? '0.0.0.0' : address;
  if (!ipAddress.safeParse(hostAddress).success) return { problem: 'address' };
  const hostPort = numberIn(first, hostPortNumber);
  const inside = second === undefined ? undefined : numberIn(second, portNumber);
  if (hostPort === undefined || (second !== undefined && inside === undefined)) return { problem: 'port' };
  return { hostAddress, hostPort, ...(inside !== undefined && { inside }) };
}

function numberIn(text: string, schema: typeof portNumber): number | undefined {
  return /^\s*\d{1,5}\s*$/.test(text) ? schema.safeParse(Number(text)).data : undefined;
}

/** Kubernetes' range unless it was told another one: a bare number in it means a NodePort. */
const nodePorts = { first: 30_000, last: 32_767 };

function targetOf(text: string, hostPort: number): Pick<TypedPort, 'to' | 'inside'> | undefined {
  const bare = numberIn(text, portNumber);
  if (bare !== undefined) {
    return bare >= nodePorts.first && bare <= nodePorts.last ? { to: { nodePort: bare } } : { inside: bare };
  }
  const nodePort = numberIn(/^nodeport\s+(\d+)$/i.exec(text)?.[1] ?? '', portNumber);
  if (nodePort !== undefined) return { to: { nodePort } };
  const [, kind, namespace, name = '', port] =
    /^(?:(node|service|svc)\s+)?(?:([^\s/:]+)\/)?([^\s/:]+)(?::(\d+))?$/i.exec(text) ?? [];
  const inside = port === undefined ? portNumber.safeParse(hostPort).data : numberIn(port, portNumber);
  if (inside === undefined) return undefined;
  if (kind?.toLowerCase() === 'node') return namespace ? undefined : { to: { node: name, port: inside } };
  const service = dnsLabel.safeParse(name).data;
  const within = dnsLabel.safeParse(namespace ?? 'default').data;
  return service && within ? { to: { service, namespace: within, port: inside } } : undefined;
}
