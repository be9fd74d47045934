// A registry in the networks of clusters: beside their nodes while they need it, out of the way when a network goes.
import type { ListedContainer } from '../clusters/listed';
import type { Engine } from '../engine/engine';
import { engineWords, explained, statusOf } from '../engine/failures';
import { registryLabels } from './labels';
import { recogniseRegistries } from './recognise';

/** Puts a container into a network; it may be there already. @returns whether it was not */
export async function joinNetwork(
  engine: Engine,
  network: string,
  container: string,
  signal: AbortSignal,
): Promise<boolean> {
  signal.throwIfAborted();
  try {
    await engine.docker.getNetwork(network).connect({ Container: container });
    return true;
  } catch (error) {
    // Docker 20.10 and 28: 403 "endpoint with name ... already exists in network ..."
    if (/already exists in network/i.test(engineWords(error))) return false;
    return explained(() => Promise.reject(error));
  }
}

/** Takes a container out of a network, also one that does not run. */
export async function leaveNetwork(
  engine: Engine,
  network: string,
  container: string,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  try {
    await engine.docker.getNetwork(network).disconnect({ Container: container, Force: true });
  } catch (error) {
    const gone = statusOf(error) === 404 || /is not connected to/i.test(engineWords(error));
    if (!gone) await explained(() => Promise.reject(error));
  }
}

/** Takes every registry and cache out of a network that is about to be removed: it would keep the network, or could not start any more. */
export async function freeNetwork(engine: Engine, network: string, signal: AbortSignal): Promise<void> {
  const filters = { network: [network] };
  const containers = await explained(() => engine.docker.listContainers({ all: true, filters, abortSignal: signal }));
  const listed = containers as ListedContainer[];
  const guests = [
    ...recogniseRegistries(listed).map(({ containerId }) => containerId),
    ...listed.filter(({ Labels }) => Labels[registryLabels.role] === 'cache').map(({ Id }) => Id),
  ];
  await Promise.all(guests.map((container) => leaveNetwork(engine, network, container, signal)));
}
