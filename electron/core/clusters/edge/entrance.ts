// The entrance of a cluster: the edge through which this computer, and nodes behind several control planes, reach its API.
import type Docker from 'dockerode';
import type { ContainerFile } from '../../engine/archive';
import { putFiles } from '../../engine/archive';
import type { Engine } from '../../engine/engine';
import { engineFailure, explained } from '../../engine/failures';
import { entranceAddress } from '../../engine/networks';
import { namePortOwner } from '../../engine/ports';
import { nodeLabels, type OwnFacts, ownLabels } from '../providers/kubeadm/labels';
import { nodeName } from '../providers/kubeadm/nodes';
import { edgeContainer, edgeFiles, edgeScript } from './container';
import { routesFile } from './routes';
import type { EdgeFile } from './tell';

export const apiPort = 6443;

/** kind 0.33: the name of a cluster's load balancer. Its programs find the API by the role of that container. */
export function entranceName(cluster: string): string {
  return nodeName(cluster, 'external-load-balancer', 1);
}

export interface EntranceRequest {
  readonly cluster: string;
  readonly image: string;
  readonly network: { readonly name: string; readonly subnet: string };
  /** Where this computer reaches the API. */
  readonly api: { readonly address: string; readonly port: number };
  /** Addresses of the control planes in the cluster's network. */
  readonly controlPlanes: readonly string[];
  /** Certificate and key, PEM, with which it answers while the cluster is paused. */
  readonly certificate: string;
  readonly facts: OwnFacts;
  readonly resources: string;
}

/** The routes of an entrance: one control plane needs no watching. */
export function entranceRoutes(controlPlanes: readonly string[]): EdgeFile {
  const targets = controlPlanes.map((address) => `${address}:${apiPort}`);
  return routesFile([{ protocol: 'tcp', port: apiPort, check: targets.length > 1 ? 'api' : 'none', targets }]);
}

/** Creates and starts a cluster's entrance. Throws `port-taken` naming who has the port. */
export async function openEntrance(engine: Engine, request: EntranceRequest, signal: AbortSignal): Promise<void> {
  const { cluster, network, api } = request;
  const name = entranceName(cluster);
  const address = entranceAddress(network.subnet);
  const body = edgeContainer({
    name,
    image: request.image,
    network: network.name,
    address,
    ports: [{ ...api, inside: apiPort, protocol: 'tcp' }],
    labels: {
      ...nodeLabels(cluster, 'external-load-balancer', address, request.facts),
      [ownLabels.apiPort]: String(api.port),
      ...(api.address !== '127.0.0.1' && { [ownLabels.apiAddress]: api.address }),
    },
  });
  const files = [
    await edgeScript(request.resources),
    { path: edgeFiles.certificate, content: request.certificate, mode: 0o600 },
    entranceRoutes(request.controlPlanes),
  ];
  await openEdge(engine, body, files, signal);
}

/** Creates an edge, tells it its files, and starts it. Throws `port-taken` naming who has its port. */
export async function openEdge(
  engine: Engine,
  body: Docker.ContainerCreateOptions,
  files: readonly ContainerFile[],
  signal: AbortSignal,
): Promise<void> {
  // Not cancelled half-way: the engine would go on and leave a container that nobody knows of.
  const { id } = await explained(() => engine.docker.createContainer(body));
  signal.throwIfAborted();
  await putFiles(engine, id, files, signal);
  await startEdge(engine, id, signal);
}

/** Starts an edge's container. Throws `port-taken` naming who has the port. */
export async function startEdge(engine: Engine, container: string, signal: AbortSignal): Promise<void> {
  try {
    await engine.docker.getContainer(container).start({ abortSignal: signal });
  } catch (error) {
    throw await namePortOwner(engine, engineFailure(error), container);
  }
}
