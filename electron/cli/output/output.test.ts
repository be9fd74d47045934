// Durations, tables, colours, expectations and lines: the pure parts of what a terminal shows.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Operation, StepProgress } from '../../../shared/model/operation';
import { planOf } from '../../host/stand-in-core/samples';
import { clock, duration } from './duration';
import { expectedDuration } from './expectation';
import { createPaint, wantsColour } from './paint';
import { plainLines, stillRunningLines } from './plain-lines';
import { parseSize, size } from './size';
import { stepTable, totalDuration } from './summary';
import { tableLines } from './table';
import { timelineLines, titleOf } from './timeline';

function operation(changes: Record<string, Partial<StepProgress>> = {}, more: Partial<Operation> = {}): Operation {
  const steps = planOf('create', 'shop').steps.map((step) => ({
    ...step,
    state: 'waiting' as const,
    ...changes[step.id],
  }));
  const base = { id: 'o1', kind: 'create', subject: 'shop', state: 'running', leftovers: [] } as const;
  return { ...base, leftovers: [], queuedAt: 0, startedAt: 0, steps, ...more };
}

const look = { now: 2000, columns: 100, rows: 20, frame: 0, paint: createPaint(false) };

describe('durations', () => {
  it.each([
    [0, '0.0 s'],
    [1149, '1.1 s'],
    [59_940, '59.9 s'],
    [59_960, '1 min 00 s'],
    [65_000, '1 min 05 s'],
    [3_599_990, '1 h 00 min'],
    [7_380_000, '2 h 03 min'],
    [-5, '0.0 s'],
  ])('%d ms: %s', (milliseconds, words) => {
    expect(duration(milliseconds)).toBe(words);
  });

  it('shows a clock', () => {
    expect([clock(14_900), clock(725_000), clock(-1)]).toEqual(['0:14', '12:05', '0:00']);
  });
});

describe('tables', () => {
  it('aligns columns and leaves nothing at line ends', () => {
    expect(
      tableLines(
        [
          ['NAME', 'N', 'X'],
          ['shop', '12', ''],
          ['a', '3', 'y'],
        ],
        [1],
      ),
    ).toEqual(['NAME   N  X', 'shop  12', 'a      3  y']);
    expect(tableLines([])).toEqual([]);
  });
});

it('cuts digests for people', () => {
  const digest = 'a1b2c3d4e5f6'.padEnd(64, '0');
  expect(tableLines([[`node:v1@sha256:${digest}`]])).toEqual(['node:v1@sha256:a1b2c3d4e5f6…']);
});

describe('colours', () => {
  it('wants them on a terminal, unless NO_COLOR or a dumb one, and where forced', () => {
    expect(wantsColour(true, {})).toBe(true);
    expect(wantsColour(false, {})).toBe(false);
    expect(wantsColour(true, { NO_COLOR: '1' })).toBe(false);
    expect(wantsColour(true, { NO_COLOR: '' })).toBe(true);
    expect(wantsColour(true, { NO_COLOR: '1', FORCE_COLOR: '1' })).toBe(false);
    expect(wantsColour(true, { TERM: 'dumb' })).toBe(false);
    expect(wantsColour(false, { FORCE_COLOR: '1' })).toBe(true);
    expect(wantsColour(false, { FORCE_COLOR: '0' })).toBe(false);
  });

  it('changes nothing without colour', () => {
    const plain = createPaint(false);
    fc.assert(fc.property(fc.string(), (text) => plain.red(text) === text));
    expect(createPaint(true).red('x')).toBe('\u001b[31mx\u001b[39m');
  });
});

describe('expectation', () => {
  it('is the longest way through the plan before it starts', () => {
    expect(expectedDuration(operation(), 0)).toBe((1 + 3 + 1) * 1000);
  });

  it('counts what ended as it was, and what runs too long as lasting until now', () => {
    const ended = { state: 'done', startedAt: 0, endedAt: 500 } as const;
    const running = { state: 'running', startedAt: 500 } as const;
    const now = operation({ image: ended, 'boot-1': running, 'boot-2': running });
    expect(expectedDuration(now, 600)).toBe(500 + 3000 + 1000);
    expect(expectedDuration(now, 9000)).toBe(9000 + 1000);
  });

  it('never lies before now while something runs, and ends for plans with a cycle', () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.nat(100_000), (startedAt, later) => {
        const running = operation({ image: { state: 'running', startedAt } });
        return expectedDuration(running, startedAt + later) >= startedAt + later;
      }),
    );
    const cyclic = operation({ image: { after: ['kubeconfig'] } });
    expect(expectedDuration(cyclic, 0)).toBeGreaterThan(0);
  });
});

