// How long an operation will take in all: the longest way through what is still to do.
import type { Operation, StepProgress } from '../../../shared/model/operation';

const over = new Set(['done', 'skipped', 'failed', 'cancelled']);

/**
 * Expected milliseconds from the operation's start to its end, as known at `now` (milliseconds since the epoch).
 * What has ended counts with its real end; what runs, with its expected end, but at least until now.
 */
export function expectedDuration(operation: Operation, now: number): number {
  const start = operation.startedAt ?? now;
  const byId = new Map(operation.steps.map((step) => [step.id, step]));
  const ends = new Map<string, number>();

  function endOf(step: StepProgress): number {
    const known = ends.get(step.id);
    if (known !== undefined) return known;
    ends.set(step.id, now); // A plan has no cycles; should one have, this ends the walk.
    const end = computeEnd(step);
    ends.set(step.id, end);
    return end;
  }

  function computeEnd(step: StepProgress): number {
    if (over.has(step.state)) return step.endedAt ?? start;
    if (step.state === 'running') return Math.max(now, (step.startedAt ?? now) + step.weight * 1000);
    const before = step.after.map((id) => byId.get(id)).filter((other) => other !== undefined);
    return Math.max(now, ...before.map(endOf)) + step.weight * 1000;
  }

  return Math.max(0, ...operation.steps.map((step) => endOf(step) - start));
}
