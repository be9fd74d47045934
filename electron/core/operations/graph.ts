// Runs a plan's steps as a graph: each starts as soon as those it comes after have ended, and the first failure stops the rest.
import { setMaxListeners } from 'node:events';
import type { PlannedStep } from '../../../shared/model/operation';

/** Steps that can never run, as words; empty for a sound plan. */
export function faultsOf(steps: readonly PlannedStep[]): string[] {
  const known = new Set(steps.map((step) => step.id));
  const faults = steps.flatMap((step) =>
    step.after.filter((id) => !known.has(id)).map((id) => `${step.id} comes after ${id}, which is not in the plan`),
  );
  if (known.size !== steps.length) faults.push('two steps have the same id');
  const ended = new Set<string>();
  let waiting = [...steps];
  while (waiting.length > 0) {
    const next = waiting.filter((step) => step.after.every((id) => ended.has(id) || !known.has(id)));
    if (next.length === 0)
      return [...faults, `these wait for each other: ${waiting.map((step) => step.id).join(', ')}`];
    for (const step of next) ended.add(step.id);
    waiting = waiting.filter((step) => !ended.has(step.id));
  }
  return faults;
}

/**
 * Runs every step and resolves when all have ended. Rejects with the first error after every running step has settled;
 * the signal given to `run` is aborted as soon as one fails or `signal` is.
 */
export async function runGraph(
  steps: readonly PlannedStep[],
  run: (step: PlannedStep, signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const faults = faultsOf(steps);
  if (faults.length > 0) throw new Error(`the plan cannot be run: ${faults.join('; ')}`);
  const stop = new AbortController();
  const anyStop = AbortSignal.any([signal, stop.signal]);
  setMaxListeners(0, anyStop);
  const running = new Map<string, Promise<void>>();
  let firstError: { error: unknown } | undefined;

  async function runOne(step: PlannedStep): Promise<void> {
    await Promise.all(step.after.map((id) => running.get(id)));
    anyStop.throwIfAborted();
    await run(step, anyStop);
  }

  for (const step of inOrder(steps)) {
    const promise = runOne(step).catch((error: unknown) => {
      firstError ??= { error: signal.aborted ? signal.reason : error };
      stop.abort(error);
      throw error;
    });
    running.set(step.id, promise);
  }
  await Promise.allSettled(running.values());
  if (firstError) throw firstError.error;
}

/** The same steps, each behind those it comes after. */
function inOrder(steps: readonly PlannedStep[]): PlannedStep[] {
  const placed = new Set<string>();
  const ordered: PlannedStep[] = [];
  while (ordered.length < steps.length) {
    for (const step of steps) {
      if (placed.has(step.id) || !step.after.every((id) => placed.has(id))) continue;
      placed.add(step.id);
      ordered.push(step);
    }
  }
  return ordered;
}
