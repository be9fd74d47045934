// All operations of a core: one at a time for each subject, watched, cancelled, forgotten.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AppError } from '../../../shared/model/errors';
import { applyFeed, emptyFeed } from '../../../shared/model/feed';
import type { LogLine, Operation, OperationKind } from '../../../shared/model/operation';
import { createHistory } from './history';
import { createJournal, type Journal } from './journal';
import type { Job, StepAction } from './operation';
import { createOperations, type Operations } from './operations';

let directory: string;
let journal: Journal;
let operations: Operations;
const engine = 'unix:///var/run/docker.sock';

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'operations-'));
  journal = createJournal(directory);
  operations = createOperations(journal, createHistory(directory));
});
afterEach(async () => {
  await operations.dispose();
  await rm(directory, { recursive: true });
});

function job(
  subject: string,
  action: StepAction = async () => {},
  rest: { kind?: OperationKind; keep?: boolean } = {},
) {
  const { kind = 'create', keep = false } = rest;
  const step = { id: 'only', kind: 'node-boot' as const, title: 'Only', lane: 'engine', weight: 1, after: [] };
  return { plan: { kind, subject, steps: [step] }, actions: new Map([['only', action]]), keepOnFailure: keep } as Job;
}

/** An action that says when it has begun, and ends when it is told to or its signal is aborted. */
function held() {
  let begin = () => {};
  let end = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const action: StepAction = async ({ signal }) => {
    begin();
    const aborted = new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    await Promise.race([ended, aborted]);
  };
  return { action, begun, end };
}

const start = (one: Job) => operations.start(one, engine).operationId;
const stateOf = (id: string) => operations.feed.get(id)?.state;

test('a job is queued at once, runs, and is noted in the journal for as long as it runs', async () => {
  const one = held();
  const id = start(job('shop', one.action));
  expect(stateOf(id)).toBe('queued');
  await one.begun;
  expect(stateOf(id)).toBe('running');
  expect(await journal.entries()).toMatchObject([{ id, kind: 'create', subject: 'shop', engine, alive: true }]);
  one.end();
  expect((await operations.ended(id)).state).toBe('done');
  expect(await journal.entries()).toEqual([]);
});

test('one at a time for each subject, in their order; other subjects do not wait', async () => {
  const [first, second, third, other] = [held(), held(), held(), held()];
  const ids = [first, second, third].map(({ action }) => start(job('shop', action)));
  const elsewhere = start(job('lab', other.action));
  await Promise.all([first.begun, other.begun]);
  expect(ids.map(stateOf)).toEqual(['running', 'queued', 'queued']);
  expect(operations.activeOn('shop')?.id).toBe(ids[0]);
  first.end();
  await second.begun;
  expect(ids.map(stateOf)).toEqual(['done', 'running', 'queued']);
  expect(operations.activeOn('shop')?.id).toBe(ids[1]);
  second.end();
  await third.begun;
  third.end();
  other.end();
  await Promise.all([...ids, elsewhere].map((id) => operations.ended(id)));
  expect(operations.activeOn('shop')).toBeUndefined();
});

test('a failure lets the next one of the subject begin', async () => {
  const failed = start(job('shop', () => Promise.reject(new AppError('out-of-disk', 'full'))));
  const next = start(job('shop'));
  expect((await operations.ended(failed)).state).toBe('failed');
  expect((await operations.ended(next)).state).toBe('done');
});

test('cancelled in the queue, it never begins and does not let the one behind it overtake the one before it', async () => {
  const first = held();
  let began = false;
  const begin: StepAction = async () => {
    began = true;
  };
  const running = start(job('shop', first.action));
  const queued = start(job('shop', begin));
  const behind = start(job('shop'));
  await first.begun;
  operations.cancel(queued);
  const cancelled = await operations.ended(queued);
  expect(cancelled).toMatchObject({ state: 'cancelled', error: { code: 'cancelled' }, steps: [{ state: 'skipped' }] });
  expect(began).toBe(false);
  expect([running, behind].map(stateOf)).toEqual(['running', 'queued']);
  expect(await journal.entries()).toMatchObject([{ id: running }]);
  first.end();
  expect((await operations.ended(behind)).state).toBe('done');
});

test('cancelled while it runs; cancelling what has ended changes nothing', async () => {
  const one = held();
  const id = start(job('shop', one.action));
  await one.begun;
  operations.cancel(id);
  expect((await operations.ended(id)).state).toBe('cancelled');
  operations.cancel(id);
  expect(stateOf(id)).toBe('cancelled');
});

test('what runs is not dismissed, what has ended is, and the unknown is not found', async () => {
  const one = held();
  const id = start(job('shop', one.action));
  await one.begun;
  expect(() => operations.dismiss(id)).toThrow(expect.objectContaining({ code: 'busy' }));
  one.end();
  await operations.ended(id);
  operations.dismiss(id);
  expect(operations.feed.get(id)).toBeUndefined();
  for (const call of [operations.dismiss, operations.cancel, operations.ended]) {
    expect(() => call(id)).toThrow(expect.objectContaining({ code: 'not-found' }));
  }
});

test('only the newest fifty that have ended are remembered, and every one that runs', async () => {
  const one = held();
  const running = start(job('running', one.action));
  const ids: string[] = [];
  for (let count = 0; count < 53; count += 1) ids.push(start(job(`shop-${count}`)));
  await Promise.all(ids.map((id) => operations.ended(id)));
  const last = start(job('last'));
  await operations.ended(last);
  expect(operations.feed.items().map(({ id }) => id)).toEqual([running, ...ids.slice(-49), last]);
  one.end();
});

