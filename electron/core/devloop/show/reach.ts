// The forwards of a loop: opened when what they lead to is applied, kept open while it runs, told as part of its state.
import type { LoopForward } from '../../../../shared/model/devloop/loop';
import { AppError, asAppError } from '../../../../shared/model/errors';
import type { Forward } from '../../../../shared/model/forwards';
import type { Remark } from '../../../../shared/model/sentence';
import type { Forwards } from '../../forwards/forwards';
import { errorSays, loopSays } from '../words';
import { type ForwardWish, wishKey } from './wishes';

export interface Reach {
  /** Opens what is not open, tries again what could not be opened, and closes what is not wished any more. Never throws. */
  want(wishes: readonly ForwardWish[]): void;
  /** Closes all that it opened. */
  close(): Promise<void>;
}

interface Open {
  wish: ForwardWish;
  id?: string;
  /** It was open before: whoever opened it closes it. */
  borrowed: boolean;
  opening: boolean;
  /** Why it is not open, or not where it was wished. */
  note?: Remark;
}

/** @param tell hears all of them after every change */
export function createReach(
  forwards: Forwards,
  context: string,
  tell: (all: LoopForward[]) => void,
  signal: AbortSignal,
): Reach {
  const all = new Map<string, Open>();
  const ended = new AbortController();
  const until = AbortSignal.any([signal, ended.signal]);

  function publish(): void {
    if (ended.signal.aborted) return;
    tell([...all.values()].map((one) => stateOf(one, one.id === undefined ? undefined : forwards.feed.get(one.id))));
  }

  async function follow(): Promise<void> {
    for await (const message of forwards.feed.watch(until)) {
      const ids = new Set([...all.values()].map(({ id }) => id));
      const [upserts, removes] = message.type === 'patch' ? [message.upserts, message.removes] : [message.items, []];
      if (upserts.some(({ id }) => ids.has(id)) || removes.some((id) => ids.has(id))) publish();
    }
  }
  void follow();

  async function open(one: Open): Promise<void> {
    const { target, port, localPort, resourceType } = one.wish;
    one.opening = true;
    try {
      if (!target) {
        throw new AppError('not-possible', `${resourceType} is nothing that has pods`, {
          params: { name: resourceType },
        });
      }
      const there = new Set(forwards.feed.items().map(({ id }) => id));
      const wanted = { context, target, port, keep: false };
      const opened = await forwards
        .open({ ...wanted, ...(localPort !== undefined && { localPort }) }, until)
        .catch((error: unknown) => {
          // skaffold: another one is taken where it is not free.
          if (localPort === undefined || asAppError(error).code !== 'port-taken') throw error;
          one.note = loopSays('port-elsewhere', { port: localPort });
          return forwards.open(wanted, until);
        });
      one.id = opened.id;
      one.borrowed = there.has(opened.id);
      if (opened.localPort === localPort) delete one.note;
    } catch (error) {
      one.note = errorSays(asAppError(error).toData());
    } finally {
      one.opening = false;
    }
    if (until.aborted || all.get(wishKey(one.wish)) !== one) await shut(one);
    else publish();
  }

  async function shut({ id, borrowed }: Open): Promise<void> {
    // Somebody else may have closed it.
    if (id !== undefined && !borrowed) await forwards.close(id).catch(() => {});
  }

  return {
    want(wishes) {
      const wanted = new Map(wishes.map((wish) => [wishKey(wish), wish]));
      for (const [key, one] of all) {
        const wish = wanted.get(key);
        if (wish && wish.localPort === one.wish.localPort) {
          one.wish = wish;
          continue;
        }
        all.delete(key);
        void shut(one);
      }
      for (const [key, wish] of wanted) {
        const one: Open = all.get(key) ?? { wish, borrowed: false, opening: false };
        all.set(key, one);
        const isOpen = one.id !== undefined && forwards.feed.get(one.id) !== undefined;
        if (isOpen || one.opening) continue;
        delete one.id;
        delete one.note;
        void open(one);
      }
      publish();
    },
    async close() {
      ended.abort();
      const open = [...all.values()];
      all.clear();
      await Promise.all(open.map(shut));
    },
  };
}

function stateOf({ wish, opening, note }: Open, now: Forward | undefined): LoopForward {
  const { resourceType, resourceName, namespace, port, declared, scheme } = wish;
  const about = { resourceType, resourceName, namespace, port, declared };
  if (!now || now.localPort === 0) {
    return { ...about, state: opening ? 'waiting' : 'failed', ...(note !== undefined && { note }) };
  }
  const address = '127.0.0.1';
  const why = now.error ? errorSays(now.error) : note;
  return {
    ...about,
    address,
    localPort: now.localPort,
    ...(scheme && { url: `${scheme}://${address}:${now.localPort}` }),
    state: now.state === 'open' ? 'open' : 'waiting',
    ...(why !== undefined && { note: why }),
  };
}
