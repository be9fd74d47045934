// One-shot wake-up calls and abort signals as promises: what the live values wait on.

/** A promise and the function that resolves it. */
export function createWakeUp(): { promise: Promise<void>; wake: () => void } {
  let wake = () => {};
  const promise = new Promise<void>((resolve) => {
    wake = resolve;
  });
  return { promise, wake };
}

/** What the promise comes to, or undefined as soon as the signal is aborted; then nothing of it is left at the signal. */
export async function unlessAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value | undefined> {
  if (signal.aborted) return undefined;
  const { promise: aborted, wake } = createWakeUp();
  signal.addEventListener('abort', wake, { once: true });
  try {
    return await Promise.race([promise, aborted.then(() => undefined)]);
  } finally {
    signal.removeEventListener('abort', wake);
  }
}

/** Resolves when the signal is aborted; never rejects. */
export function whenAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

/** Aborted so many milliseconds after another signal is, for its reason. */
export function withGrace(signal: AbortSignal, milliseconds: number): AbortSignal {
  const later = new AbortController();
  const end = () => setTimeout(() => later.abort(signal.reason), milliseconds).unref();
  if (signal.aborted) end();
  else signal.addEventListener('abort', end, { once: true });
  return later.signal;
}
