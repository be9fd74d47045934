// The graph: what comes after what, what runs side by side, and how the first failure ends the rest.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PlannedStep } from '../../../shared/model/operation';
import { faultsOf, runGraph } from './graph';

const never = () => new AbortController().signal;

function step(id: string, ...after: string[]): PlannedStep {
  return { id, kind: 'node-boot', title: id, lane: 'engine', weight: 1, after };
}

/** A promise that is settled from outside. */
function gate() {
  let open = () => {};
  let fail = (_: Error) => {};
  const promise = new Promise<void>((resolve, reject) => {
    open = resolve;
    fail = reject;
  });
  return { promise, open, fail };
}

/** Lets everything that can go on without an event go on. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

test('steps that wait for nobody run side by side, the one behind them when both have ended', async () => {
  const started: string[] = [];
  const gates = { left: gate(), right: gate(), last: gate() };
  const run = runGraph(
    [step('last', 'left', 'right'), step('left'), step('right')],
    ({ id }) => {
      started.push(id);
      return gates[id as keyof typeof gates].promise;
    },
    never(),
  );
  await settle();
  expect(started.sort()).toEqual(['left', 'right']);
  gates.left.open();
  await settle();
  expect(started).not.toContain('last');
  gates.right.open();
  await settle();
  expect(started).toContain('last');
  gates.last.open();
  await expect(run).resolves.toBeUndefined();
});

test('the first failure stops what runs, starts nothing more, and is thrown when all have settled', async () => {
  const started: string[] = [];
  const slow = gate();
  const failing = gate();
  let stopped: AbortSignal | undefined;
  const run = runGraph(
    [step('slow'), step('failing'), step('never', 'failing'), step('neither', 'never')],
    async ({ id }, signal) => {
      started.push(id);
      if (id === 'failing') return failing.promise;
      stopped = signal;
      await slow.promise;
      throw new Error('a consequence of being stopped');
    },
    never(),
  );
  let settled = false;
  run
    .catch(() => {})
    .finally(() => {
      settled = true;
    });
  await settle();
  failing.fail(new Error('the disk is full'));
  await settle();
  expect(stopped?.aborted).toBe(true);
  expect(settled).toBe(false);
  slow.open();
  await expect(run).rejects.toThrow('the disk is full');
  expect(started.sort()).toEqual(['failing', 'slow']);
});

test('an abort from outside reaches the steps, and its reason is what is thrown', async () => {
  const controller = new AbortController();
  const reason = new Error('changed my mind');
  const run = runGraph(
    [step('only'), step('behind', 'only')],
    (_, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('the socket closed')));
      }),
    controller.signal,
  );
  await settle();
  controller.abort(reason);
  await expect(run).rejects.toBe(reason);
});

test('nothing runs when it was aborted before', async () => {
  const started: string[] = [];
  const run = runGraph(
    [step('one')],
    async ({ id }) => void started.push(id),
    AbortSignal.abort(new Error('too late')),
  );
  await expect(run).rejects.toThrow('too late');
  expect(started).toEqual([]);
});

test.each([
  ['an unknown id', [step('a', 'ghost')], 'a comes after ghost, which is not in the plan'],
  ['a circle', [step('a', 'b'), step('b', 'a'), step('c')], 'these wait for each other: a, b'],
  ['a step behind itself', [step('a', 'a')], 'these wait for each other: a'],
  ['an id twice', [step('a'), step('a')], 'two steps have the same id'],
])('%s is a fault, and such a plan does not begin', async (_name, steps, fault) => {
  expect(faultsOf(steps)).toEqual([fault]);
  let ran = false;
  const run = runGraph(
    steps,
    async () => {
      ran = true;
    },
    never(),
  );
  await expect(run).rejects.toThrow(fault);
  expect(ran).toBe(false);
});

test('an empty plan is done at once', async () => {
  expect(faultsOf([])).toEqual([]);
  await expect(runGraph([], () => Promise.reject(new Error('there is no step')), never())).resolves.toBeUndefined();
});

/** Any sound plan: each step may come after any of those before it; then the list is shuffled. */
const soundPlan = fc
  .array(fc.array(fc.nat(), { maxLength: 4 }), { minLength: 1, maxLength: 12 })
  .map((rows) =>
    rows.map((picks, index) => {
      const after = index === 0 ? [] : picks.map((pick) => `s${pick % index}`);
      return step(`s${index}`, ...new Set(after));
    }),
  )
  .chain((steps) => fc.shuffledSubarray(steps, { minLength: steps.length }));

test('in any sound plan every step runs once, after all its predecessors ended and at once when they have', async () => {
  await fc.assert(
    fc.asyncProperty(soundPlan, fc.infiniteStream(fc.nat()), async (steps, picks) => {
      expect(faultsOf(steps)).toEqual([]);
      const running = new Map<string, () => void>();
      const ended = new Set<string>();
      const started: string[] = [];
      const whole = runGraph(
        steps,
        ({ id, after }) => {
          expect(after.every((before) => ended.has(before))).toBe(true);
          started.push(id);
          return new Promise((resolve) => running.set(id, resolve));
        },
        never(),
      );
      while (ended.size < steps.length) {
        await settle();
        const startable = steps.filter(({ id, after }) => !ended.has(id) && after.every((before) => ended.has(before)));
        expect([...running.keys()].sort()).toEqual(startable.map(({ id }) => id).sort());
        const [id, end] = [...running][picks.next().value % running.size] ?? ['', () => {}];
        running.delete(id);
        ended.add(id);
        end();
      }
      await whole;
      expect(started.length).toBe(steps.length);
    }),
  );
});

test('in any sound plan nothing starts after a failure', async () => {
  await fc.assert(
    fc.asyncProperty(soundPlan, fc.nat(), async (steps, pick) => {
      const failing = steps[pick % steps.length]?.id;
      const behind = new Set([failing]);
      for (const _ of steps)
        for (const { id, after } of steps) if (after.some((one) => behind.has(one))) behind.add(id);
      const started: string[] = [];
      let failed = false;
      const run = runGraph(
        steps,
        async ({ id }) => {
          expect(failed).toBe(false);
          started.push(id);
          if (id !== failing) return;
          failed = true;
          throw new Error(`${id} failed`);
        },
        never(),
      );
      await expect(run).rejects.toThrow(`${failing} failed`);
      expect(started.filter((id) => behind.has(id))).toEqual([failing]);
    }),
  );
});
