// Lays an operation's steps out as lanes of bars over a time axis. Rows come from the plan alone, so that nothing jumps while it runs.
import type { Operation, StepProgress } from '../../../shared/model/operation';
import { projectSteps, type Span } from './projection';

export interface Bar extends Span {
  step: StepProgress;
  /** Row within its lane; rows that were never reached are left out once the operation has ended. */
  row: number;
  /** Where the filled part ends, in seconds since the operation began. */
  filled: number;
  /** The time its lane was free and it could not start yet, and whom it waited for. */
  wait?: { from: number; to: number; on: StepProgress[] };
}

export interface Lane {
  name: string;
  rows: number;
  bars: Bar[];
}

export interface TimelineLayout {
  lanes: Lane[];
  /** Seconds from the left edge to the right. */
  length: number;
  /** Seconds at which the axis is labelled. */
  ticks: number[];
  /** Seconds since the beginning while it runs. */
  now?: number;
}

type Timed = Pick<Operation, 'steps' | 'startedAt' | 'endedAt' | 'queuedAt'>;

/** Waits shorter than this many seconds are not worth a mark. */
const noticeableWait = 0.4;

/**
 * The layout of an operation at a moment in milliseconds since the epoch. `atLeast` is the length in seconds that it had before:
 * while it runs the axis grows, but never shrinks again.
 */
export function layOut(operation: Timed, now: number, atLeast = 0): TimelineLayout {
  const origin = operation.startedAt ?? operation.queuedAt;
  const moment = operation.endedAt ?? (operation.startedAt === undefined ? origin : now);
  const spans = projectSteps(operation.steps, origin, moment);
  const elapsed = Math.max(0, (moment - origin) / 1000);
  const rows = assignRows(operation.steps);
  const running = operation.endedAt === undefined;
  const lanes = [...rows].map(([name, chains]) => {
    const drawn = running ? chains : chains.filter((chain) => chain.some((step) => spans.has(step.id)));
    const bars = drawn.flatMap((chain, row) => barsOfRow(chain, row, spans, operation.steps, elapsed));
    return { name, rows: drawn.length, bars };
  });
  const last = Math.max(elapsed, 1, ...[...spans.values()].map((span) => span.end));
  const length = running ? Math.max(atLeast, roundUp(last, tickStep(last) / 2)) : last;
  return {
    lanes,
    length,
    ticks: ticksUpTo(length),
    ...(running && operation.startedAt !== undefined && { now: elapsed }),
  };
}

/** Lanes in order of appearance; in each, rows of steps that follow one another and so can never overlap. */
function assignRows(steps: readonly StepProgress[]): Map<string, StepProgress[][]> {
  const ancestors = ancestorsOf(steps);
  const depth = (step: StepProgress) => ancestors.get(step.id)?.size ?? 0;
  const lanes = new Map(steps.map((step): [string, StepProgress[][]] => [step.lane, []]));
  for (const step of steps.toSorted((a, b) => depth(a) - depth(b))) {
    const rows = lanes.get(step.lane) ?? [];
    const free = rows.find((row) => {
      const last = row.at(-1);
      return last !== undefined && ancestors.get(step.id)?.has(last.id);
    });
    if (free) free.push(step);
    else rows.push([step]);
  }
  return lanes;
}

/** By step id, the ids of everything that must have ended before it; plans need not list their steps in that order. */
function ancestorsOf(steps: readonly StepProgress[]): Map<string, ReadonlySet<string>> {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const found = new Map<string, Set<string>>();
  function visit(id: string): ReadonlySet<string> {
    const known = found.get(id);
    if (known) return known;
    const all = new Set<string>();
    found.set(id, all);
    for (const before of byId.get(id)?.after ?? []) {
      all.add(before);
      for (const further of visit(before)) all.add(further);
    }
    return all;
  }
  for (const step of steps) visit(step.id);
  return found;
}

function barsOfRow(
  chain: readonly StepProgress[],
  row: number,
  spans: ReadonlyMap<string, Span>,
  steps: readonly StepProgress[],
  elapsed: number,
): Bar[] {
  return chain.flatMap((step, index) => {
    const span = spans.get(step.id);
    if (!span) return [];
    const before = chain[index - 1];
    const wait = waitOf(step, span, before, spans, steps, elapsed);
    const filled = Math.min(span.end, Math.max(span.start, span.measured ? span.end : elapsed));
    return [{ ...span, step, row, filled: step.state === 'waiting' ? span.start : filled, ...(wait && { wait }) }];
  });
}

function waitOf(
  step: StepProgress,
  span: Span,
  before: StepProgress | undefined,
  spans: ReadonlyMap<string, Span>,
  steps: readonly StepProgress[],
  elapsed: number,
): Bar['wait'] {
  const predecessors = steps.filter((other) => step.after.includes(other.id));
  const own = predecessors.filter((other) => other.lane === step.lane);
  const ends = [...own, ...(before ? [before] : [])].flatMap((other) => spans.get(other.id)?.end ?? []);
  const from = Math.max(...ends);
  if (ends.length === 0 || from > elapsed || span.start - from < noticeableWait) return undefined;
  const unfinished = predecessors.filter((other) => other.endedAt === undefined);
  const on = step.state === 'waiting' ? unfinished : latestOf(predecessors, spans);
  return on.length > 0 ? { from, to: span.start, on } : undefined;
}

function latestOf(steps: readonly StepProgress[], spans: ReadonlyMap<string, Span>): StepProgress[] {
  const endOf = (step: StepProgress) => spans.get(step.id)?.end ?? 0;
  const latest = steps.toSorted((a, b) => endOf(b) - endOf(a))[0];
  return latest ? [latest] : [];
}

function roundUp(value: number, to: number): number {
  return Math.ceil(value / to) * to;
}

const tickSteps = [0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600];

function tickStep(length: number): number {
  return tickSteps.find((step) => length / step <= 8) ?? 7200;
}

function ticksUpTo(length: number): number[] {
  const step = tickStep(length);
  return Array.from({ length: Math.floor(length / step) + 1 }, (_, index) => index * step);
}

/** What a watcher wants explained while nothing else is picked: the failed step, the running one that ends last, the longest. */
export function leadingStep(operation: Timed & Pick<Operation, 'state'>, now: number): StepProgress | undefined {
  const failed = operation.steps.find((step) => step.state === 'failed');
  if (failed) return failed;
  const bars = layOut(operation, now).lanes.flatMap((lane) => lane.bars);
  const running = bars.filter((bar) => bar.step.state === 'running');
  if (running.length > 0) return running.toSorted((a, b) => b.end - a.end)[0]?.step;
  return bars.toSorted((a, b) => b.end - b.start - (a.end - a.start))[0]?.step;
}
