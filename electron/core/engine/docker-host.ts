// Addresses of Docker Engines (`unix://`, `npipe://`, `tcp://`, `ssh://`), parsed into what the client needs to connect.
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { AppError } from '../../../shared/model/errors';
import type { EngineConnectionOptions } from './client';
import { createSshAgent } from './ssh';

/** PEM material, as docker's CLI finds it; `verify: false` accepts any certificate. */
export interface TlsMaterial {
  ca?: string;
  cert?: string;
  key?: string;
  verify: boolean;
}

/**
 * The connection that an address asks for. `tls` makes tcp use TLS.
 * @throws AppError `bad-input` naming `origin` (where the address was written) for an address that docker would not take either
 */
export function parseDockerHost(
  address: string,
  tls: TlsMaterial | undefined,
  origin: string,
): EngineConnectionOptions {
  const [, scheme, rest] = /^(?:([a-z]+):\/\/)?(.*)$/is.exec(address.trim()) ?? [];
  switch ((scheme ?? 'tcp').toLowerCase()) {
    case 'unix':
      if (!rest?.startsWith('/')) throw malformed(address, origin, 'unix:///var/run/docker.sock');
      return { socketPath: rest, protocol: 'http', agent: new HttpAgent({ keepAlive: true }) };
    case 'npipe':
      if (!rest) throw malformed(address, origin, 'npipe:////./pipe/docker_engine');
      return { socketPath: rest.replaceAll('\\', '/'), protocol: 'http', agent: new HttpAgent({ keepAlive: true }) };
    case 'tcp':
    case 'http':
    case 'https':
      return tcpConnection(address, rest ?? '', tls ?? (scheme === 'https' ? { verify: true } : undefined), origin);
    case 'ssh':
      return sshConnection(address, origin);
    default:
      throw malformed(address, origin, 'unix:///var/run/docker.sock, tcp://host:2376 or ssh://user@host');
  }
}

/** The path of the socket or named pipe that the address means; undefined for tcp and ssh. */
export function socketPathOf(address: string): string | undefined {
  return /^(?:unix|npipe):\/\/(.+)$/i.exec(address.trim())?.[1];
}

function tcpConnection(
  address: string,
  rest: string,
  tls: TlsMaterial | undefined,
  origin: string,
): EngineConnectionOptions {
  const url = parseUrl(`http://${rest}`);
  if (!url?.hostname || url.username || url.search || (url.pathname !== '/' && url.pathname !== '')) {
    throw malformed(address, origin, 'tcp://host:2375 or tcp://host:2376');
  }
  // WHATWG URLs drop a port of 80 for http, which is what was meant then.
  const port = Number(url.port || (/:80\/?$/.test(rest) ? 80 : tls ? 2376 : 2375));
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (!tls) return { host, port, protocol: 'http', agent: new HttpAgent({ keepAlive: true }) };
  const { verify, ...material } = tls;
  return {
    host,
    port,
    protocol: 'https',
    agent: new HttpsAgent({ keepAlive: true, ...material, rejectUnauthorized: verify }),
  };
}

function sshConnection(address: string, origin: string): EngineConnectionOptions {
  const url = parseUrl(address.trim());
  const user = url && decodeURIComponent(url.username);
  if (!url?.hostname || url.password || url.hostname.startsWith('-') || user?.startsWith('-')) {
    throw malformed(address, origin, 'ssh://user@host');
  }
  const agent = createSshAgent({
    host: url.hostname.replace(/^\[|\]$/g, ''),
    user: user || undefined,
    port: url.port ? Number(url.port) : undefined,
    socketPath: url.pathname.length > 1 ? url.pathname : undefined,
  });
  return { host: 'docker', port: 80, protocol: 'http', agent };
}

function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

function malformed(address: string, origin: string, example: string): AppError {
  return new AppError('bad-input', `"${address}" is not the address of a Docker Engine`, {
    params: { address, origin },
    hints: [{ text: `Write it in ${origin} like this: ${example}` }],
  });
}