describe('the timeline', () => {
  const running = operation({
    image: { state: 'done', startedAt: 0, endedAt: 400 },
    'boot-1': { state: 'running', startedAt: 400, progress: 0.256, note: 'systemd is starting' },
    'boot-2': { state: 'failed', startedAt: 400, endedAt: 1500 },
  });

  it('has a line for the whole and one per lane, in words', () => {
    expect(timelineLines(running, look)).toEqual([
      'Creating shop  0:02 of about 0:03',
      '  ✓ engine              0.4 s',
      '  ⠋ shop-control-plane  Boot shop-control-plane  1.6 / 2 s 25 %  systemd is starting',
      '  ✗ shop-worker         Boot shop-worker  1.1 s',
      '  · cluster             waits for: Boot shop-control-plane',
    ]);
  });

  it('gives each running step of a lane its line', () => {
    const two = operation({
      image: { state: 'running', startedAt: 0 },
      kubeconfig: { state: 'running', startedAt: 0, lane: 'engine' },
    });
    const lines = timelineLines(two, look);
    expect(lines[1]).toContain('⠋ engine              Get the node image');
    expect(lines[2]).toContain('⠋                     Write the kubeconfig');
  });

  it('fits any width and height', () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 200 }), fc.integer({ min: 2, max: 30 }), (columns, rows) => {
        const lines = timelineLines(running, { ...look, columns, rows });
        return lines.length <= rows && lines.every((line) => [...line].length < columns);
      }),
    );
  });

  it('keeps what a program says on one line', () => {
    const noted = operation({ image: { state: 'running', startedAt: 0, note: 'a\nb\r\n\tc' } });
    expect(timelineLines(noted, look)[1]).toContain('a b c');
  });

  it('says when it undoes, waits or has left something undone', () => {
    expect(titleOf(operation({}, { state: 'undoing' }))).toBe('Undoing: creating shop');
    expect(titleOf(operation({}, { state: 'queued' }))).toBe('Waiting for other work on shop');
    const cancelled = operation({ image: { state: 'cancelled' } }, { state: 'cancelled' });
    expect(timelineLines(cancelled, look)[1]).toBe('  - engine              not done');
  });
});

describe('lines of a log', () => {
  const before = operation({ image: { state: 'running', startedAt: 0 } });
  const after = operation({
    image: { state: 'done', startedAt: 0, endedAt: 2100 },
    'boot-2': { state: 'failed', startedAt: 2100, endedAt: 3200 },
    'boot-1': { state: 'done', startedAt: 2100, endedAt: 2300 },
    kubeconfig: { state: 'skipped' },
  });

  it('tells each end once, in the order of time', () => {
    expect(plainLines(before, after)).toEqual([
      '[  0.0s] cluster: Write the kubeconfig (not needed)',
      '[  2.1s] engine: Get the node image (2.1 s)',
      '[  2.3s] shop-control-plane: Boot shop-control-plane (0.2 s)',
      '[  3.2s] shop-worker: Boot shop-worker FAILED (1.1 s)',
    ]);
    expect(plainLines(after, after)).toEqual([]);
  });

  it('says nothing of what a failure or a cancel left out', () => {
    for (const state of ['undoing', 'failed', 'cancelled'] as const) {
      expect(plainLines(before, operation({ kubeconfig: { state: 'skipped' } }, { state }))).toEqual([]);
    }
  });

  it('gives a sign of life', () => {
    const noted = operation({ image: { state: 'running', startedAt: 1000, progress: 0.5, note: '12 of 24 MB' } });
    expect(stillRunningLines(noted, 11_000)).toEqual([
      '[ 11.0s] engine: Get the node image ... 10.0 s so far, 50 %: 12 of 24 MB',
    ]);
    expect(stillRunningLines(after, 11_000)).toEqual([]);
    const queued = operation({}, { state: 'queued' });
    expect(stillRunningLines(queued, 2000)).toEqual(['[  2.0s] waiting for other work on shop']);
  });
});

describe('the summary', () => {
  it('lists what ran by its start', () => {
    const done = operation(
      {
        image: { state: 'done', startedAt: 1000, endedAt: 1400 },
        'boot-1': { state: 'done', startedAt: 1500, endedAt: 3500 },
        'boot-2': { state: 'done', startedAt: 1400, endedAt: 3000 },
      },
      { state: 'done', startedAt: 1000, endedAt: 23_400 },
    );
    expect(stepTable(done)).toEqual([
      'WHERE               STEP                     START   TOOK',
      'engine              Get the node image       0.0 s  0.4 s',
      'shop-worker         Boot shop-worker         0.4 s  1.6 s',
      'shop-control-plane  Boot shop-control-plane  0.5 s  2.0 s',
    ]);
    expect(totalDuration(done)).toBe('22.4 s');
    expect(totalDuration(operation())).toBeUndefined();
  });
});

it.each([
  ['500MB', 500_000_000],
  ['1.5 gb', 1_500_000_000],
  ['30G', 30_000_000_000],
  ['20000', 20_000],
  ['lots', undefined],
  ['-1GB', undefined],
])('%s is so many bytes', (text, count) => {
  expect(parseSize(text)).toBe(count);
});

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1500, '1.5 KB'],
  [182_000_000, '182 MB'],
  [3.2e9, '3.2 GB'],
])('%d bytes are %s', (count, text) => {
  expect(size(count)).toBe(text);
});
