// Tells by the system that a dev loop broke or healed while there is no window: with one, its page tells.
import { Notification } from 'electron';
import type { Client } from '../../shared/contract';
import type { Loop } from '../../shared/model/devloop/loop';
import { type LoopMoods, turnsOf } from '../../shared/model/devloop/turns';
import { applyFeed, emptyFeed } from '../../shared/model/feed';
import type { DesktopWords } from './words';

export interface NoticeOptions {
  client: Client;
  words(): Promise<DesktopWords>;
  /** Whether there is no window that would tell. */
  isAway(): boolean;
  /** Shows the project in this folder. */
  open(dir: string): void;
  signal: AbortSignal;
}

/** Until aborted. */
export async function tellOfLoops({ client, words, isAway, open, signal }: NoticeOptions): Promise<void> {
  let feed = emptyFeed<Loop>();
  let moods: LoopMoods = new Map();
  for await (const message of await client.loops.watch(undefined, { signal })) {
    feed = applyFeed(feed, message, ({ id }) => id);
    const next = turnsOf(moods, [...feed.items.values()]);
    moods = next.moods;
    for (const { loop, turn } of isAway() ? next.turns : []) {
      const said = await words();
      const notice = new Notification({
        title: turn === 'broke' ? said.loopBroke(loop.name) : said.loopHealed(loop.name),
        body: loop.problems[0]?.error.message ?? said.servedAgain,
      });
      notice.on('click', () => open(loop.dir));
      notice.show();
    }
  }
}
