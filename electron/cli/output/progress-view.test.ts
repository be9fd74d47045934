// The three views over time: a log's signs of life, a terminal's frames, a program's lines.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Operation } from '../../../shared/model/operation';
import { planOf } from '../../host/stand-in-core/samples';
import { memoryTerminal } from '../memory-terminal';
import { createProgressView } from './progress-view';

beforeEach(() => void vi.useFakeTimers({ now: 0 }));

afterEach(() => void vi.useRealTimers());

function operation(state: Operation['state'], running = false): Operation {
  const steps = planOf('create', 'shop').steps.map((step, index) =>
    running && index === 0
      ? { ...step, state: 'running' as const, startedAt: 0, note: '3 of 24 MB' }
      : { ...step, state: 'waiting' as const },
  );
  return { id: 'o', kind: 'create', subject: 'shop', state, steps, queuedAt: 0, leftovers: [] };
}

it('gives a log a sign of life every ten seconds of silence', () => {
  const terminal = memoryTerminal();
  const view = createProgressView(terminal, false);
  view.update(operation('running', true));
  vi.advanceTimersByTime(9_000);
  expect(terminal.stderr).toEqual([]);
  vi.advanceTimersByTime(11_000);
  expect(terminal.stderr).toEqual([
    '[ 10.0s] engine: Get the node image ... 10.0 s so far: 3 of 24 MB',
    '[ 20.0s] engine: Get the node image ... 20.0 s so far: 3 of 24 MB',
  ]);
  view.end();
  vi.advanceTimersByTime(60_000);
  expect(terminal.stderr).toHaveLength(2);
});

it('tells a log after a second that work waits its turn', () => {
  const terminal = memoryTerminal();
  const view = createProgressView(terminal, false);
  view.update(operation('queued'));
  vi.advanceTimersByTime(1500);
  expect(terminal.stderr).toEqual(['[  1.0s] waiting for other work on shop']);
  view.end();
});

it('draws frames over one another, says lines above them, and stops at its end', () => {
  const terminal = memoryTerminal({ live: true });
  const view = createProgressView(terminal, false);
  view.update(operation('running', true));
  const height = (terminal.drawn.at(-1) ?? '').split('\n').length - 1;
  vi.advanceTimersByTime(100);
  expect(terminal.drawn.at(-1)).toContain(`\u001b[${height}A\u001b[0J`);
  view.say('Cancelling');
  expect(terminal.drawn.at(-1)).toContain(`\u001b[0JCancelling\nCreating shop`);
  view.end();
  const frames = terminal.drawn.length;
  vi.advanceTimersByTime(1000);
  expect(terminal.drawn).toHaveLength(frames);
});

it('tells programs what has changed, and nothing twice', () => {
  const terminal = memoryTerminal();
  const view = createProgressView(terminal, true);
  view.update(operation('running'));
  view.update(operation('running'));
  view.update(operation('undoing', true));
  view.say('Cancelling');
  view.end();
  const lines = terminal.stdout.map((line) => JSON.parse(line) as { type: string });
  expect(lines.map((line) => line.type)).toEqual(['operation', 'step', 'state', 'note']);
  expect(terminal.stderr).toEqual([]);
});
