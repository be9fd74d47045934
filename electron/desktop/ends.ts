// The system's notifications: how long work ended while the window was not looked at.
import { Notification } from 'electron';
import type { Client } from '../../shared/contract';
import { applyFeed, emptyFeed } from '../../shared/model/feed';
import type { Operation } from '../../shared/model/operation';
import { endedSince, noticeOf } from './ended-work';
import type { DesktopWords } from './words';

interface NoticeOptions {
  client: Client;
  words(): Promise<DesktopWords>;
  /** Somebody sees the window: it tells by itself. */
  isLookedAt(): boolean;
  /** What a click leads to. */
  show(subject: string): void;
  signal: AbortSignal;
}

/** Tells of ends until aborted. */
export async function tellOfEnds({ client, words, isLookedAt, show, signal }: NoticeOptions): Promise<void> {
  let feed = emptyFeed<Operation>();
  for await (const message of await client.operations.watch(undefined, { signal })) {
    const before = feed.items;
    feed = applyFeed(feed, message, (operation) => operation.id);
    const ended = endedSince(before, [...feed.items.values()]);
    if (ended.length === 0 || isLookedAt() || !Notification.isSupported()) continue;
    if (!(await client.settings.get()).notifications) continue;
    const said = await words();
    for (const operation of ended) {
      const notice = new Notification(noticeOf(operation, said));
      notice.on('click', () => show(operation.subject));
      notice.show();
    }
  }
}
