// Taking back: in which order, past which faults, and what is left over.
import { expect, test } from 'vitest';
import { createUndoStack } from './undo';

test('the last made is taken back first, one at a time, each named in the log', async () => {
  const stack = createUndoStack();
  const events: string[] = [];
  for (const what of ['network', 'container', 'entry']) {
    stack.push(what, async () => {
      events.push(`begin ${what}`);
      await new Promise((resolve) => setImmediate(resolve));
      events.push(`end ${what}`);
    });
  }
  expect(await stack.unwind((line) => events.push(line))).toEqual([]);
  expect(events).toEqual(
    ['entry', 'container', 'network'].flatMap((what) => [`taking back: ${what}`, `begin ${what}`, `end ${what}`]),
  );
});

test('a fault leaves that one thing over and keeps no other from being taken back', async () => {
  const stack = createUndoStack();
  const taken: string[] = [];
  stack.push('network', async () => void taken.push('network'));
  stack.push('container', () => Promise.reject(new Error('the engine is gone')));
  stack.push('entry', async () => {
    throw 'no words';
  });
  expect(await stack.unwind(() => {})).toEqual(['entry (no words)', 'container (the engine is gone)']);
  expect(taken).toEqual(['network']);
});

test('each undo gets a signal that has not been aborted', async () => {
  const stack = createUndoStack();
  let signal: AbortSignal | undefined;
  stack.push('network', async (given) => {
    signal = given;
  });
  await stack.unwind(() => {});
  expect(signal?.aborted).toBe(false);
});

test('what is kept, or was taken back before, is not taken back again', async () => {
  const stack = createUndoStack();
  let count = 0;
  const take = async () => {
    count += 1;
  };
  stack.push('kept', take);
  stack.keep();
  expect(await stack.unwind(() => {})).toEqual([]);
  stack.push('once', take);
  await stack.unwind(() => {});
  await stack.unwind(() => {});
  expect(count).toBe(1);
});
