// The forwards that this computer has open, live.
import { applyFeed, emptyFeed, type FeedState } from '../../../shared/model/feed';
import type { Forward } from '../../../shared/model/forwards';
import { useTopic } from '../../stores/use-topic';

/** Nothing before the core has told. */
export function useForwards(): Forward[] | undefined {
  const state = useTopic<Parameters<typeof applyFeed<Forward>>[1], FeedState<Forward>>(
    'forwards',
    (client, _subject, signal) => client.forwards.watch(undefined, { signal }),
    (before, message) => applyFeed(before ?? emptyFeed<Forward>(), message, ({ id }) => id),
  );
  return state && [...state.items.values()];
}