async function readLog(id: string, after: number): Promise<LogLine[]> {
  const lines: LogLine[] = [];
  for await (const batch of operations.log(id, after, new AbortController().signal)) lines.push(...batch);
  return lines;
}

test('the log is read from any line on, follows while it runs, and ends with it', async () => {
  const one = held();
  const chatty: StepAction = async (context) => {
    for (const line of ['one', 'two', 'three']) context.log(line);
    await one.action(context);
    context.log('four');
  };
  const id = start(job('shop', chatty));
  await one.begun;
  const fromStart = readLog(id, 0);
  const resumed = readLog(id, 2);
  one.end();
  expect((await fromStart).map(({ text, sequence }) => `${sequence} ${text}`)).toEqual([
    '1 one',
    '2 two',
    '3 three',
    '4 four',
  ]);
  expect((await resumed).map(({ text }) => text)).toEqual(['three', 'four']);
  expect((await readLog(id, 0)).length).toBe(4);
  expect(await readLog(id, 4)).toEqual([]);
});

test('a reader of the log who leaves ends nothing but the reading', async () => {
  const one = held();
  const id = start(job('shop', one.action));
  await one.begun;
  const leaving = new AbortController();
  const reading = operations.log(id, 0, leaving.signal).next();
  leaving.abort();
  expect((await reading).done).toBe(true);
  expect(stateOf(id)).toBe('running');
  one.end();
});

test('a watcher sees the last state of everything', async () => {
  const watching = new AbortController();
  const messages = operations.feed.watch(watching.signal);
  let seen = emptyFeed<Operation>();
  const ids = ['shop', 'lab'].map((subject) => start(job(subject, async ({ progress }) => progress(0.4, 'working'))));
  while (![...seen.items.values()].every(({ state }) => state === 'done') || seen.items.size < 2) {
    const { value } = await messages.next();
    if (value) seen = applyFeed(seen, value, ({ id }) => id);
  }
  watching.abort();
  expect([...seen.items.keys()].sort()).toEqual([...ids].sort());
  expect([...seen.items.values()]).toEqual(operations.feed.items());
});

test('closing cancels what runs and what is queued, and waits until it is taken back', async () => {
  const one = held();
  let undone = false;
  const making: StepAction = (context) => {
    context.undo('it', async () => {
      await new Promise((resolve) => setImmediate(resolve));
      undone = true;
    });
    return one.action(context);
  };
  const ids = [start(job('shop', making)), start(job('shop'))];
  await one.begun;
  await operations.dispose();
  expect(undone).toBe(true);
  expect(ids.map(stateOf)).toEqual(['cancelled', 'cancelled']);
  expect(await journal.entries()).toEqual([]);
});

const failing: StepAction = async ({ undo }) => {
  undo('the network', () => Promise.reject(new Error('the engine is gone')));
  throw new AppError('engine-unreachable', 'The connection broke');
};

test('a create that could not be taken back, or was kept, stays in the journal until the cluster is removed or made', async () => {
  const broken = start(job('shop', failing));
  const kept = start(job('kept', () => Promise.reject(new Error('no')), { keep: true }));
  const clean = start(job('clean', () => Promise.reject(new Error('no'))));
  await Promise.all([broken, kept, clean].map((id) => operations.ended(id)));
  const noted = async () => (await journal.entries()).map(({ subject }) => subject).sort();
  expect(await journal.entries()).toEqual(
    expect.arrayContaining([expect.objectContaining({ id: broken, alive: false })]),
  );
  expect(await noted()).toEqual(['kept', 'shop']);
  await operations.ended(start(job('shop', async () => {}, { kind: 'stop' })));
  expect(await noted()).toEqual(['kept', 'shop']);
  await operations.ended(start(job('shop', () => Promise.reject(new Error('no')), { kind: 'delete' })));
  expect(await noted()).toEqual(['kept', 'shop']);
  await operations.ended(start(job('shop', async () => {}, { kind: 'delete' })));
  await operations.ended(start(job('kept', async () => {}, { kind: 'create' })));
  expect(await noted()).toEqual([]);
});

test('works where no journal can be kept', async () => {
  await writeFile(join(directory, 'file'), '');
  const unwritable = createOperations(createJournal(join(directory, 'file')), createHistory(join(directory, 'file')));
  const { operationId } = unwritable.start(job('shop'), engine);
  expect((await unwritable.ended(operationId)).state).toBe('done');
  await unwritable.dispose();
});

test('what was done is told by the next core too, with its log; what fails as well', async () => {
  const done = start(job('shop', async ({ log }) => log('it is there')));
  const failed = start(job('shop', () => Promise.reject(new AppError('busy', 'no')), { kind: 'stop' }));
  await Promise.all([done, failed].map((id) => operations.ended(id)));
  const next = createOperations(createJournal(directory), createHistory(directory));
  const states = new Map((await next.history('shop', engine)).map(({ id, state }) => [id, state]));
  expect(states).toEqual(
    new Map([
      [failed, 'failed'],
      [done, 'done'],
    ]),
  );
  expect(await next.history('shop', 'unix:///other')).toEqual([]);
  const lines: string[] = [];
  for await (const batch of next.log(done, 0, new AbortController().signal))
    lines.push(...batch.map(({ text }) => text));
  expect(lines).toEqual(['it is there']);
});
