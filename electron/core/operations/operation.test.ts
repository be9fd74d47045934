// One operation's life: its states and times, its progress, its log, and how it ends when something goes wrong.
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { AppError } from '../../../shared/model/errors';
import { type Operation, operationSchema, type Plan, type StepProgress } from '../../../shared/model/operation';
import { type Job, prepareRun, type StepAction } from './operation';

const never = () => new AbortController().signal;

function planOf(...ids: string[]): Plan {
  const steps = ids.map((id) => ({ id, kind: 'node-boot' as const, title: id, lane: 'engine', weight: 1, after: [] }));
  return { kind: 'create', subject: 'shop', steps };
}

function jobOf(actions: Record<string, StepAction>, rest: Partial<Job> = {}): Job {
  return { plan: planOf(...Object.keys(actions)), actions: new Map(Object.entries(actions)), ...rest };
}

async function runJob(job: Job, signal = never()) {
  const seen: Operation[] = [];
  const run = prepareRun('op', job, (operation) => seen.push(operation));
  const operation = await run.run(signal);
  return { operation, seen, run, states: [...new Set(seen.map(({ state }) => state))] };
}

const stepsById = (operation: Operation) => new Map(operation.steps.map((step) => [step.id, step]));
const whenAborted = (signal: AbortSignal, error: () => unknown) =>
  new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(error())));

test('a run that goes well: states, times and progress of every step', async () => {
  const { operation, states, seen } = await runJob(
    jobOf({ one: async ({ progress }) => progress(0.5, 'half-way'), two: async () => {} }),
  );
  expect(states).toEqual(['running', 'done']);
  expect(operation.leftovers).toEqual([]);
  expect(operation.error).toBeUndefined();
  for (const step of operation.steps) {
    expect(step).toMatchObject({ state: 'done', progress: 1 });
    expect(step.note).toBeUndefined();
    expect(step.endedAt ?? 0).toBeGreaterThanOrEqual(step.startedAt ?? Number.NaN);
  }
  expect(seen.some(({ steps }) => steps[0]?.note === 'half-way' && steps[0].progress === 0.5)).toBe(true);
  expect(operation.endedAt ?? 0).toBeGreaterThanOrEqual(operation.startedAt ?? Number.NaN);
  for (const each of seen) operationSchema.parse(each);
});

test('a clock that is set back meanwhile, or on, makes no step shorter or longer', async () => {
  const setTo = async (milliseconds: number) => {
    vi.setSystemTime(Date.now() + milliseconds);
    await vi.advanceTimersByTimeAsync(2000);
  };
  vi.useFakeTimers();
  try {
    const only: StepAction = async ({ log }) => {
      log('before');
      await setTo(-3_600_000);
      log('back');
      await setTo(7_200_000);
      log('on');
    };
    const { operation, run } = await runJob(jobOf({ only }));
    const [step] = operation.steps;
    expect((step?.endedAt ?? 0) - (step?.startedAt ?? 0)).toBe(4000);
    expect((operation.endedAt ?? 0) - (operation.startedAt ?? 0)).toBe(4000);
    expect(run.logAfter(0).map(({ at }) => at - operation.queuedAt)).toEqual([0, 2000, 4000]);
  } finally {
    vi.useRealTimers();
  }
});

test('progress never goes back and stays between 0 and 1, whatever a step reports', async () => {
  const share = fc.option(fc.double({ min: -2, max: 3, noNaN: true }), { nil: undefined });
  await fc.assert(
    fc.asyncProperty(fc.array(share), async (shares) => {
      const { seen } = await runJob(
        jobOf({
          only: async ({ progress }) => {
            for (const one of shares) progress(one);
          },
        }),
      );
      const values = seen.map(({ steps }) => steps[0]?.progress).filter((value) => value !== undefined);
      expect(values.every((value) => value >= 0 && value <= 1)).toBe(true);
      expect(values).toEqual([...values].sort((a, b) => a - b));
    }),
  );
});

test('what a step says after its end changes nothing any more', async () => {
  let late: (() => void) | undefined;
  const { operation, run } = await runJob(
    jobOf({
      only: async ({ progress }) => {
        late = () => progress(0.2, 'still pulling');
      },
    }),
  );
  late?.();
  expect(run.operation().steps).toEqual(operation.steps);
});

test('a failure: the step that failed, those it stopped, those that never began, and the undo', async () => {
  const taken: string[] = [];
  const job = jobOf({
    made: async ({ undo }) => undo('the network', async () => void taken.push('network')),
    stopped: ({ signal }) => whenAborted(signal, () => new AppError('cancelled', 'Cancelled')),
    stoppedByReason: ({ signal }) => whenAborted(signal, () => signal.reason),
    failing: async () => {
      await new Promise((resolve) => setImmediate(resolve));
      throw new AppError('out-of-disk', 'The disk is full');
    },
    waiting: async () => {},
  });
  const steps = job.plan.steps.map((step) => (step.id === 'waiting' ? { ...step, after: ['failing'] } : step));
  const { operation, states, run } = await runJob({ ...job, plan: { ...job.plan, steps } });
  expect(states).toEqual(['running', 'undoing', 'failed']);
  expect(operation.error).toMatchObject({ code: 'out-of-disk', message: 'The disk is full' });
  const outcomes = [...stepsById(operation)].map(([id, { state }]: [string, StepProgress]) => [id, state]);
  expect(Object.fromEntries(outcomes)).toEqual({
    made: 'done',
    stopped: 'cancelled',
    stoppedByReason: 'cancelled',
    failing: 'failed',
    waiting: 'skipped',
  });
  expect(taken).toEqual(['network']);
  expect(run.logAfter(0).map(({ step, text }) => [step, text])).toEqual([
    ['failing', 'The disk is full'],
    ['undo', 'taking back: the network'],
  ]);
});

