// Connecting a registry to a running cluster and back, whoever made the cluster: networks, files that containerd reads at the next
// pull, and an announcement for tools. No node is restarted.
import type { Cluster, ClusterNode } from '../../../shared/model/cluster';
import { AppError } from '../../../shared/model/errors';
import type { Plan, PlannedStep } from '../../../shared/model/operation';
import { connectAsAdmin } from '../clusters/admin';
import type { ClusterDependencies } from '../clusters/dependencies';
import { noApi } from '../clusters/failures';
import { findCluster } from '../clusters/find';
import type { Engine } from '../engine/engine';
import type { StepAction, StepContext } from '../operations/operation';
import { announce, unannounce } from './announce';
import { startContainer } from './create';
import { addressesOf, type Hosts, withHosts } from './hosts';
import { joinNetwork, leaveNetwork } from './networks';
import { changeHosts } from './node-hosts';
import { waitForRegistry } from './reach';
import { findRegistry } from './read';
import type { RecognisedRegistry } from './recognise';

/** A cluster and the registry that it is to be connected to. */
interface Pair {
  engine: Engine;
  cluster: Cluster;
  registry: RecognisedRegistry & { address: string };
}

/** Throws `not-found`, `not-possible` (k3s, minikube), `not-ready` (a cluster that does not run), `registry-unreachable`. */
export async function connectRegistry(dependencies: ClusterDependencies, name: string | undefined, cluster: string) {
  const pair = await pairOf(dependencies, name, cluster);
  const { registry } = pair;
  const job = jobOf(pair, [
    ['registry-connect', `Connecting ${registry.name} to the network of ${cluster}`, (context) => join(pair, context)],
    [
      'mirrors',
      'Telling the nodes',
      (context) => tellNodes(pair.engine, pair.cluster, (own) => withRegistry(own, registry), context),
    ],
    ['registry-announce', 'Announcing it to tools', (context) => announceIn(pair, context)],
  ]);
  return dependencies.operations.start(job, pair.engine.endpoint.host);
}

/** Throws what {@link connectRegistry} does. */
export async function disconnectRegistry(dependencies: ClusterDependencies, name: string | undefined, cluster: string) {
  const pair = await pairOf(dependencies, name, cluster);
  const job = jobOf(pair, [
    ['registry-announce', 'Taking its announcement away', (context) => unannounceIn(pair, context)],
    [
      'mirrors',
      'Telling the nodes',
      (context) => tellNodes(pair.engine, pair.cluster, (own) => withoutRegistry(own, pair.registry), context),
    ],
    ['registry-disconnect', `Disconnecting ${pair.registry.name}`, (context) => leave(dependencies, pair, context)],
  ]);
  return dependencies.operations.start(job, pair.engine.endpoint.host);
}

async function pairOf(dependencies: ClusterDependencies, name: string | undefined, of: string): Promise<Pair> {
  const { engine, cluster } = await findCluster(dependencies, of);
  refuseUntellable(cluster);
  const registry = await findRegistry(engine, name);
  const { address } = registry;
  if (!address) {
    throw new AppError('not-ready', `${registry.name} has no port on this computer while it is stopped`, {
      params: { what: registry.name, seconds: 0 },
      hints: [{ text: `Start it with: docker start ${registry.name}` }],
    });
  }
  return { engine, cluster, registry: { ...registry, address } };
}

/** Throws `not-possible` for a cluster whose nodes are told otherwise, `not-ready` for one that does not run. */
export function refuseUntellable(cluster: Cluster): void {
  if (cluster.provider !== 'kubeadm') throw notThere(cluster);
  const leads = cluster.nodes.some(({ role, state }) => role === 'control-plane' && state === 'running');
  if (!leads) throw noApi(cluster.name);
}

function notThere({ name, provider, madeBy }: Cluster): AppError {
  return new AppError('not-possible', `${name} runs ${provider}, which has other ways to a registry`, {
    params: { name, maker: madeBy, ability: 'images', why: `not-with-${provider}` },
    hints: [{ text: provider === 'k3s' ? 'Use: k3d registry' : 'Use: minikube addons enable registry' }],
  });
}

type Step = [kind: PlannedStep['kind'], title: string, action: StepAction];

