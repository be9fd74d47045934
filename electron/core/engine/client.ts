// Plain requests to the Docker Engine API: a client bound to one endpoint, and typed calls that can be aborted.
import type { Agent } from 'node:http';
import type { Readable } from 'node:stream';
import { inspect } from 'node:util';
import Docker from 'dockerode';

/** What docker-modem needs to reach one endpoint; `agent` carries what it has no option for (TLS without verification, ssh). */
export interface EngineConnectionOptions extends Docker.DockerOptions {
  agent?: Agent;
}

interface DialOptions {
  path: string;
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  statusCodes: Record<number, true | string>;
  abortSignal?: AbortSignal | undefined;
  isStream?: boolean;
  options?: Record<string, unknown>;
  authconfig?: { base64: string } | undefined;
  registryconfig?: { base64: string } | undefined;
  /** What is sent. */
  file?: Readable | undefined;
}
interface Modem {
  dial(options: DialOptions, callback: (error: Error | null, result: unknown) => void): void;
}

/**
 * A client for exactly this endpoint. docker-modem mixes the DOCKER_* variables of the process into what it is given (and
 * throws when they are malformed), so they are out of its sight while it reads its options.
 */
export function createClient(connection: EngineConnectionOptions): Docker {
  // docker-modem 5 writes out every request for its debug log, whether anybody reads that or not: with all sockets of the agent that
  // took an eighth of a command's time.
  if (connection.agent) Object.assign(connection.agent, { [inspect.custom]: () => 'Agent' });
  const hidden = process.env.DOCKER_HOST;
  delete process.env.DOCKER_HOST;
  try {
    return new Docker(connection);
  } finally {
    if (hidden !== undefined) process.env.DOCKER_HOST = hidden;
  }
}

/**
 * GET of a JSON document that dockerode has no abortable call for.
 * @throws the error of docker-modem (with `statusCode`), or the abort
 */
export async function getJson(docker: Docker, path: string, signal: AbortSignal | undefined): Promise<unknown> {
  const result = await dial(docker, { path, method: 'GET', statusCodes: { 200: true }, abortSignal: signal });
  if (Buffer.isBuffer(result)) throw new Error(`${path} answered something that is not JSON`);
  return result;
}

/**
 * POST without a body, which dockerode's own call would make without its query.
 * @throws the error of docker-modem (with `statusCode`), or the abort
 */
export async function post(docker: Docker, path: string, query: URLSearchParams, signal: AbortSignal): Promise<void> {
  // docker-modem takes off the last character of a path with a question mark.
  const asked = { path: `${path}?${query}&`, method: 'POST', statusCodes: { 200: true } } as const;
  await dial(docker, { ...asked, abortSignal: signal });
}

/**
 * GET whose answer is a stream.
 * @throws the error of docker-modem (with `statusCode`), or the abort
 */
export async function getStream(
  docker: Docker,
  path: string,
  query: URLSearchParams,
  signal: AbortSignal,
): Promise<Readable> {
  // docker-modem takes off the last character of a path with a question mark, and has no way to give a name twice.
  const asked = { path: `${path}?${query}&`, method: 'GET', statusCodes: { 200: true }, isStream: true } as const;
  return (await dial(docker, { ...asked, abortSignal: signal })) as Readable;
}

/**
 * POST whose answer is a stream. `query` holds plain values only; `body` is a tar.
 * @throws the error of docker-modem (with `statusCode`), or the abort
 */
export async function postForStream(
  docker: Docker,
  path: string,
  query: Record<string, string>,
  extras: {
    signal: AbortSignal | undefined;
    registryAuth?: string | undefined;
    registryConfig?: string | undefined;
    body?: Readable;
  },
): Promise<Readable> {
  const result = await dial(docker, {
    path: `${path}?`,
    method: 'POST',
    isStream: true,
    statusCodes: { 200: true },
    abortSignal: extras.signal,
    authconfig: extras.registryAuth === undefined ? undefined : { base64: extras.registryAuth },
    registryconfig: extras.registryConfig === undefined ? undefined : { base64: extras.registryConfig },
    file: extras.body,
    options: { _query: query, _body: {} },
  });
  return result as Readable;
}

function dial(docker: Docker, options: DialOptions): Promise<unknown> {
  return new Promise((resolve, reject) => {
    (docker.modem as Modem).dial(options, (error, result) => (error ? reject(error) : resolve(result)));
  });
}
