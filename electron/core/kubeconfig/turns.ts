// Lets only so many works run at the same time; the others wait for their turn, in the order in which they came.

/** Runs `work` when it is its turn. Rejects with the signal's reason when aborted before, and as `work` does. */
export type TakeTurn = <Result>(signal: AbortSignal, work: () => Promise<Result>) => Promise<Result>;

/** @param places how many run at the same time */
export function createTurns(places: number): TakeTurn {
  let free = places;
  const waiting: (() => void)[] = [];
  return async (signal, work) => {
    if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve));
    else free -= 1;
    try {
      signal.throwIfAborted();
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