/** Steps on a cluster, one after another. */
export function jobOf({ cluster }: Pick<Pair, 'cluster'>, steps: readonly Step[]) {
  const planned = steps.map(([kind, title], index): PlannedStep => {
    const before = steps[index - 1]?.[0];
    return { id: kind, kind, title, lane: 'cluster', weight: 0.5, after: before ? [before] : [] };
  });
  const plan: Plan = { kind: 'change', subject: cluster.name, steps: planned };
  return { plan, actions: new Map(steps.map(([kind, , action]) => [kind, action])) };
}

/** What the nodes of a cluster fetch from a registry: what references name by its port here, and by its name in networks. */
export function registryHosts({ address, inNetwork }: { address: string; inNetwork: string }): Map<string, string[]> {
  const port = address.replace(/^.*:/, '');
  const names = [address, `127.0.0.1:${port}`, inNetwork];
  return new Map(names.map((name) => [name, [`http://${inNetwork}`]]));
}

export function withRegistry(own: Hosts, registry: { address: string; inNetwork: string }): Hosts {
  const others = addressesOf(withoutRegistry(own, registry), 'registry');
  return withHosts(own, 'registry', new Map([...others, ...registryHosts(registry)]));
}

export function withoutRegistry(own: Hosts, { inNetwork }: { inNetwork: string }): Hosts {
  const others = [...addressesOf(own, 'registry')].filter(
    ([, addresses]) => !addresses.includes(`http://${inNetwork}`),
  );
  return withHosts(own, 'registry', new Map(others));
}

async function join({ engine, cluster, registry }: Pair, { signal, undo }: StepContext): Promise<void> {
  if (registry.state !== 'running') await startContainer(engine, signal, registry.name);
  await waitForRegistry(engine, registry, signal);
  const network = cluster.network ?? '';
  const joined = await joinNetwork(engine, network, registry.containerId, signal);
  if (joined)
    undo(`${registry.name} in ${network}`, (within) => leaveNetwork(engine, network, registry.containerId, within));
}

/** kind's clusters share one network: it is left with the last of them. */
async function leave(dependencies: ClusterDependencies, { engine, cluster, registry }: Pair, { signal }: StepContext) {
  await leaveUnlessShared(dependencies, { engine, cluster }, registry.containerId, signal);
}

/** Takes a container out of a cluster's network, unless another cluster is in there too. */
export async function leaveUnlessShared(
  dependencies: ClusterDependencies,
  { engine, cluster }: Pick<Pair, 'engine' | 'cluster'>,
  container: string,
  signal: AbortSignal,
): Promise<void> {
  const others = (await dependencies.read(engine, signal)).filter(
    ({ name, network }) => name !== cluster.name && network === cluster.network,
  );
  if (others.length === 0) await leaveNetwork(engine, cluster.network ?? '', container, signal);
}

/** Brings what the nodes of a cluster know to what `next` makes of it, until an undo brings back what they knew. */
export async function tellNodes(
  engine: Engine,
  cluster: Pick<Cluster, 'nodes'>,
  next: (own: Hosts) => Hosts,
  { signal, undo }: Pick<StepContext, 'signal' | 'undo'>,
): Promise<void> {
  const tell = async ({ name, state }: ClusterNode) => {
    const node = { name, running: state === 'running' };
    await changeHosts(
      engine,
      node,
      (own) => {
        undo(`what ${name} knows of registries`, (within) => changeHosts(engine, node, () => own, within));
        return next(own);
      },
      signal,
    );
  };
  await Promise.all(cluster.nodes.map(tell));
}

async function announceIn({ engine, cluster, registry }: Pair, { signal, log }: StepContext): Promise<void> {
  const kube = await connectAsAdmin(engine, cluster, signal);
  const other = await announce(kube, registry, signal);
  if (other) log(`${other} is announced already and stays so: tools go on using that one`);
}

async function unannounceIn({ engine, cluster, registry }: Pair, { signal, undo }: StepContext): Promise<void> {
  const kube = await connectAsAdmin(engine, cluster, signal);
  await unannounce(kube, registry, signal);
  undo('the announcement', async (within) => {
    await announce(kube, registry, within);
  });
}
