// What is said when an operation has ended: how long each step took, and which ones were never reached.
import type { Operation, Plan } from '../../../shared/model/operation';
import { duration } from './duration';
import { tableLines } from './table';

/** A table of the steps that ran, in the order of their starts; `start` counts from the operation's start. */
export function stepTable(operation: Operation): string[] {
  const origin = operation.startedAt ?? operation.queuedAt;
  const ran = operation.steps.flatMap((step) =>
    step.startedAt === undefined ? [] : [{ ...step, at: step.startedAt }],
  );
  const rows = ran
    .sort((a, b) => a.at - b.at)
    .map((step) => [
      step.lane,
      step.title,
      duration(step.at - origin),
      step.endedAt === undefined ? '-' : duration(step.endedAt - step.at),
    ]);
  return tableLines([['WHERE', 'STEP', 'START', 'TOOK'], ...rows], [2, 3]);
}

/** From start to end; undefined while it has not ended. */
export function totalDuration(operation: Operation): string | undefined {
  if (operation.endedAt === undefined) return undefined;
  return duration(operation.endedAt - (operation.startedAt ?? operation.queuedAt));
}

/** A plan as a table: what comes where, after which steps, and how long it should take. */
export function planTable(plan: Plan): string[] {
  const numbers = new Map(plan.steps.map((step, index) => [step.id, index + 1]));
  const rows = plan.steps.map((step, index) => [
    String(index + 1),
    step.lane,
    step.title,
    `${step.weight} s`,
    step.after.map((id) => numbers.get(id)).join(', '),
  ]);
  return tableLines([['#', 'WHERE', 'STEP', 'EXPECTED', 'AFTER'], ...rows], [0, 3]);
}
