// When a burst of file events is told: at once when it begins, then each time that it rests.

/** Milliseconds: an atomic save is several events; how long it is quiet before a burst rests; at most between two words of one. */
const timing = { gather: 5, rest: 20, atMost: 400 };

export interface Burst {
  note(path: string): void;
  close(): void;
}

/** `tell` hears the paths since it was last told, each once. */
export function createBurst(tell: (paths: string[]) => void, { gather, rest, atMost } = timing): Burst {
  let paths = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let toldAt = Number.NEGATIVE_INFINITY;
  let waitsSince = 0;

  function flush(): void {
    timer = undefined;
    toldAt = performance.now();
    const told = [...paths];
    paths = new Set();
    tell(told);
  }

  return {
    note(path) {
      const now = performance.now();
      if (paths.size === 0) waitsSince = now;
      paths.add(path);
      const first = now - toldAt > rest;
      if (timer && (first || now - waitsSince >= atMost)) return;
      clearTimeout(timer);
      const left = Math.max(0, waitsSince + atMost - now);
      timer = setTimeout(flush, first && paths.size === 1 ? gather : Math.min(rest, left));
      if (!first) return;
      // The rest of what begins here is not its beginning.
      toldAt = now;
    },
    close() {
      clearTimeout(timer);
      paths.clear();
    },
  };
}
