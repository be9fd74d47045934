// A keyed collection that is watched as a snapshot and then patches, coalesced so that a burst of changes is one message.
import type { Feed } from '../../../shared/model/feed';
import { pause } from './pause';
import { createWakeUp, unlessAborted } from './signal';

/** Milliseconds in which changes are gathered into one patch. */
const coalesceMilliseconds = 50;

export interface LiveFeed<Item> {
  items(): Item[];
  get(key: string): Item | undefined;
  upsert(item: Item): void;
  remove(key: string): void;
  /** Makes the collection equal to `items`; what is deeply equal already is no change. */
  replace(items: readonly Item[]): void;
  /** A snapshot at once, then patches, until aborted. */
  watch(signal: AbortSignal): AsyncGenerator<Feed<Item>, void, void>;
}

export function createLiveFeed<Item>(keyOf: (item: Item) => string): LiveFeed<Item> {
  const current = new Map<string, Item>();
  /** Revision at which a key last changed; removed keys stay here so that watchers learn of it. */
  const changedAt = new Map<string, number>();
  let revision = 0;
  let change = createWakeUp();

  function touch(key: string): void {
    revision += 1;
    changedAt.set(key, revision);
    const previous = change;
    change = createWakeUp();
    previous.wake();
  }

  function upsert(item: Item): void {
    current.set(keyOf(item), item);
    touch(keyOf(item));
  }

  function remove(key: string): void {
    if (current.delete(key)) touch(key);
  }

  function patchSince(seen: number): Feed<Item> {
    const upserts: Item[] = [];
    const removes: string[] = [];
    for (const [key, at] of changedAt) {
      if (at <= seen) continue;
      const item = current.get(key);
      if (item === undefined) removes.push(key);
      else upserts.push(item);
    }
    return { type: 'patch', revision, upserts, removes };
  }

  return {
    items: () => [...current.values()],
    get: (key) => current.get(key),
    upsert,
    remove,
    replace(items) {
      const wanted = new Map(items.map((item) => [keyOf(item), item]));
      for (const key of [...current.keys()]) if (!wanted.has(key)) remove(key);
      for (const [key, item] of wanted) {
        if (JSON.stringify(current.get(key)) !== JSON.stringify(item)) upsert(item);
      }
    },
    async *watch(signal) {
      let seen = revision;
      yield { type: 'snapshot', revision, items: [...current.values()] };
      while (!signal.aborted) {
        if (revision === seen) {
          await unlessAborted(change.promise, signal);
          continue;
        }
        await pause(coalesceMilliseconds, signal);
        const patch = patchSince(seen);
        seen = revision;
        yield patch;
      }
    },
  };
}
