// Starting and stopping a registry, ours or another's: its container, and nothing of what is in it.
import type { Plan, PlannedStep } from '../../../shared/model/operation';
import type { ClusterDependencies } from '../clusters/dependencies';
import type { Engine } from '../engine/engine';
import { explained, statusOf } from '../engine/failures';
import type { StepAction } from '../operations/operation';
import { startContainer } from './create';
import { waitForRegistry } from './reach';
import { findRegistry } from './read';

/** Seconds that uploads under way get to end. */
const graceSeconds = 10;

/** Throws `not-found`; the operation fails with `port-taken` when somebody has its port meanwhile. */
export async function startRegistry(dependencies: ClusterDependencies, name: string | undefined) {
  const engine = await dependencies.engine();
  const registry = await findRegistry(engine, name);
  const command = `docker start ${registry.name}`;
  return begin(dependencies, engine, registry.name, [
    step('registry-start', `Starting ${registry.name}`, command),
    async ({ signal }) => {
      await startContainer(engine, signal, registry.name);
      const running = await findRegistry(engine, registry.name, signal);
      await waitForRegistry(engine, running, signal);
    },
  ]);
}

/** Throws `not-found`. */
export async function stopRegistry(dependencies: ClusterDependencies, name: string | undefined) {
  const engine = await dependencies.engine();
  const registry = await findRegistry(engine, name);
  const command = `docker stop ${registry.name}`;
  return begin(dependencies, engine, registry.name, [
    step('registry-stop', `Stopping ${registry.name}`, command),
    ({ signal }) => stopContainer(engine, registry.name, signal),
  ]);
}

export async function stopContainer(engine: Engine, name: string, signal: AbortSignal): Promise<void> {
  try {
    await engine.docker.getContainer(name).stop({ t: graceSeconds, abortSignal: signal });
  } catch (error) {
    // 304: it was stopped already.
    if (statusOf(error) !== 304) await explained(() => Promise.reject(error));
  }
}

export function step(kind: PlannedStep['kind'], title: string, command?: string, after: string[] = []): PlannedStep {
  return { id: kind, kind, title, lane: 'engine', weight: 1, after, ...(command && { command }) };
}

/** Starts an operation on a registry. */
export function begin(
  dependencies: Pick<ClusterDependencies, 'operations'>,
  engine: Engine,
  subject: string,
  ...pairs: StepPair[]
) {
  return beginOn(dependencies, engine, { kind: 'registry', subject }, pairs);
}

export type StepPair = readonly [PlannedStep, StepAction];

/** Starts an operation on a registry or a cache. */
export function beginOn(
  { operations }: Pick<ClusterDependencies, 'operations'>,
  engine: Engine,
  on: Pick<Plan, 'kind' | 'subject'>,
  pairs: readonly StepPair[],
) {
  const plan: Plan = { ...on, steps: pairs.map(([planned]) => planned) };
  const actions = new Map(pairs.map(([{ id }, action]) => [id, action]));
  return operations.start({ plan, actions }, engine.endpoint.host);
}
