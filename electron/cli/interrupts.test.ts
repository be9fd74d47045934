// The first signal asks, the second leaves.
import { EventEmitter } from 'node:events';
import { expect, it, vi } from 'vitest';
import { listenForInterrupts } from './interrupts';

it.each([
  ['SIGINT', 'SIGINT'],
  ['SIGTERM', 'SIGINT'],
  ['SIGHUP', 'SIGTERM'],
])('%s aborts, then %s leaves', (first, second) => {
  const source = new EventEmitter();
  const leave = vi.fn();
  const { signal, dispose } = listenForInterrupts(leave, source);
  source.emit(first);
  expect(signal.reason).toMatchObject({ code: 'cancelled' });
  expect(leave).not.toHaveBeenCalled();
  source.emit(second);
  expect(leave).toHaveBeenCalledOnce();
  dispose();
  expect(source.eventNames()).toEqual([]);
});
