// One cluster, live, with all that is known of its nodes: the list's word on it, the engine's on each container, Kubernetes' on each node.
import { setMaxListeners } from 'node:events';
import type { V1Node } from '@kubernetes/client-node';
import type { Cluster } from '../../../shared/model/cluster';
import { applyFeed, emptyFeed, type Feed } from '../../../shared/model/feed';
import { createLiveValue, type LiveValue } from '../live/value';
import { withContainerFacts } from './container-facts';
import type { ClusterDependencies } from './dependencies';
import { type ApiFollower, followApi } from './follow-api';
import { isAskable, mergeNodeFacts, nodesPath } from './node-facts';

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
  const answered = (answers: Answers) => seen.set({ ...seen.get(), answers });
  const follower: ApiFollower = {
    askable: (until) => askable(seen, until),
    async follow(kube, heard) {
      for await (const objects of kube.watch<V1Node>(nodesPath, signal)) {
        heard();
        answered([...objects.values()]);
      }
    },
    silent: () => answered('silent'),
  };
  await followApi(dependencies, follower, signal);
}

async function askable(seen: LiveValue<Seen>, signal: AbortSignal): Promise<Cluster | undefined> {
  for await (const { cluster } of seen.watch(signal)) {
    if (cluster && isAskable(cluster)) return cluster;
    // What was heard of nodes that stopped is no news when they start again.
    if (seen.get().answers !== undefined) seen.set({ cluster, answers: undefined });
  }
  return undefined;
}
