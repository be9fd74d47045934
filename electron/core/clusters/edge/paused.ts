// What the containers that own a cluster's ports do while it is paused: they answer in its place, and can tell when they were asked.
import { type Cluster, type ClusterNode, containersOf } from '../../../../shared/model/cluster';
import { getFile } from '../../engine/archive';
import type { Engine } from '../../engine/engine';
import { execInContainer } from '../../engine/exec';
import { edgeFiles } from './container';
import { tellEdge } from './tell';

/** What the entrance's log says of each request while clients are to wait (`resources/edge/edge.sh`). */
export const askedWords = 'asked while paused';

/** The containers of ours through which this computer reaches the cluster; those of other programs cannot answer for it. */
export function doorsOf(cluster: Pick<Cluster, 'madeBy' | 'nodes' | 'entrance' | 'ports'>): ClusterNode[] {
  if (cluster.madeBy !== 'boathouse') return [];
  return containersOf(cluster).filter(({ role }) => role === 'external-load-balancer');
}

/** What users of kubectl and visitors of ports read; without quotes and backslashes, because it stands in JSON. */
export function pausedWords(cluster: string, wake: boolean): string {
  const resume = `boathouse resume ${cluster}`;
  if (!wake) return `The cluster ${cluster} is paused. Resume it with: ${resume}`;
  return `The cluster ${cluster} is paused and resumes now if Boathouse is open. Otherwise resume it with: ${resume}`;
}

/** Makes the doors answer in the cluster's place. `wake`: clients are told to ask again, and asking is noted. */
export async function closeDoors(
  engine: Engine,
  cluster: string,
  doors: readonly ClusterNode[],
  { wake, signal }: { wake: boolean; signal: AbortSignal },
): Promise<void> {
  await Promise.all(doors.map((door) => tellDoor(engine, door, signal, pausedWords(cluster, wake), wake)));
}

/** Makes the doors lead on to the nodes again, the API's first; those that do not run will when they start. */
export async function openDoors(engine: Engine, doors: readonly ClusterNode[], signal: AbortSignal): Promise<void> {
  const [entrance, ...others] = doors;
  // Each takes the processor for a moment, and everybody waits for the API.
  if (entrance) await tellDoor(engine, entrance, signal);
  await Promise.all(others.map((door) => tellDoor(engine, door, signal)));
}

/**
 * Makes doors that run lead on a moment earlier than {@link openDoors}, which starts a program in each: for whoever waits. Those that do
 * not hear it (of an earlier version, or ending) are left to that.
 */
export async function hastenDoors(engine: Engine, doors: readonly ClusterNode[], signal: AbortSignal): Promise<void> {
  const running = doors.filter(({ state }) => state === 'running');
  await Promise.allSettled(
    running.map(({ containerId }) =>
      engine.docker.getContainer(containerId).kill({ signal: 'SIGUSR2', abortSignal: signal }),
    ),
  );
}

/** Empty files mean that the cluster is not paused: they can be written into a container that does not run. */
async function tellDoor(
  engine: Engine,
  door: Pick<ClusterNode, 'containerId' | 'state'>,
  signal: AbortSignal,
  words = '',
  wake = false,
): Promise<void> {
  const files = [
    { path: edgeFiles.wake, content: wake ? 'yes' : '' },
    { path: edgeFiles.paused, content: words },
  ];
  await tellEdge(engine, door, files, signal);
}

/** Whether a request to the door of a paused cluster is to resume it. */
export async function wakesOnRequest(engine: Engine, door: ClusterNode, signal?: AbortSignal): Promise<boolean> {
  const content = await getFile(engine, door.containerId, edgeFiles.wake, signal);
  return content !== undefined && content.length > 0;
}

/** True for the first who asks: several processes may see one request, and one of them is to resume the cluster. */
export async function claimWake(engine: Engine, door: ClusterNode, signal: AbortSignal): Promise<boolean> {
  const { exitCode } = await execInContainer(engine, door.containerId, ['mkdir', edgeFiles.waking], { signal });
  return exitCode === 0;
}

/** Gives the claim back, so that the next request counts again. */
export async function releaseWake(engine: Engine, door: ClusterNode, signal: AbortSignal): Promise<void> {
  await execInContainer(engine, door.containerId, ['rmdir', edgeFiles.waking], { signal });
}
