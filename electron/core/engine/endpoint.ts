// Which Docker Engine is meant: the setting, the environment, docker's contexts, then the sockets that the platform is known for.
import type { EngineEndpoint } from '../../../shared/model/engine';
import type { EngineConnectionOptions } from './client';
import { type DockerFiles, dockerDirectory, nodeFiles, readContext, readDockerConfig, readTls } from './docker-config';
import { parseDockerHost, socketPathOf, type TlsMaterial } from './docker-host';

export interface EndpointRequest {
  /** The address in the settings; empty or undefined: not set. */
  setting: string | undefined;
  environment: Readonly<Record<string, string | undefined>>;
  homeDirectory: string;
  platform: NodeJS.Platform;
  files?: DockerFiles;
}

export interface ResolvedEndpoint {
  endpoint: EngineEndpoint;
  connection: EngineConnectionOptions;
  /** Sockets whose appearance may change the answer. */
  sockets: string[];
}

/**
 * Order: setting, DOCKER_HOST, DOCKER_CONTEXT, docker's current context, the platform's sockets (the first that answers, else
 * the first that exists, else the platform's usual one). (docker/cli: cli/command/cli.go)
 * @throws AppError `bad-input` for a malformed address, a context that does not exist, TLS material that cannot be read
 */
export async function resolveEndpoint(request: EndpointRequest): Promise<ResolvedEndpoint> {
  const files = request.files ?? nodeFiles;
  const { environment } = request;
  const directory = dockerDirectory(environment, request.homeDirectory);

  const setting = request.setting?.trim();
  if (setting) return fromAddress({ host: setting, source: 'setting' }, await environmentTls(setting, request, files));
  const host = environment.DOCKER_HOST?.trim();
  if (host) return fromAddress({ host, source: 'DOCKER_HOST' }, await environmentTls(host, request, files));

  const named = environment.DOCKER_CONTEXT?.trim();
  const context = named || (await readDockerConfig(files, directory)).currentContext || 'default';
  if (context !== 'default') {
    const stored = await readContext(files, directory, context);
    return fromAddress({ host: stored.host, source: named ? 'DOCKER_CONTEXT' : 'context', context }, stored.tls);
  }
  const sockets = platformSockets(request);
  const address = socketAddress(request.platform, await firstUsable(sockets, files));
  return { ...fromAddress({ host: address, source: 'socket' }, undefined), sockets };
}

/** Where engines are known to listen when nothing is configured, the usual place first. (facts: Docker Desktop, Colima, OrbStack, Rancher Desktop) */
export function platformSockets(
  request: Pick<EndpointRequest, 'environment' | 'homeDirectory' | 'platform'>,
): [string, ...string[]] {
  const { environment, homeDirectory: home, platform } = request;
  if (platform === 'win32') return ['//./pipe/docker_engine', '//./pipe/dockerDesktopLinuxEngine'];
  const colima = `${environment.COLIMA_HOME || `${home}/.colima`}/default/docker.sock`;
  if (platform === 'darwin') {
    return [
      '/var/run/docker.sock',
      `${home}/.docker/run/docker.sock`,
      `${home}/.orbstack/run/docker.sock`,
      colima,
      `${home}/.rd/docker.sock`,
      `${home}/Library/Containers/com.docker.docker/Data/docker.sock`,
    ];
  }
  const runtime = environment.XDG_RUNTIME_DIR;
  return [
    '/var/run/docker.sock',
    ...(runtime ? [`${runtime}/docker.sock`] : []),
    `${home}/.docker/desktop/docker.sock`,
    `${home}/.docker/run/docker.sock`,
    `${home}/.rd/docker.sock`,
    colima,
  ];
}

function fromAddress(endpoint: EngineEndpoint, tls: TlsMaterial | undefined): ResolvedEndpoint {
  const origin = endpoint.context
    ? `the Docker context "${endpoint.context}"`
    : endpoint.source === 'setting'
      ? 'the settings'
      : endpoint.source;
  const connection = parseDockerHost(endpoint.host, tls, origin);
  const socket = socketPathOf(endpoint.host);
  return { endpoint, connection, sockets: socket ? [socket] : [] };
}

/**
 * DOCKER_TLS_VERIFY asks for TLS with verification, DOCKER_TLS for TLS without; the files are in DOCKER_CERT_PATH, else in docker's
 * directory. Port 2376 means TLS wherever there is material for it.
 */
async function environmentTls(
  host: string,
  request: EndpointRequest,
  files: DockerFiles,
): Promise<TlsMaterial | undefined> {
  const { environment } = request;
  const directory = environment.DOCKER_CERT_PATH || dockerDirectory(environment, request.homeDirectory);
  const verify = Boolean(environment.DOCKER_TLS_VERIFY);
  if (socketPathOf(host) || /^ssh:/i.test(host)) return undefined;
  if (verify || environment.DOCKER_TLS) return readTls(files, directory, verify);
  if (!/:2376\/?$/.test(host)) return undefined;
  const tls = await readTls(files, directory, true);
  return tls.ca ? tls : undefined;
}

async function firstUsable(sockets: [string, ...string[]], files: DockerFiles): Promise<string> {
  let existing: string | undefined;
  for (const socket of sockets) {
    const state = await files.probeSocket(socket);
    if (state === 'answers') return socket;
    if (state === 'silent') existing ??= socket;
  }
  return existing ?? sockets[0];
}

function socketAddress(platform: NodeJS.Platform, socket: string): string {
  return `${platform === 'win32' ? 'npipe' : 'unix'}://${socket}`;
}