test('what could not be taken back is named, and does not hide the first error', async () => {
  const { operation } = await runJob(
    jobOf({
      only: async ({ undo }) => {
        undo('the network', () => Promise.reject(new Error('in use')));
        throw new AppError('port-taken', 'Port 80 is taken');
      },
    }),
  );
  expect(operation).toMatchObject({
    state: 'failed',
    error: { code: 'port-taken' },
    leftovers: ['the network (in use)'],
  });
});

test.each([
  ['throws its own error when it is stopped', () => new Error('socket hang up')],
  ['ends with the abort', () => new DOMException('This operation was aborted', 'AbortError')],
])('cancelled is not failed, even when a step %s', async (_name, error) => {
  const controller = new AbortController();
  let undone = false;
  const { operation, states } = await runJob(
    jobOf({
      only: ({ signal, undo }) => {
        undo('it', async (undoSignal) => {
          undone = !undoSignal.aborted;
        });
        queueMicrotask(() => controller.abort(new AppError('cancelled', 'Cancelled')));
        return whenAborted(signal, error);
      },
    }),
    controller.signal,
  );
  expect(states).toEqual(['running', 'undoing', 'cancelled']);
  expect(operation.error).toMatchObject({ code: 'cancelled' });
  expect(undone).toBe(true);
});

test('keepOnFailure keeps what was made when it fails, not when it is cancelled', async () => {
  const taken: string[] = [];
  const controller = new AbortController();
  const make: StepAction = async ({ undo }) => undo('it', async () => void taken.push('it'));
  const fail = () => Promise.reject(new Error('no'));
  const cancel: StepAction = ({ signal }) => {
    queueMicrotask(() => controller.abort(new AppError('cancelled', 'Cancelled')));
    return whenAborted(signal, () => signal.reason);
  };
  const failed = await runJob(jobOf({ make, fail }, { keepOnFailure: true }));
  expect(failed.operation).toMatchObject({ state: 'failed', leftovers: [] });
  expect(taken).toEqual([]);
  const cancelled = await runJob(jobOf({ make, cancel }, { keepOnFailure: true }), controller.signal);
  expect(cancelled.operation.state).toBe('cancelled');
  expect(taken).toEqual(['it']);
});

test('a failure is explained in the subject’s terms, a cancel is not', async () => {
  const explain = (error: AppError) => new AppError('out-of-memory', `explained: ${error.message}`);
  const failing = jobOf({ only: () => Promise.reject(new AppError('exec-failed', 'exit code 137')) }, { explain });
  expect((await runJob(failing)).operation.error).toMatchObject({
    code: 'out-of-memory',
    message: 'explained: exit code 137',
  });
  const cancelled = await runJob(failing, AbortSignal.abort(new AppError('cancelled', 'Cancelled')));
  expect(cancelled.operation.error?.code).toBe('cancelled');
});

test('a bug of ours is internal; its stack is in the log and not in the error', async () => {
  const { operation, run } = await runJob(
    jobOf({
      only: async () => {
        throw new TypeError('undefined is not a cluster');
      },
    }),
  );
  expect(operation.error).toMatchObject({ code: 'internal', message: 'undefined is not a cluster' });
  expect(JSON.stringify(operation.error)).not.toContain('operation.test.ts');
  expect(run.logAfter(0).some(({ text }) => text.includes('operation.test.ts'))).toBe(true);
});

test('a plan whose step has no action fails in words', async () => {
  const { operation } = await runJob({ plan: planOf('ghost'), actions: new Map() });
  expect(operation).toMatchObject({ state: 'failed', error: { message: 'no action for step ghost' } });
});

test('the log is numbered without gaps, resumable, and forgets its oldest lines beyond its limit', async () => {
  const { run } = await runJob(
    jobOf({
      only: async ({ log }) => {
        for (let line = 1; line <= 7_000; line += 1) log(`line ${line}`);
      },
    }),
  );
  const all = run.logAfter(0);
  expect(all.length).toBeGreaterThanOrEqual(5_000);
  expect(all.length).toBeLessThanOrEqual(6_000);
  expect(all.at(-1)).toMatchObject({ sequence: 7_000, text: 'line 7000', step: 'only' });
  const first = all[0]?.sequence ?? 0;
  expect(all.map(({ sequence }) => sequence)).toEqual(all.map((_, index) => first + index));
  expect(run.logAfter(6_998).map(({ text }) => text)).toEqual(['line 6999', 'line 7000']);
});

test('what explains a failure is kept before it is taken back; a cancel keeps nothing', async () => {
  const order: string[] = [];
  const keepEvidence = async (id: string) => {
    order.push(`kept for ${id}`);
    return '/state/op';
  };
  const failing = ({ undo }: Parameters<StepAction>[0]) => {
    undo('a node', async () => {
      order.push('taken back');
    });
    return Promise.reject(new AppError('not-ready', 'too late'));
  };
  const { operation } = await runJob(jobOf({ only: failing }, { keepEvidence }));
  expect(order).toEqual(['kept for op', 'taken back']);
  expect(operation).toMatchObject({ state: 'failed', nodeLogs: '/state/op' });

  const stop = new AbortController();
  const cancelled = async ({ signal }: Parameters<StepAction>[0]) => {
    stop.abort(new AppError('cancelled', 'Cancelled'));
    signal.throwIfAborted();
  };
  const second = await runJob(jobOf({ only: cancelled }, { keepEvidence }), stop.signal);
  expect(second.operation).not.toHaveProperty('nodeLogs');
  expect(order).toHaveLength(2);
});
