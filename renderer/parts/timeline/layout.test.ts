// The timeline's geometry: bars never overlap in a row, waits are named, and rows do not move while it runs.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StepProgress } from '../../../shared/model/operation';
import { layOut, leadingStep } from './layout';
import { expectedSeconds } from './projection';

function step(id: string, lane: string, after: string[], more: Partial<StepProgress> = {}): StepProgress {
  return { id, lane, after, kind: 'node-boot', title: id, weight: 2, state: 'waiting', ...more };
}

const done = (from: number, to: number) => ({ state: 'done' as const, startedAt: from * 1000, endedAt: to * 1000 });

function operation(steps: StepProgress[], endedAt?: number) {
  const end = endedAt === undefined ? {} : { endedAt: endedAt * 1000 };
  return { steps, queuedAt: 0, startedAt: 0, state: 'running' as const, ...end };
}

/** Plans over three lanes, their steps listed in any order. */
const plans = fc
  .array(fc.tuple(fc.constantFrom('engine', 'one', 'two'), fc.array(fc.nat(20), { maxLength: 3 }), fc.nat(9)), {
    maxLength: 20,
  })
  .map((rows) =>
    rows.map(([lane, picks, weight], index) =>
      step(`s${index}`, lane, index === 0 ? [] : [...new Set(picks.map((pick) => `s${pick % index}`))], {
        weight: weight + 1,
      }),
    ),
  )
  .chain((steps) => fc.shuffledSubarray(steps, { minLength: steps.length }));

describe('layOut', () => {
  it('never lets two bars of a row overlap', () => {
    fc.assert(
      fc.property(plans, (steps) => {
        for (const lane of layOut(operation(steps), 0).lanes) {
          for (let row = 0; row < lane.rows; row += 1) {
            const bars = lane.bars.filter((bar) => bar.row === row);
            bars.slice(1).forEach((bar, index) => {
              expect(bar.start).toBeGreaterThanOrEqual(bars[index]?.end ?? 0);
            });
          }
        }
      }),
    );
  });

  it('keeps every step in its row while the operation goes on', () => {
    const rowsAt = (steps: StepProgress[], now: number) =>
      layOut(operation(steps), now).lanes.map((lane) => lane.bars.map((bar) => [bar.step.id, bar.row]));
    fc.assert(
      fc.property(plans, (steps) => {
        const begun = steps.map((each) => (each.id === 's0' ? { ...each, ...done(0, 7) } : each));
        expect(rowsAt(begun, 7000)).toEqual(rowsAt(steps, 0));
      }),
    );
  });

  it('shows what a step waits for while its lane is free', () => {
    const steps = [
      step('api', 'control-plane', [], { state: 'running', startedAt: 0, weight: 10 }),
      step('boot', 'worker', [], done(0, 2)),
      step('join', 'worker', ['boot', 'api']),
    ];
    const bar = layOut(operation(steps), 5000).lanes[1]?.bars[1];
    expect(bar).toMatchObject({ start: 10, end: 12, wait: { from: 2, to: 10 } });
    expect(bar?.wait?.on.map((each) => each.id)).toEqual(['api']);
  });

  it('remembers after the end what a step had waited for', () => {
    const steps = [
      step('api', 'control-plane', [], done(0, 9)),
      step('boot', 'worker', [], done(0, 2)),
      step('join', 'worker', ['boot', 'api'], done(9, 11)),
    ];
    const layout = layOut(operation(steps, 11), 99_000);
    expect(layout.length).toBeCloseTo(11);
    expect(layout.now).toBeUndefined();
    expect(layout.lanes[1]?.bars[1]?.wait).toMatchObject({ from: 2, to: 9 });
  });

  it('never gets shorter while it runs, and is exact in the end', () => {
    const steps = [step('api', 'a', [], done(0, 3))];
    expect(layOut(operation([step('api', 'a', [], { weight: 4 })]), 0, 9).length).toBe(9);
    expect(layOut(operation(steps, 3), 0, 9).length).toBe(3);
  });

  it('leaves out what was never reached', () => {
    const steps = [step('boot', 'a', [], done(0, 2)), step('join', 'a', ['boot'], { state: 'cancelled' })];
    expect(layOut(operation(steps, 2), 0).lanes[0]?.bars.map((bar) => bar.step.id)).toEqual(['boot']);
  });

  it('believes the progress that a long step tells', () => {
    const steps = [step('pull', 'engine', [], { state: 'running', startedAt: 0, progress: 0.25, weight: 30 })];
    expect(layOut(operation(steps), 10_000).lanes[0]?.bars[0]).toMatchObject({ start: 0, filled: 10, end: 40 });
  });
});

it('expects a plan to take its longest path, not its sum', () => {
  expect(expectedSeconds([step('a', 'x', []), step('b', 'y', []), step('c', 'x', ['a', 'b'])])).toBe(4);
});

it('explains the step that decides the end, the one that failed, or the longest', () => {
  const slow = step('slow', 'a', [], { state: 'running', startedAt: 0, weight: 9 });
  const quick = step('quick', 'b', [], { state: 'running', startedAt: 0 });
  const broken = step('broken', 'b', [], { state: 'failed', startedAt: 0, endedAt: 1000 });
  expect(leadingStep(operation([quick, slow]), 1000)?.id).toBe('slow');
  expect(leadingStep(operation([slow, broken]), 1000)?.id).toBe('broken');
  const ended = [step('short', 'a', [], done(0, 1)), step('long', 'a', ['short'], done(1, 8))];
  expect(leadingStep(operation(ended, 8), 9000)?.id).toBe('long');
});
