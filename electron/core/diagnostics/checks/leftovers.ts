// Did something of a cluster outlive it: containers, networks, volumes that carry our label and belong to no cluster any more?
import { kindLabels, ownLabels } from '../../clusters/providers/kubeadm/labels';
import { removeContainers } from '../../clusters/remove';
import { explained, statusOf } from '../../engine/failures';
import { type Checkup, type Finding, findingsOf, type Surroundings } from '../check';

const words = {
  'nothing-left-over': {
    title: 'Deleted clusters have left nothing behind',
    evidence: 'no containers, networks or volumes of theirs',
    why: 'What is left takes disk, memory, addresses and ports.',
  },
  'left-over': {
    title: 'Something of {{name}} is left',
    evidence: '{{things, list}}',
    why: 'There is no cluster {{name}} any more; what is left of it takes disk, memory, addresses or ports.',
    fix: 'Remove what is left of {{name}}',
    done: 'What was left of {{name}} is removed.',
  },
  'network-kept': {
    title: 'The network of {{name}} is still used by others',
    evidence: '{{network}}: {{users, list}}',
    why: 'There is no cluster {{name}} any more; its network stays as long as other containers are in it.',
    advice: 'If they need it no longer: docker network disconnect --force {{network}} CONTAINER',
  },
};
const finding = findingsOf('clusters', words);

/** Milliseconds: what is younger may belong to a create whose first container is still to come. */
const young = 60_000;

interface Thing {
  kind: 'container' | 'network' | 'volume';
  id: string;
  name: string;
  cluster: string;
}

export const leftoversCheckup: Checkup = {
  words,
  async examine(surroundings) {
    const { engine, clusters, entries } = surroundings;
    if (!engine) return [];
    const known = new Set([...clusters.map(({ name }) => name), ...entries.map(({ subject }) => subject)]);
    const things = (await labelled(surroundings)).filter(({ cluster }) => !known.has(cluster));
    const names = [...new Set(things.map(({ cluster }) => cluster))];
    const found = await Promise.all(names.map((name) => ofOne(name, things, surroundings)));
    if (found.length > 0) return found;
    return [finding({ id: 'leftovers', code: 'nothing-left-over', verdict: 'ok' })];
  },
};

async function labelled({ engine, signal }: Surroundings): Promise<Thing[]> {
  if (!engine) return [];
  const { docker } = engine;
  const filters = { label: [ownLabels.cluster] };
  const [containers, networks, { Volumes }] = await Promise.all([
    explained(() => docker.listContainers({ all: true, filters, abortSignal: signal })),
    explained(() => docker.listNetworks({ filters, abortSignal: signal })),
    explained(() => docker.listVolumes({ filters, abortSignal: signal })),
  ]);
  const nameIn = (labels: Record<string, string> | undefined) => labels?.[ownLabels.cluster] ?? '';
  return [
    ...containers
      .filter(({ Labels, Created }) => !(kindLabels.cluster in Labels) && isOld(Created * 1000))
      .map(({ Id, Names, Labels }) => ({
        kind: 'container' as const,
        id: Id,
        name: (Names[0] ?? Id).replace(/^\//, ''),
        cluster: nameIn(Labels),
      })),
    ...networks
      .filter(({ Created }) => isOld(Date.parse(Created ?? '')))
      .map(({ Id, Name, Labels }) => ({ kind: 'network' as const, id: Id, name: Name, cluster: nameIn(Labels) })),
    ...(Volumes ?? []).map(({ Name, Labels }) => ({
      kind: 'volume' as const,
      id: Name,
      name: Name,
      cluster: nameIn(Labels),
    })),
  ];
}

function isOld(created: number): boolean {
  return Number.isNaN(created) || Date.now() - created > young;
}

async function ofOne(name: string, things: readonly Thing[], surroundings: Surroundings): Promise<Finding> {
  const own = things.filter(({ cluster }) => cluster === name);
  const [network] = own.filter(({ kind }) => kind === 'network');
  const users = network ? await usersOf(network, own, surroundings) : [];
  const about = { id: `left-over:${name}`, verdict: 'warning' } as const;
  if (network && users.length > 0) {
    return finding({ ...about, code: 'network-kept', params: { name, network: network.name, users } });
  }
  return finding({
    ...about,
    code: 'left-over',
    params: { name, things: own.map((thing) => thing.name) },
    commands: own.map(commandFor),
    mend: () => remove(own, surroundings),
  });
}

/** Names of containers in the network that are not left over themselves, stopped ones too. */
async function usersOf(network: Thing, own: readonly Thing[], { engine, signal }: Surroundings): Promise<string[]> {
  if (!engine) return [];
  const filters = { network: [network.id] };
  const containers = await explained(() => engine.docker.listContainers({ all: true, filters, abortSignal: signal }));
  const ids = new Set(own.map(({ id }) => id));
  return containers.filter(({ Id }) => !ids.has(Id)).map(({ Id, Names }) => (Names[0] ?? Id).replace(/^\//, ''));
}

function commandFor({ kind, name }: Thing): string {
  if (kind === 'container') return `docker rm --force --volumes ${name}`;
  return `docker ${kind} rm ${name}`;
}

/** Containers first: networks and volumes cannot go while somebody uses them. */
async function remove(things: readonly Thing[], { engine }: Surroundings): Promise<void> {
  if (!engine) return;
  const { docker } = engine;
  const ids = (wanted: Thing['kind']) => things.filter(({ kind }) => kind === wanted).map(({ id }) => id);
  await removeContainers(engine, ids('container'), AbortSignal.timeout(60_000));
  await Promise.all([
    ...ids('network').map((id) => unlessGone(() => docker.getNetwork(id).remove())),
    ...ids('volume').map((id) => unlessGone(() => docker.getVolume(id).remove())),
  ]);
}

async function unlessGone(take: () => Promise<unknown>): Promise<void> {
  try {
    await take();
  } catch (error) {
    if (statusOf(error) !== 404) await explained(() => Promise.reject(error));
  }
}
