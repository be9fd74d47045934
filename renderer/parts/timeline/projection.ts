// When each step began and ended, or is likely to: what was measured where there is something, expected seconds elsewhere.
import type { Operation, PlannedStep, StepProgress } from '../../../shared/model/operation';

/** Seconds since the operation began. `measured`: both ends are facts. */
export interface Span {
  start: number;
  end: number;
  measured: boolean;
}

/** Spans by step id. Steps that were never reached have none. `origin` and `now` are milliseconds since the epoch. */
export function projectSteps(steps: readonly StepProgress[], origin: number, now: number): Map<string, Span> {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const spans = new Map<string, Span>();
  const elapsed = Math.max(0, (now - origin) / 1000);

  function spanOf(id: string, path: ReadonlySet<string>): Span | undefined {
    const known = spans.get(id);
    const step = byId.get(id);
    if (known || !step || path.has(id)) return known;
    const deeper = new Set(path).add(id);
    const predecessors = step.after.map((before) => spanOf(before, deeper)?.end ?? 0);
    const span = spanOfStep(step, Math.max(elapsed, ...predecessors), origin, elapsed);
    if (span) spans.set(id, span);
    return span;
  }

  for (const step of steps) spanOf(step.id, new Set());
  return spans;
}

function spanOfStep(step: StepProgress, earliest: number, origin: number, elapsed: number): Span | undefined {
  if (step.startedAt === undefined) {
    return step.state === 'waiting' ? { start: earliest, end: earliest + step.weight, measured: false } : undefined;
  }
  const start = Math.max(0, (step.startedAt - origin) / 1000);
  if (step.endedAt !== undefined)
    return { start, end: Math.max(start, (step.endedAt - origin) / 1000), measured: true };
  if (step.state !== 'running') return { start, end: Math.max(start, elapsed), measured: true };
  return { start, end: Math.max(elapsed, start + likelySeconds(step, elapsed - start)), measured: false };
}

/** Steps expected to take fewer seconds than this are over before their progress says more than the expectation. */
const longStep = 15;

/** A long step's progress is believed once it is under way; until then, and for short steps, the expected seconds are. */
function likelySeconds(step: StepProgress, ran: number): number {
  if (step.weight < longStep || step.progress === undefined || step.progress < 0.1) return step.weight;
  return ran / step.progress;
}

/** Seconds from an operation's start to its likely end, from what is known at `now` (milliseconds since the epoch). */
export function likelyEnd(operation: Pick<Operation, 'steps' | 'startedAt' | 'queuedAt'>, now: number): number {
  const spans = projectSteps(operation.steps, operation.startedAt ?? operation.queuedAt, now);
  return Math.max(0, ...[...spans.values()].map((span) => span.end));
}

/** Seconds that a plan takes when everything that can run side by side does. */
export function expectedSeconds(steps: readonly PlannedStep[]): number {
  const waiting = steps.map(
    ({ id, kind, title, lane, weight, after }): StepProgress => ({
      id,
      kind,
      title,
      lane,
      weight,
      after,
      state: 'waiting',
    }),
  );
  return Math.max(0, ...[...projectSteps(waiting, 0, 0).values()].map((span) => span.end));
}
