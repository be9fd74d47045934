// The kept process's side: it is told what to serve as, says that it listens, and ends when it is told to or its keeper is gone.
import type { ErrorData } from '../../shared/model/errors';

/** What a kept process is told before it serves. */
export interface Orders {
  /** The keeper's process id: whoever stops the host stops its keeper. */
  pid: number;
  port?: number | undefined;
  /** Those of the process that died: pages that it let in are let in again. */
  token?: string;
  secret?: string;
  /** Milliseconds since 1970: when that one died. */
  restartedAt?: number;
}

export interface Listening {
  port: number;
  address: string;
  token: string;
  /** What cookies carry. */
  secret: string;
}

export type Told = { listens: Listening } | { failed: ErrorData };

export interface Keeper {
  orders: Promise<Orders>;
  /** Resolves when it has been handed over. */
  tell(told: Told): Promise<void>;
  /** Aborted when the keeper says so. */
  signal: AbortSignal;
  /** From now on the process ends by itself. */
  leave(): void;
}

/** A keeper that was killed takes this process with it at once, as if it were one: there is nobody to end it later. */
export function listenToKeeper(): Keeper {
  const end = new AbortController();
  const die = () => process.exit(1);
  process.once('disconnect', die);
  const orders = new Promise<Orders>((resolve) => {
    process.on('message', (message) => {
      if (message === 'end') end.abort();
      else resolve(message as Orders);
    });
  });
  return {
    orders,
    tell: (told) => new Promise((resolve) => process.send?.(told, undefined, undefined, () => resolve())),
    signal: end.signal,
    leave() {
      process.off('disconnect', die);
      if (process.connected) process.disconnect();
    },
  };
}
