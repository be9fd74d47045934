// The time of one operation: it begins with the computer's clock and goes on evenly, also when that one is set meanwhile.

/** @returns milliseconds since 1970 at each call, never fewer than before */
export function steadyClock(): () => number {
  const began = Date.now();
  const mark = performance.now();
  return () => Math.round(began + performance.now() - mark);
}
