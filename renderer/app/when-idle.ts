// What is not wanted at first begins when the browser has nothing else to do.

/** Milliseconds after which it begins in any case. */
const atLatest = 5000;

/** Calls once; at once where browsers do not tell. @returns forgets it */
export function whenIdle(begin: () => void): () => void {
  if (typeof requestIdleCallback !== 'function') {
    begin();
    return () => {};
  }
  const wish = requestIdleCallback(begin, { timeout: atLatest });
  return () => cancelIdleCallback(wish);
}
