// Host ports: who has claimed which, and one that is free.
import { createServer } from 'node:net';
import type Docker from 'dockerode';
import { AppError, type Hint } from '../../../shared/model/errors';
import type { Engine } from './engine';
import { engineFailure, explained, statusOf } from './failures';

export interface PortClaim {
  port: number;
  /** The name of the container, without its slash. */
  container: string;
  containerId: string;
  /** The cluster that the container is a node of. */
  cluster: string | undefined;
  /** Otherwise it will ask for the port at its start. */
  running: boolean;
}

/** Labels by which kind, k3d, minikube and Boathouse name the cluster of a container. */
const clusterLabels = ['io.x-k8s.kind.cluster', 'k3d.cluster', 'name.minikube.sigs.k8s.io', 'dev.boathouse.cluster'];

/** The cluster that a container belongs to, by its labels. */
export function clusterIn(labels: Readonly<Record<string, string>> | undefined): string | undefined {
  return clusterLabels.map((label) => labels?.[label]).find(Boolean);
}

/** Below the ranges from which systems take ports for outgoing connections (Linux from 32768, others from 49152), and below 30000. */
const range = { first: 20000, last: 29999 };

/** Ports given out by this process whose containers may not exist yet. */
const given = new Set<number>();

/**
 * A port of an address of this computer (127.0.0.1 by default) that nothing listens on and no container claims, stopped ones included. It is outside the range of outgoing
 * connections, so it is still there when a stopped cluster starts again. With an engine on another machine only the claims count.
 * @throws AppError `port-taken` when a hundred tries found none, and what `engineFailure` knows
 */
export async function freePort(
  engine: Engine,
  options: { signal?: AbortSignal; address?: string } = {},
): Promise<number> {
  const { address = '127.0.0.1' } = options;
  const claims = await claimedPorts(engine, options.signal);
  const claimed = new Set(claims.map((claim) => claim.port));
  for (let attempt = 0; attempt < 100; attempt += 1) {
    options.signal?.throwIfAborted();
    const port = range.first + Math.floor(Math.random() * (range.last - range.first + 1));
    if (claimed.has(port) || given.has(port) || !(await canListen(port, address))) continue;
    given.add(port);
    return port;
  }
  throw new AppError('port-taken', `No free port between ${range.first} and ${range.last} was found`, {
    hints: [{ text: 'Stop programs or containers that listen on many ports.' }],
  });
}

/** Who has claimed a host port: a running container, else a stopped one that will ask for it at its start. */
export async function whoUsesPort(engine: Engine, port: number, signal?: AbortSignal): Promise<PortClaim | undefined> {
  const claims = (await claimedPorts(engine, signal)).filter((claim) => claim.port === port);
  return claims.find((claim) => claim.running) ?? claims[0];
}

/**
 * Why a container could not start, with the one who has its port named: `params` gain `container` and `cluster`. Any other failure
 * stays as it is.
 */
export async function namePortOwner(engine: Engine, failure: AppError, containerId: string): Promise<AppError> {
  const port = failure.params?.port;
  if (failure.code !== 'port-taken' || typeof port !== 'number') return failure;
  // The container that failed has claimed the port itself.
  const claims = await claimedPorts(engine).catch(() => []);
  const owner = claims.find((claim) => claim.port === port && claim.running && claim.containerId !== containerId);
  return portTaken(port, owner, failure);
}

/** The error that says who has a port: a cluster, a container, or else a program that the engine does not know. */
export function portTaken(
  port: number,
  owner: Pick<PortClaim, 'container' | 'cluster'> | undefined,
  failure?: AppError,
): AppError {
  const cluster = owner?.cluster;
  const who = cluster ? `the cluster ${cluster}` : owner ? `the container ${owner.container}` : 'another program';
  const stop: Hint = cluster
    ? { text: `Stop ${cluster}.`, action: { call: 'clusters.stop', input: { name: cluster } } }
    : {
        text: owner ? `Stop ${owner.container}: docker stop ${owner.container}` : `Stop what listens on port ${port}.`,
      };
  return new AppError('port-taken', `Port ${port} is taken by ${who}`, {
    params: { port, ...(owner && { container: owner.container }), ...(cluster && { cluster }) },
    ...(failure?.detail && { detail: failure.detail }),
    hints: [stop, { text: 'Choose another port.' }],
    ...(failure && { cause: failure }),
  });
}

/** Every claim of a host port by a container. A stopped container's are in its HostConfig only, which the list does not show. */
export async function claimedPorts(engine: Engine, signal?: AbortSignal): Promise<PortClaim[]> {
  const { docker } = engine;
  const containers = await explained(() =>
    docker.listContainers({ all: true, ...(signal && { abortSignal: signal }) }),
  );
  const claims = await Promise.all(
    containers.map(async (container) => {
      const ports =
        container.State === 'running'
          ? container.Ports.flatMap(({ PublicPort }) => (PublicPort ? [PublicPort] : []))
          : await boundPorts(docker, container.Id, signal);
      return [...new Set(ports)].map((port) => ({
        port,
        container: (container.Names[0] ?? container.Id).replace(/^\//, ''),
        containerId: container.Id,
        cluster: clusterIn(container.Labels),
        running: container.State === 'running',
      }));
    }),
  );
  return claims.flat();
}

/** Whether a server can listen on this port now. An address that is not this computer's is the engine's matter. */
export function canListen(port: number, address = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve('code' in error && error.code === 'EADDRNOTAVAIL'));
    server.listen({ host: address, port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

async function boundPorts(docker: Docker, id: string, signal: AbortSignal | undefined): Promise<number[]> {
  try {
    const details = await docker.getContainer(id).inspect(signal ? { abortSignal: signal } : {});
    const bindings = Object.values(
      (details.HostConfig.PortBindings ?? {}) as Record<string, { HostPort?: string }[] | null>,
    );
    return bindings.flatMap((list) => (list ?? []).map(({ HostPort }) => Number(HostPort))).filter((port) => port > 0);
  } catch (error) {
    // It was removed in between.
    if (statusOf(error) === 404) return [];
    throw engineFailure(error);
  }
}
