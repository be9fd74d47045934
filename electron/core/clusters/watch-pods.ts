// The pods of a cluster, live, for as long as somebody watches: each in one word, as a snapshot and then patches.
import { setMaxListeners } from 'node:events';
import type { V1Pod } from '@kubernetes/client-node';
import type { Cluster } from '../../../shared/model/cluster';
import { applyFeed, emptyFeed, type Feed } from '../../../shared/model/feed';
import { type Pod, podKey } from '../../../shared/model/pod';
import { createLiveFeed } from '../live/feed';
import { createLiveValue, type LiveValue } from '../live/value';
import { type ApiFollower, followApi } from './follow-api';
import { isAskable } from './node-facts';
import { podOf } from './pod-state';
import type { WatchOneRequest } from './watch-one';

const podsPath = '/api/v1/pods';

/** Empty while the cluster does not run; while its API does not answer, what was last heard. */
export async function* watchPods(
  { dependencies, watchClusters }: WatchOneRequest,
  name: string,
  signal: AbortSignal,
): AsyncGenerator<Feed<Pod>, void, void> {
  const ended = new AbortController();
  const either = AbortSignal.any([signal, ended.signal]);
  setMaxListeners(0, either);
  const pods = createLiveFeed<Pod>(podKey);
  const current = createLiveValue<Cluster | undefined>(undefined);

  async function followList(): Promise<void> {
    let list = emptyFeed<Cluster>();
    for await (const message of watchClusters(either)) {
      list = applyFeed(list, message, (one) => one.name);
      current.set(list.items.get(name));
    }
  }

  const follower: ApiFollower = {
    askable: (until) => askable(current, until, () => pods.replace([])),
    async follow(kube, heard) {
      // A cluster that is stopped or paused breaks no connection: it is let go of.
      const rests = new AbortController();
      const running = AbortSignal.any([either, rests.signal]);
      void untilRests(current, running).then(() => rests.abort());
      try {
        for await (const objects of kube.watch<V1Pod>(podsPath, running)) {
          heard();
          pods.replace([...objects.values()].map(podOf));
        }
      } finally {
        rests.abort();
      }
    },
    silent() {},
  };

  try {
    void followApi(dependencies, follower, either).catch(() => {});
    const list = followList();
    list.catch(() => ended.abort());
    yield* pods.watch(either);
    await list;
  } finally {
    ended.abort();
  }
}

async function askable(current: LiveValue<Cluster | undefined>, signal: AbortSignal, rests: () => void) {
  for await (const cluster of current.watch(signal)) {
    if (cluster && isAskable(cluster)) return cluster;
    rests();
  }
  return undefined;
}

async function untilRests(current: LiveValue<Cluster | undefined>, signal: AbortSignal): Promise<void> {
  for await (const cluster of current.watch(signal)) if (!cluster || !isAskable(cluster)) return;
}
