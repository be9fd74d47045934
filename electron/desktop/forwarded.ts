// Which ports of this computer are forwards of ours: pages behind them may be opened in the user's browser.
import type { Client } from '../../shared/contract';
import { applyFeed, emptyFeed } from '../../shared/model/feed';
import type { Forward } from '../../shared/model/forwards';

/** Follows the core's forwards until aborted, and tells the ports that are open. */
export async function followForwarded(
  client: Client,
  tell: (ports: ReadonlySet<number>) => void,
  signal: AbortSignal,
): Promise<void> {
  let feed = emptyFeed<Forward>();
  for await (const message of await client.forwards.watch(undefined, { signal })) {
    feed = applyFeed(feed, message, ({ id }) => id);
    tell(new Set([...feed.items.values()].map(({ localPort }) => localPort)));
  }
}
