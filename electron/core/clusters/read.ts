// Reads the clusters from the engine, and clears away what other programs' deletes leave of ours.
import type { Cluster, OpenPort } from '../../../shared/model/cluster';
import type { Engine } from '../engine/engine';
import { explained } from '../engine/failures';
import type { Journal, JournalEntry } from '../operations/journal';
import type { Operations } from '../operations/operations';
import { freeNetwork } from '../registry/networks';
import { openPortsOf } from './edge/open-ports';
import { doorsOf, wakesOnRequest } from './edge/paused';
import type { ListedContainer } from './listed';
import { ownLabels } from './providers/kubeadm/labels';
import type { ClusterProvider, RecognisedCluster } from './providers/provider';
import { removeContainers, removeNetworks } from './remove';
import { clustersOf } from './world';

/** Milliseconds: a network that is younger may belong to a create whose first container is still to come. */
const youngNetwork = 30_000;

export interface ReadRequest {
  engine: Engine;
  providers: readonly ClusterProvider[];
  journal: Journal;
  operations: Operations;
  currentContext(): Promise<string | undefined>;
  signal?: AbortSignal;
}

/** All clusters, sorted by name. Throws `engine-unreachable`. */
export async function readClusters(request: ReadRequest): Promise<Cluster[]> {
  const { engine, operations, providers } = request;
  const [recognised, ports, entries, currentContext] = await Promise.all([
    Promise.all(providers.map(async (provider) => provider.recognise(await listContainers(request, provider.labels)))),
    listContainers(request, [ownLabels.port]).then(openPortsOf),
    request.journal.entries(),
    request.currentContext(),
  ]);
  const all = recognised.flat().map((cluster) => withPorts(cluster, ports.get(cluster.name)));
  const clusters = clustersOf(all, {
    currentContext,
    operationOn: operations.activeOn,
    journalOf: (name) => entryOn(entries, engine, name),
  });
  return Promise.all(clusters.map((cluster) => withWake(request, cluster)));
}

/** Only a file of the entrance tells, because labels of containers cannot change. */
async function withWake({ engine, signal }: ReadRequest, cluster: Cluster): Promise<Cluster> {
  const [door] = cluster.state === 'paused' ? doorsOf(cluster) : [];
  if (!door) return cluster;
  // It may go away while it is read.
  const wakes = await wakesOnRequest(engine, door, signal).catch(() => false);
  return wakes ? { ...cluster, wakes } : cluster;
}

function withPorts(cluster: RecognisedCluster, ports: OpenPort[] | undefined): RecognisedCluster {
  return ports && cluster.madeBy === 'boathouse' ? { ...cluster, ports } : cluster;
}

async function listContainers({ engine, signal }: ReadRequest, label: readonly string[]): Promise<ListedContainer[]> {
  const options = { all: true, filters: { label: [...label] }, ...(signal && { abortSignal: signal }) };
  return (await explained(() => engine.docker.listContainers(options))) as ListedContainer[];
}

/** The entry that matters most: one that is alive, else the newest. What runs in this process its operations know better. */
function entryOn(entries: readonly JournalEntry[], engine: Engine, name: string): JournalEntry | undefined {
  const others = entries.filter(({ alive, pid }) => !(alive && pid === process.pid));
  const own = others.filter((entry) => entry.subject === name && entry.engine === engine.endpoint.host);
  return own.sort((a, b) => Number(b.alive) - Number(a.alive) || b.at - a.at)[0];
}

/**
 * Removes networks of ours whose cluster is gone, and the containers of its ports: `kind delete cluster` removes only what carries
 * its label. Those of a create that is under way, or that was cut off and awaits its clean-up, stay; so do those that
 * somebody's container still uses. Returns the names of the networks that were removed.
 */
export async function sweepNetworks(request: ReadRequest, clusters: readonly Cluster[]): Promise<string[]> {
  const { engine, signal = AbortSignal.timeout(10_000) } = request;
  const filters = { label: [ownLabels.cluster] };
  const networks = await explained(() => engine.docker.listNetworks({ filters, abortSignal: signal }));
  if (networks.length === 0) return [];
  const busy = new Set((await request.journal.entries()).map((entry) => entry.subject));
  const alive = new Set(clusters.map((cluster) => cluster.name));
  const orphans = networks.filter(({ Labels, Created }) => {
    const name = Labels?.[ownLabels.cluster] ?? '';
    return !alive.has(name) && !busy.has(name) && Date.now() - Date.parse(Created ?? '') > youngNetwork;
  });
  const removed = await Promise.allSettled(
    orphans.map(async ({ Id, Labels }) => {
      await freeNetwork(engine, Id, signal);
      const containers = await containersIn(engine, Id, signal);
      if (containers.some(({ Labels }) => Labels[ownLabels.port] === undefined)) return [];
      const ports = containers.map((container) => container.Id);
      await removeContainers(engine, ports, signal);
      return removeNetworks(engine, `${ownLabels.cluster}=${Labels?.[ownLabels.cluster]}`, signal);
    }),
  );
  return removed.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
}

/** Every container of a network, stopped ones too: the engine itself would remove it from under those. */
async function containersIn(engine: Engine, network: string, signal: AbortSignal) {
  const filters = { network: [network] };
  return explained(() => engine.docker.listContainers({ all: true, filters, abortSignal: signal }));
}
