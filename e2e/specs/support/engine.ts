// The real engine beside the product: what is there of a cluster, and its removal when a journey ends badly.
import Docker from 'dockerode';

/** Where the engine of the journeys is. */
export const testEngine = process.env.BOATHOUSE_TEST_ENGINE ?? 'unix:///var/run/docker.sock';
export const testNodeImage = process.env.BOATHOUSE_TEST_NODE_IMAGE ?? 'testbed/node:v1.20.2';

export const testSocket = testEngine.replace(/^unix:\/\//, '');
const docker = new Docker({ socketPath: testSocket });

/** Names on the engine, each list sorted. */
export interface Traces {
  containers: string[];
  networks: string[];
  volumes: string[];
}

export const nothing: Traces = { containers: [], networks: [], volumes: [] };

/**
 * What the engine has of a cluster. Volumes are nameless and carry no labels: those of its containers are found, and of the
 * volumes of `before`, which had been seen then, those that are still there.
 */
export async function tracesOf(cluster: string, before: Traces = nothing): Promise<Traces> {
  const containers = await containersOf(cluster);
  const inspected = await Promise.all(containers.map(({ Id }) => docker.getContainer(Id).inspect()));
  const mounted = inspected.flatMap(({ Mounts }) => Mounts.flatMap((mount) => (mount.Name ? [mount.Name] : [])));
  const networks = await networksOf(cluster);
  const { Volumes } = await docker.listVolumes();
  const known = new Set([...mounted, ...before.volumes]);
  return {
    containers: inspected.map(({ Name }) => Name.replace(/^\//, '')).sort(),
    networks: networks.map(({ Name }) => Name).sort(),
    volumes: Volumes.map(({ Name }) => Name)
      .filter((name) => known.has(name))
      .sort(),
  };
}

/** How many of a cluster's containers run. */
export async function runningContainers(cluster: string): Promise<number> {
  return (await containersOf(cluster)).filter(({ State }) => State === 'running').length;
}

/** Removes whatever there is by a cluster's name, without the product's help. */
export async function removeCluster(cluster: string): Promise<void> {
  for (const { Id } of await containersOf(cluster)) await docker.getContainer(Id).remove({ force: true, v: true });
  for (const { Id } of await networksOf(cluster)) await docker.getNetwork(Id).remove();
}

/** By label and by name: a container that lost its label would be a trace as well. */
async function containersOf(cluster: string) {
  const containers = await docker.listContainers({ all: true });
  return containers.filter(
    ({ Labels, Names }) =>
      Labels['io.x-k8s.kind.cluster'] === cluster || Names.some((name) => name.startsWith(`/${cluster}-`)),
  );
}

async function networksOf(cluster: string) {
  const networks = await docker.listNetworks();
  return networks.filter(
    ({ Labels, Name }) => Labels?.['dev.boathouse.cluster'] === cluster || Name === `boathouse-${cluster}`,
  );
}
