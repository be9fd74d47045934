// Keeps a live list, of clusters or of registries, equal to the world: reads it again whenever the engine, an operation or the kubeconfig changes.
import { setTimeout as pause } from 'node:timers/promises';
import type { EngineConnection } from '../engine/connection';
import type { Engine } from '../engine/engine';
import { watchEvents } from '../engine/events';
import type { LiveFeed } from '../live/feed';
import { createWakeUp, whenAborted } from '../live/signal';
import type { Operations } from '../operations/operations';

/** Milliseconds in which a burst of events becomes one reading. */
const burst = 30;

export interface FollowRequest<Item> {
  connection: EngineConnection;
  operations: Operations;
  feed: LiveFeed<Item>;
  read(engine: Engine, signal: AbortSignal): Promise<Item[]>;
  /** Calls back whenever the kubeconfig's current context may have changed. */
  watchKubeconfig?(onChange: () => void, signal: AbortSignal): void;
  log(line: string): void;
}

/** Runs until aborted. While the engine is away the last known list stays. */
export async function followEngine<Item>(request: FollowRequest<Item>, signal: AbortSignal): Promise<void> {
  let change = createWakeUp();
  const wake = () => {
    const previous = change;
    change = createWakeUp();
    previous.wake();
  };
  request.watchKubeconfig?.(wake, signal);
  void followOperations(request.operations, wake, signal);
  void followEvents(request, wake, signal);
  const aborted = whenAborted(signal);
  while (!signal.aborted) {
    const next = change.promise;
    await readInto(request, signal);
    await Promise.race([next, aborted]);
    await pause(burst, undefined, { signal }).catch(() => {});
  }
}

async function readInto<Item>(
  { connection, feed, read, log }: FollowRequest<Item>,
  signal: AbortSignal,
): Promise<void> {
  if (connection.state.get().state !== 'connected') return;
  try {
    feed.replace(await read(await connection.engine(signal), signal));
  } catch (error) {
    if (!signal.aborted) log(`the engine could not be read: ${String(error)}`);
  }
}

/** Wakes when an operation begins or ends, not at each of its progresses. */
async function followOperations(operations: Operations, wake: () => void, signal: AbortSignal): Promise<void> {
  let seen = '';
  for await (const _ of operations.feed.watch(signal)) {
    const now = operations.feed
      .items()
      .map((operation) => `${operation.id}:${operation.state}`)
      .join();
    if (now !== seen) wake();
    seen = now;
  }
}

async function followEvents(
  { connection, log }: Pick<FollowRequest<unknown>, 'connection' | 'log'>,
  wake: () => void,
  signal: AbortSignal,
): Promise<void> {
  for await (const state of connection.state.watch(signal)) {
    if (state.state !== 'connected') continue;
    try {
      const engine = await connection.engine(signal);
      for await (const event of watchEvents(engine, { types: ['container', 'network'] }, signal, wake)) {
        if (!event.action.startsWith('exec_')) wake();
      }
    } catch (error) {
      if (!signal.aborted) log(`events of the engine ended: ${String(error)}`);
    }
  }
}
