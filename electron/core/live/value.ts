// A value that is read now and watched from now on: each watcher gets the present value, then the newest after each change.
import { createWakeUp, unlessAborted } from './signal';

export interface LiveValue<Value> {
  get(): Value;
  set(value: Value): void;
  /** Yields the present value at once, then the newest one after changes (those in between may be skipped), until aborted. */
  watch(signal: AbortSignal): AsyncGenerator<Value, void, void>;
}

export function createLiveValue<Value>(initial: Value): LiveValue<Value> {
  let current = initial;
  let change = createWakeUp();
  return {
    get: () => current,
    set(value) {
      current = value;
      const previous = change;
      change = createWakeUp();
      previous.wake();
    },
    async *watch(signal) {
      let seen: { value: Value } | undefined;
      while (!signal.aborted) {
        const next = change.promise;
        if (!seen || seen.value !== current) {
          seen = { value: current };
          yield current;
        } else {
          await unlessAborted(next, signal);
        }
      }
    },
  };
}
