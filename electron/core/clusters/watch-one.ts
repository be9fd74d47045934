// One cluster, live, with all that is known of its nodes: the list's word on it, the engine's on each container, Kubernetes' on each node.
import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { V1Node } from '@kubernetes/client-node';
import type { Cluster } from '../../../shared/model/cluster';
import { applyFeed, emptyFeed, type Feed } from '../../../shared/model/feed';
import { createLiveValue, type LiveValue } from '../live/value';
import { connectAsAdmin } from './admin';
import { withContainerFacts } from './container-facts';
import type { ClusterDependencies } from './dependencies';
import { providerOf } from './find';
import { isAskable, mergeNodeFacts, nodesPath } from './node-facts';

/** Milliseconds before an API that did not answer is asked again: one that is just starting soon, one that is broken seldom. */
const retries = [500, 1_000, 2_000, 5_000];

export interface WatchOneRequest {
  dependencies: ClusterDependencies;
  /** All clusters, live. */
  watchClusters(signal: AbortSignal): AsyncGenerator<Feed<Cluster>, void, void>;
}

/** What Kubernetes says: nothing yet, its nodes, or that it does not answer. */
type Answers = readonly V1Node[] | 'silent' | undefined;

interface Seen {
  cluster: Cluster | undefined;
  answers: Answers;
}

/** The cluster at once if it is there, then after every change, until aborted. */
export async function* watchOne(request: WatchOneRequest, name: string, signal: AbortSignal): AsyncGenerator<Cluster> {
  const ended = new AbortController();
  const either = AbortSignal.any([signal, ended.signal]);
  // Every question about a node listens to it.
  setMaxListeners(0, either);
  const seen = createLiveValue<Seen>({ cluster: undefined, answers: undefined });
  try {
    void followAnswers(request, seen, either).catch(() => {});
    const list = followList(request, name, seen, either);
    list.catch(() => ended.abort());
    for await (const { cluster, answers } of seen.watch(either)) if (cluster) yield merged(cluster, answers);
    await list;
  } finally {
    ended.abort();
  }
}

function merged(cluster: Cluster, answers: Answers): Cluster {
  if (answers === undefined || !isAskable(cluster)) return cluster;
  return answers === 'silent' ? { ...cluster, state: 'degraded' } : mergeNodeFacts(cluster, answers);
}

async function followList(
  { dependencies, watchClusters }: WatchOneRequest,
  name: string,
  seen: LiveValue<Seen>,
  signal: AbortSignal,
): Promise<void> {
  let list = emptyFeed<Cluster>();
  for await (const message of watchClusters(signal)) {
    const before = list.items.get(name);
    list = applyFeed(list, message, (one) => one.name);
    const cluster = list.items.get(name);
    if (cluster === before) continue;
    const full = cluster && (await withContainerFacts(await dependencies.engine(signal), cluster, signal));
    seen.set({ cluster: full, answers: seen.get().answers });
  }
}

/** Watches the nodes whenever the cluster runs, for as long as its API answers; then tries again. */
async function followAnswers({ dependencies }: WatchOneRequest, seen: LiveValue<Seen>, signal: AbortSignal) {
  let failures = 0;
  while (!signal.aborted) {
    const cluster = await askable(seen, signal);
    if (!cluster) return;
    try {
      const { access } = providerOf(dependencies, cluster);
      const kube = await connectAsAdmin(await dependencies.engine(signal), cluster, signal, access);
      for await (const objects of kube.watch<V1Node>(nodesPath, signal)) {
        failures = 0;
        seen.set({ ...seen.get(), answers: [...objects.values()] });
      }
    } catch {
      seen.set({ ...seen.get(), answers: 'silent' });
    }
    await pause(retries[Math.min(failures, retries.length - 1)], undefined, { signal }).catch(() => {});
    failures += 1;
  }
}

async function askable(seen: LiveValue<Seen>, signal: AbortSignal): Promise<Cluster | undefined> {
  for await (const { cluster } of seen.watch(signal)) {
    if (cluster && isAskable(cluster)) return cluster;
    // What was heard of nodes that stopped is no news when they start again.
    if (seen.get().answers !== undefined) seen.set({ cluster, answers: undefined });
  }
  return undefined;
}
