// Waits that an abort ends, and that leave nothing at the signal.
import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { unlessAborted } from './signal';

test('what comes first counts, and no listener stays', async () => {
  const { signal } = new AbortController();
  expect(await unlessAborted(Promise.resolve(1), signal)).toBe(1);
  await expect(unlessAborted(Promise.reject(new Error('broken')), signal)).rejects.toThrow('broken');
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('an abort, before or meanwhile, ends the wait', async () => {
  const stop = new AbortController();
  const waiting = unlessAborted(new Promise(() => {}), stop.signal);
  stop.abort();
  expect(await waiting).toBeUndefined();
  expect(await unlessAborted(Promise.resolve(1), stop.signal)).toBeUndefined();
  expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
});
