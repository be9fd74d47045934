// An operation as lines of a log: one for each thing that has happened since the last look.
import type { Operation, StepProgress } from '../../../shared/model/operation';
import { brief } from './brief';
import { duration } from './duration';

/**
 * The lines for what changed from `before` (undefined: nothing was seen yet) to `after`, oldest first.
 * Each begins with the time since the operation's start: `[  3.2s] shop-worker: Boot shop-worker (1.1 s)`.
 */
export function plainLines(before: Operation | undefined, after: Operation): string[] {
  const start = after.startedAt ?? after.queuedAt;
  const lines: { at: number; text: string }[] = [];
  for (const step of after.steps) {
    const old = before?.steps.find((other) => other.id === step.id);
    if (old?.state === step.state) continue;
    const text = endText(step, after.state);
    if (text !== undefined) lines.push({ at: step.endedAt ?? start, text: `${step.lane}: ${text}` });
  }
  lines.sort((a, b) => a.at - b.at);
  return lines.map((line) => brief(`${stamp(line.at - start)} ${line.text}`));
}

/** A sign of life for when nothing has ended for a while: what runs, for how long, and what it waits for. */
export function stillRunningLines(operation: Operation, now: number): string[] {
  const since = stamp(now - (operation.startedAt ?? operation.queuedAt));
  if (operation.state === 'queued') return [`${since} waiting for other work on ${operation.subject}`];
  return operation.steps
    .filter((step) => step.state === 'running')
    .map((step) => {
      const note = step.note === undefined ? '' : `: ${step.note}`;
      const share = step.progress === undefined ? '' : `, ${Math.floor(step.progress * 100)} %`;
      return `${since} ${step.lane}: ${step.title} ... ${duration(now - (step.startedAt ?? now))} so far${share}${note}`;
    });
}

/** `[  3.2s]`. Takes milliseconds. */
export function stamp(milliseconds: number): string {
  return `[${(Math.max(0, milliseconds) / 1000).toFixed(1).padStart(5)}s]`;
}

function endText(step: StepProgress, whole: Operation['state']): string | undefined {
  const took = duration((step.endedAt ?? 0) - (step.startedAt ?? 0));
  if (step.state === 'done') return `${step.title} (${took})`;
  if (step.state === 'failed') return `${step.title} FAILED (${took})`;
  // After a failure or a cancel everything else is skipped as well; that goes without saying.
  if (step.state === 'skipped' && (whole === 'running' || whole === 'done')) return `${step.title} (not needed)`;
  return undefined;
}
