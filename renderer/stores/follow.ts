// Follows a topic of the core for as long as the app lives: across reconnects, and across a topic that broke.
import type { StoreApi } from 'zustand/vanilla';
import { backoff, pause } from '../app/backoff';
import type { ConnectionStatus } from '../app/connection';

type Phase = Pick<StoreApi<ConnectionStatus>, 'getState' | 'subscribe'>;
type Subscribe<Message> = (signal: AbortSignal) => Promise<AsyncIterable<Message>>;

/** Resolves when the channel is open, or when aborted. */
export function whenOpen(status: Phase, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      if (!signal.aborted && status.getState().phase !== 'open') return;
      stop();
      signal.removeEventListener('abort', settle);
      resolve();
    };
    const stop = status.subscribe(settle);
    signal.addEventListener('abort', settle);
    settle();
  });
}

/** Hands every message of a topic to `take`, and why it broke to `onBroken`, subscribing anew after each end, until aborted. Never rejects. */
export async function follow<Message>(
  status: Phase,
  subscribe: Subscribe<Message>,
  take: (message: Message) => void,
  until: AbortSignal,
  onBroken?: (error: unknown) => void,
): Promise<void> {
  // Many topics are followed for as long as the app lives: each waits on a signal of its own.
  const signal = AbortSignal.any([until]);
  let failures = 0;
  while (!signal.aborted) {
    await whenOpen(status, signal);
    if (signal.aborted) return;
    try {
      for await (const message of await subscribe(signal)) {
        failures = 0;
        take(message);
      }
    } catch (error) {
      // The topic ended with its channel or broke by itself; either way it is asked for again.
      if (!signal.aborted) onBroken?.(error);
    }
    failures += 1;
    await pause(failures === 1 ? 0 : backoff(failures - 1), signal);
  }
}
