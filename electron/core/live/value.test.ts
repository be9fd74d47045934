// The live value: the present one at once, then the newest.
import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { createLiveValue } from './value';

test('the present value at once, then each newer one that is asked for', async () => {
  const value = createLiveValue('connecting');
  const stop = new AbortController();
  const watch = value.watch(stop.signal);
  expect((await watch.next()).value).toBe('connecting');
  const next = watch.next();
  value.set('connected');
  expect((await next).value).toBe('connected');
  expect(value.get()).toBe('connected');
  stop.abort();
});

test('a slow watcher gets the newest and misses those in between', async () => {
  const value = createLiveValue(0);
  const stop = new AbortController();
  const watch = value.watch(stop.signal);
  await watch.next();
  for (const number of [1, 2, 3]) value.set(number);
  expect((await watch.next()).value).toBe(3);
  const next = watch.next();
  value.set(4);
  expect((await next).value).toBe(4);
  stop.abort();
});

test('setting what it is already wakes nobody', async () => {
  const value = createLiveValue('same');
  const stop = new AbortController();
  const watch = value.watch(stop.signal);
  await watch.next();
  const next = watch.next();
  value.set('same');
  await new Promise((resolve) => setImmediate(resolve));
  value.set('other');
  expect((await next).value).toBe('other');
  stop.abort();
});

test('an abort ends every watcher, also one that waits', async () => {
  const value = createLiveValue(1);
  const stop = new AbortController();
  const watch = value.watch(stop.signal);
  await watch.next();
  const waiting = watch.next();
  stop.abort();
  expect((await waiting).done).toBe(true);
  expect((await value.watch(stop.signal).next()).done).toBe(true);
});

test('a watcher that leaves, leaves nothing at the signal, which may live as long as the app', async () => {
  const value = createLiveValue(0);
  const { signal } = new AbortController();
  for await (const number of value.watch(signal)) {
    if (number === 3) break;
    setImmediate(() => value.set(number + 1));
  }
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});
