// The live collection: a snapshot, then patches that bring every watcher to the same items.
import { getEventListeners } from 'node:events';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { applyFeed, emptyFeed, type Feed } from '../../../shared/model/feed';
import { createLiveFeed, type LiveFeed } from './feed';

interface Boat {
  name: string;
  crew: number;
}
const nameOf = ({ name }: Boat) => name;
const window = 50;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watchOf(feed: LiveFeed<Boat>) {
  const stop = new AbortController();
  const messages = feed.watch(stop.signal);
  const next = async (): Promise<Feed<Boat> | undefined> => {
    const answer = messages.next();
    await vi.advanceTimersByTimeAsync(window);
    return (await answer).value ?? undefined;
  };
  return { next, stop, messages };
}

test('what is there comes as a snapshot at once, also when nothing is', async () => {
  const feed = createLiveFeed(nameOf);
  expect((await watchOf(feed).messages.next()).value).toEqual({ type: 'snapshot', revision: 0, items: [] });
  feed.upsert({ name: 'a', crew: 1 });
  expect((await watchOf(feed).messages.next()).value).toEqual({
    type: 'snapshot',
    revision: 1,
    items: [{ name: 'a', crew: 1 }],
  });
});

test('a burst of changes is one patch, with the last state of each and what is gone', async () => {
  const feed = createLiveFeed(nameOf);
  feed.upsert({ name: 'old', crew: 1 });
  const { next } = watchOf(feed);
  await next();
  for (let crew = 1; crew <= 100; crew += 1) feed.upsert({ name: 'a', crew });
  feed.upsert({ name: 'b', crew: 1 });
  feed.remove('b');
  feed.remove('old');
  expect(await next()).toEqual({
    type: 'patch',
    revision: 104,
    upserts: [{ name: 'a', crew: 100 }],
    removes: ['old', 'b'],
  });
});

test('a change is told within the window, not before it: the ones after it join', async () => {
  const feed = createLiveFeed(nameOf);
  const { messages } = watchOf(feed);
  await messages.next();
  let told: Feed<Boat> | undefined;
  void messages.next().then(({ value }) => {
    told = value ?? undefined;
  });
  feed.upsert({ name: 'a', crew: 1 });
  await vi.advanceTimersByTimeAsync(window - 1);
  expect(told).toBeUndefined();
  feed.upsert({ name: 'b', crew: 1 });
  await vi.advanceTimersByTimeAsync(1);
  expect(told).toMatchObject({ upserts: [{ name: 'a' }, { name: 'b' }] });
});

test('what changes while nobody asks for the next message is in that message', async () => {
  const feed = createLiveFeed(nameOf);
  const { next } = watchOf(feed);
  await next();
  feed.upsert({ name: 'a', crew: 1 });
  await vi.advanceTimersByTimeAsync(10_000);
  feed.upsert({ name: 'b', crew: 1 });
  expect(await next()).toMatchObject({ upserts: [{ name: 'a' }, { name: 'b' }] });
});

test('a name that was removed and comes back is no removal', async () => {
  const feed = createLiveFeed(nameOf);
  feed.upsert({ name: 'a', crew: 1 });
  const { next } = watchOf(feed);
  await next();
  feed.remove('a');
  feed.upsert({ name: 'a', crew: 2 });
  expect(await next()).toMatchObject({ upserts: [{ name: 'a', crew: 2 }], removes: [] });
});

test('replacing by equal items, and removing what is not there, is no change', async () => {
  const feed = createLiveFeed(nameOf);
  feed.replace([
    { name: 'a', crew: 1 },
    { name: 'b', crew: 1 },
  ]);
  const { next } = watchOf(feed);
  await next();
  feed.replace([
    { name: 'a', crew: 1 },
    { name: 'b', crew: 1 },
  ]);
  feed.remove('ghost');
  feed.replace([
    { name: 'c', crew: 1 },
    { name: 'b', crew: 2 },
  ]);
  expect(await next()).toEqual({
    type: 'patch',
    revision: 5,
    upserts: [
      { name: 'b', crew: 2 },
      { name: 'c', crew: 1 },
    ],
    removes: ['a'],
  });
  expect(feed.items()).toEqual([
    { name: 'b', crew: 2 },
    { name: 'c', crew: 1 },
  ]);
});

test.each(['while it waits for a change', 'within the window'])('an abort ends the watch: %s', async (when) => {
  const feed = createLiveFeed(nameOf);
  const { messages, stop } = watchOf(feed);
  await messages.next();
  const answer = messages.next();
  await vi.advanceTimersByTimeAsync(0);
  if (when === 'within the window') {
    feed.upsert({ name: 'a', crew: 1 });
    await vi.advanceTimersByTimeAsync(1);
  }
  stop.abort();
  await answer;
  expect(await messages.next()).toEqual({ done: true, value: undefined });
  expect(vi.getTimerCount()).toBe(0);
});

const name = fc.constantFrom('a', 'b', 'c', 'd');
const change = fc.oneof(
  fc.record({ do: fc.constant('upsert' as const), name, crew: fc.nat(3) }),
  fc.record({ do: fc.constant('remove' as const), name }),
  fc.record({
    do: fc.constant('replace' as const),
    items: fc.uniqueArray(fc.record({ name, crew: fc.nat(3) }), { selector: nameOf }),
  }),
  fc.record({ do: fc.constant('join' as const), slowness: fc.constantFrom(0, 20, 300) }),
  fc.record({ do: fc.constant('wait' as const), milliseconds: fc.constantFrom(1, 49, 50, 120) }),
);

/** Follows a feed until aborted, taking `slowness` milliseconds for each message. */
function follow(feed: LiveFeed<Boat>, slowness: number, stop: AbortSignal) {
  const watcher = { state: emptyFeed<Boat>() };
  void (async () => {
    for await (const message of feed.watch(stop)) {
      watcher.state = applyFeed(watcher.state, message, nameOf);
      await new Promise((resolve) => setTimeout(resolve, slowness));
    }
  })();
  return watcher;
}

test('whatever changes, and however slow a watcher is, it comes to the same items', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 40 }), async (changes) => {
      const feed = createLiveFeed(nameOf);
      const stop = new AbortController();
      const watchers = [follow(feed, 0, stop.signal)];
      for (const one of changes) {
        if (one.do === 'upsert') feed.upsert({ name: one.name, crew: one.crew });
        else if (one.do === 'remove') feed.remove(one.name);
        else if (one.do === 'replace') feed.replace(one.items);
        else if (one.do === 'join') watchers.push(follow(feed, one.slowness, stop.signal));
        else await vi.advanceTimersByTimeAsync(one.milliseconds);
      }
      await vi.advanceTimersByTimeAsync(1_000);
      for (const { state } of watchers) {
        expect(state.items).toEqual(new Map(feed.items().map((item) => [item.name, item])));
      }
      stop.abort();
      await vi.advanceTimersByTimeAsync(1_000);
    }),
  );
});

test('a watcher that leaves, leaves nothing at the signal, which may live as long as the app', async () => {
  const feed = createLiveFeed(nameOf);
  const { next, stop, messages } = watchOf(feed);
  await next();
  feed.upsert({ name: 'a', crew: 1 });
  await next();
  await messages.return();
  expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
});
