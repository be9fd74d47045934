// Keyed things that change: a snapshot first, then patches with a revision, and the pure function that applies them.
import { z } from 'zod';

/** Schema of a feed of `item`s, each known by the string `key` picks. */
export function feedSchema<Item extends z.ZodType>(item: Item) {
  return z.discriminatedUnion('type', [
    z.object({ type: z.literal('snapshot'), revision: z.number(), items: z.array(item) }),
    z.object({ type: z.literal('patch'), revision: z.number(), upserts: z.array(item), removes: z.array(z.string()) }),
  ]);
}

export type Feed<Item> =
  | { type: 'snapshot'; revision: number; items: Item[] }
  | { type: 'patch'; revision: number; upserts: Item[]; removes: string[] };

/** The items after `message`; a patch that is not newer than `state` changes nothing. */
export function applyFeed<Item>(
  state: FeedState<Item>,
  message: Feed<Item>,
  key: (item: Item) => string,
): FeedState<Item> {
  if (message.type === 'snapshot') {
    return { revision: message.revision, items: new Map(message.items.map((item) => [key(item), item])) };
  }
  if (message.revision <= state.revision) return state;
  const items = new Map(state.items);
  for (const removed of message.removes) items.delete(removed);
  for (const item of message.upserts) items.set(key(item), item);
  return { revision: message.revision, items };
}

export interface FeedState<Item> {
  readonly revision: number;
  readonly items: ReadonlyMap<string, Item>;
}

/** The state before the first message. */
export function emptyFeed<Item>(): FeedState<Item> {
  return { revision: -1, items: new Map() };
}
