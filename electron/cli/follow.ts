// Stays with an operation from its beginning to its end, shows it, and passes Ctrl-C on to it.
import type { Client } from '../../shared/contract';
import { AppError } from '../../shared/model/errors';
import { applyFeed, emptyFeed } from '../../shared/model/feed';
import { hasEnded, type Operation } from '../../shared/model/operation';
import type { ProgressView } from './output/progress-view';

/**
 * @param begin the call that starts the operation
 * @param interrupt when aborted, the operation is asked to stop and undo, and its end is still waited for
 * @returns the operation as it ended
 * @throws whatever `begin` throws; AppError `disconnected` when the feed ends too early
 */
export async function follow(
  client: Client,
  begin: () => Promise<{ operationId: string }>,
  view: ProgressView,
  interrupt: AbortSignal,
): Promise<Operation> {
  const watching = new AbortController();
  let cancel = () => {};
  try {
    interrupt.throwIfAborted();
    const { operationId } = await begin();
    cancel = () => {
      view.say('Cancelling and undoing what was done. Press Ctrl-C again to leave at once.');
      client.operations.cancel({ id: operationId }).catch(() => {}); // It may have ended in this moment.
    };
    if (interrupt.aborted) cancel();
    else interrupt.addEventListener('abort', cancel, { once: true });
    return await untilEnded(client, operationId, view, watching.signal);
  } finally {
    interrupt.removeEventListener('abort', cancel);
    watching.abort();
    view.end();
  }
}

async function untilEnded(client: Client, id: string, view: ProgressView, signal: AbortSignal): Promise<Operation> {
  let feed = emptyFeed<Operation>();
  for await (const message of await client.operations.watch(undefined, { signal })) {
    feed = applyFeed(feed, message, (operation) => operation.id);
    const operation = feed.items.get(id);
    if (!operation) continue;
    view.update(operation);
    if (hasEnded(operation.state)) return operation;
  }
  throw new AppError('disconnected', 'The connection ended before the operation did');
}
