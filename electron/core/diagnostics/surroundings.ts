// Gathers what checks may look at, and what their mends may do, from the rest of the core.

import { AppError } from '../../../shared/model/errors';
import type { OperationKind } from '../../../shared/model/operation';
import { deleteCluster } from '../clusters/delete';
import type { ClusterDependencies } from '../clusters/dependencies';
import { hostProxies } from '../clusters/proxies';
import { stopCluster } from '../clusters/stop';
import { diskUsage } from '../disk/clean';
import type { EngineConnection } from '../engine/connection';
import type { Engine } from '../engine/engine';
import type { Journal } from '../operations/journal';
import type { Surroundings } from './check';
import { thisComputer } from './computer';
import { readEngineFacts } from './engine-facts';
import { type InsideFacts, lookInside } from './inside';

export interface SurroundingsSource {
  clusters: ClusterDependencies;
  connection: EngineConnection;
  journal: Journal;
}

/** Milliseconds for everything that one examination asks of the engine. */
const limit = 15_000;
/** Milliseconds for which a look at the engine's machine holds. */
const lookHolds = 60_000;

const looks = new WeakMap<Engine, { at: number; facts: Promise<InsideFacts | undefined> }>();

/** Never throws for an engine that does not answer: that is what a check finds. */
export async function surroundingsOf(source: SurroundingsSource): Promise<Surroundings> {
  const { clusters, connection, journal } = source;
  const { options, operations, kubeconfig } = clusters;
  const signal = AbortSignal.timeout(limit);
  const engine = await connection.engine(signal).catch(() => undefined);
  const computer = thisComputer(options.platform);
  const [found, facts, entries] = await Promise.all([
    engine ? clusters.read(engine, signal) : [],
    engine && readEngineFacts(engine, computer, signal),
    journal.entries(),
  ]);

  async function ended(started: Promise<{ operationId: string }>): Promise<void> {
    const { error } = await operations.ended((await started).operationId);
    if (error) throw new AppError(error.code, error.message, error);
  }

  return {
    engineState: connection.state.get(),
    engine,
    facts,
    computer,
    inside: () => (engine ? lookOnce(engine, () => lookInside(engine, found, signal)) : Promise.resolve(undefined)),
    clusters: found,
    entries,
    journal,
    kubeconfig,
    proxies: () => hostProxies(options, engine?.endpoint.host ?? ''),
    diskBudget: options.preferences?.().diskBudget ?? 0,
    taken: async () => (engine ? (await diskUsage(clusters, signal)).owners : []),
    cleanup: (name) => ended(deleteCluster(clusters, name, 'cleanup' satisfies OperationKind)),
    stop: (name) => ended(stopCluster(clusters, name)),
    signal,
  };
}

/** One look at a time, and none again soon: it may cost a container. */
function lookOnce(engine: Engine, look: () => Promise<InsideFacts | undefined>): Promise<InsideFacts | undefined> {
  const last = looks.get(engine);
  if (last && Date.now() - last.at < lookHolds) return last.facts;
  const facts = look().catch(() => undefined);
  looks.set(engine, { at: Date.now(), facts });
  return facts;
}
