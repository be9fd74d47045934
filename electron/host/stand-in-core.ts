// A core for the tests of the fronts: the contract's calls over plain values, with operations that a test leads by hand.
import { createRouterClient } from '@orpc/server';
import type { Cluster } from '../../shared/model/cluster';
import type { Check } from '../../shared/model/diagnostics';
import type { EngineState } from '../../shared/model/engine';
import type { Operation } from '../../shared/model/operation';
import type { LiveFeed } from '../core/live/feed';
import type { LiveValue } from '../core/live/value';
import type { Core } from '../core/options';
import { clustersCalls } from './stand-in-core/clusters';
import { computerCalls } from './stand-in-core/computer';
import { imagesCalls } from './stand-in-core/images';
import { insideCalls } from './stand-in-core/inside';
import { type StandInOptions, standInParts } from './stand-in-core/parts';

export type { Script } from './stand-in-core/parts';

export interface StandInCore extends Core {
  clusters: LiveFeed<Cluster>;
  engine: LiveValue<EngineState>;
  operations: LiveFeed<Operation>;
  checks: Check[];
  /** Inputs of calls that change something, in order: `['stop', { name }]`. */
  calls: [string, unknown][];
  /** How many watches are open. */
  watching(): number;
}

/** `options.reconnect`: what happens to the engine when someone asks to try it again. */
export function standInCore(options: StandInOptions = {}): StandInCore {
  const parts = standInParts(options);
  const router = parts.os.router({
    ...clustersCalls(parts),
    ...insideCalls(parts),
    ...imagesCalls(parts),
    ...computerCalls(parts),
  });
  const client = createRouterClient(router, { context: {} });
  const { clusters, engine, operations, checks, calls, watching } = parts;
  return { router, client, dispose: async () => {}, clusters, engine, operations, checks, calls, watching };
}
