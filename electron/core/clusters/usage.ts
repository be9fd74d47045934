// What the running nodes of a cluster use, for as long as somebody watches: one stream of statistics for each.
import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { Cluster } from '../../../shared/model/cluster';
import { applyFeed, emptyFeed } from '../../../shared/model/feed';
import type { Usage } from '../../../shared/model/node-facts';
import type { Engine } from '../engine/engine';
import { watchStats } from '../engine/stats';
import { createLiveValue } from '../live/value';
import type { WatchOneRequest } from './watch-one';

/** Milliseconds in which the samples of several nodes become one message. */
const gather = 250;

/** By the nodes' names, whenever there is something new, until aborted. A node that stops is left out. */
export async function* watchUsage(
  { dependencies, watchClusters }: WatchOneRequest,
  name: string,
  signal: AbortSignal,
): AsyncGenerator<Record<string, Usage>> {
  const ended = new AbortController();
  const either = AbortSignal.any([signal, ended.signal]);
  // Every question about a node listens to it.
  setMaxListeners(0, either);
  const usage = createLiveValue<Record<string, Usage>>({});
  const streams = new Map<string, AbortController>();

  async function follow(engine: Engine, { containerId, name: node }: Cluster['nodes'][number]): Promise<void> {
    const stop = new AbortController();
    streams.set(containerId, stop);
    try {
      const until = AbortSignal.any([either, stop.signal]);
      for await (const sample of watchStats(engine, containerId, until)) usage.set({ ...usage.get(), [node]: sample });
    } catch {
      // The container is gone, or the engine is: the list tells of both.
    }
    streams.delete(containerId);
    const { [node]: _, ...others } = usage.get();
    usage.set(others);
  }

  async function followNodes(): Promise<void> {
    let list = emptyFeed<Cluster>();
    for await (const message of watchClusters(either)) {
      list = applyFeed(list, message, (one) => one.name);
      const nodes = list.items.get(name)?.nodes.filter(({ state }) => state === 'running') ?? [];
      const running = new Set(nodes.map(({ containerId }) => containerId));
      for (const [id, stop] of streams) if (!running.has(id)) stop.abort();
      const engine = await dependencies.engine(either);
      for (const node of nodes) if (!streams.has(node.containerId)) void follow(engine, node);
    }
  }

  try {
    const nodes = followNodes();
    nodes.catch(() => ended.abort());
    for await (const present of usage.watch(either)) {
      yield present;
      await pause(gather, undefined, { signal: either }).catch(() => {});
    }
    await nodes;
  } finally {
    ended.abort();
  }
}
