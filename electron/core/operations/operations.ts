// All operations of this core: one at a time for each subject, the others wait in its queue; each is watched, cancelled, forgotten.
import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { AppError } from '../../../shared/model/errors';
import {
  hasEnded,
  type LogLine,
  type Operation,
  type OperationKind,
  operationKinds,
} from '../../../shared/model/operation';
import { createLiveFeed, type LiveFeed } from '../live/feed';
import { createWakeUp, unlessAborted } from '../live/signal';
import type { History } from './history';
import type { Journal } from './journal';
import { type Job, type OperationRun, prepareRun } from './operation';

/** Ended operations that are remembered. */
const historyLimit = 50;

export interface Operations {
  feed: LiveFeed<Operation>;
  /** Queues a job behind the other jobs of its subject and returns its id at once. */
  start(job: Job, engine: string): { operationId: string };
  /** Resolves with the operation when it has ended. Throws `not-found`. */
  ended(id: string): Promise<Operation>;
  cancel(id: string): void;
  /** Of one that this process does not know any more, what the history has kept of it. Throws `not-found`. */
  log(id: string, after: number, signal: AbortSignal): AsyncGenerator<LogLine[], void, void>;
  /** What was done to a subject and has ended, by this and other processes, the newest first. */
  history(subject: string, engine: string | undefined): Promise<Operation[]>;
  dismiss(id: string): void;
  /** The running or queued operation on a subject. */
  activeOn(subject: string): Operation | undefined;
  /** Cancels everything and waits for the undos. */
  dispose(): Promise<void>;
}

interface Entry {
  run: OperationRun;
  controller: AbortController;
  done: Promise<Operation>;
}

/** A cluster that was started is still half-made if it was; one that was made or removed anew leaves nothing to mend. */
function settledBy(kind: OperationKind): readonly OperationKind[] {
  const sleeping: readonly OperationKind[] = ['start', 'stop', 'pause', 'resume'];
  return sleeping.includes(kind) ? sleeping : operationKinds;
}

export function createOperations(journal: Journal, history: History): Operations {
  const feed = createLiveFeed<Operation>((operation) => operation.id);
  const entries = new Map<string, Entry>();
  /** The end of the last job queued for a subject. */
  const tails = new Map<string, Promise<unknown>>();
  let change = createWakeUp();

  function publish(operation: Operation): void {
    feed.upsert(operation);
    const previous = change;
    change = createWakeUp();
    previous.wake();
  }

  function find(id: string): Entry {
    const entry = entries.get(id);
    if (!entry) throw new AppError('not-found', `There is no operation ${id}`, { params: { what: id } });
    return entry;
  }

  function forgetOldest(): void {
    const over = feed.items().filter((operation) => hasEnded(operation.state));
    for (const operation of over.slice(0, Math.max(0, over.length - historyLimit))) forget(operation.id);
  }

  function forget(id: string): void {
    entries.delete(id);
    feed.remove(id);
  }

  async function runQueued(id: string, job: Job, engine: string, run: OperationRun, signal: AbortSignal) {
    await unlessAborted(tails.get(job.plan.subject) ?? Promise.resolve(), signal);
    const { kind, subject } = job.plan;
    const note = { id, kind, subject, engine };
    // Where nothing can be written down a crash shows by the engine's labels only: no reason not to work.
    if (!signal.aborted) await journal.begin(note).catch(() => {});
    const operation = await run.run(signal);
    await noteEnd(note, operation, job).catch(() => {});
    // Where nothing can be written down it is remembered for as long as this process lives.
    await history.add(operation, run.logAfter(0), engine).catch(() => {});
    forgetOldest();
    return operation;
  }

  async function noteEnd(note: Parameters<Journal['begin']>[0], { state, leftovers }: Operation, job: Job) {
    const kept = state === 'failed' && job.keepOnFailure === true;
    if (note.kind === 'create' && (kept || leftovers.length > 0)) return journal.leaveBehind(note);
    await journal.end(note.id);
    if (state === 'done') await journal.settle(note.subject, note.engine, settledBy(note.kind));
  }

  return {
    feed,
    start(job, engine) {
      const id = randomUUID();
      const controller = new AbortController();
      // Every step of the operation listens to it.
      setMaxListeners(0, controller.signal);
      const run = prepareRun(id, job, publish);
      publish(run.operation());
      const done = runQueued(id, job, engine, run, controller.signal);
      const tail = Promise.allSettled([tails.get(job.plan.subject), done]).then(() => {});
      tails.set(job.plan.subject, tail);
      entries.set(id, { run, controller, done });
      return { operationId: id };
    },
    ended: (id) => find(id).done,
    cancel: (id) => find(id).controller.abort(new AppError('cancelled', 'Cancelled')),
    async *log(id, after, signal) {
      const kept = entries.has(id) ? undefined : await history.log(id);
      if (kept) return yield kept.filter((line) => line.sequence > after);
      const { run } = find(id);
      let seen = after;
      while (!signal.aborted) {
        const next = change.promise;
        const lines = run.logAfter(seen);
        const last = lines.at(-1);
        if (last) {
          seen = last.sequence;
          yield lines;
        } else if (hasEnded(run.operation().state)) return;
        else await unlessAborted(next, signal);
      }
    },
    async history(subject, engine) {
      const own = feed.items().filter((operation) => operation.subject === subject && hasEnded(operation.state));
      const all = new Map([...(await history.of(subject, engine)), ...own].map((one) => [one.id, one]));
      return [...all.values()].sort((a, b) => b.queuedAt - a.queuedAt);
    },
    dismiss(id) {
      if (!hasEnded(find(id).run.operation().state)) {
        throw new AppError('busy', 'It is still running; cancel it first', { params: { subject: id } });
      }
      forget(id);
    },
    activeOn: (subject) =>
      feed.items().find((operation) => operation.subject === subject && !hasEnded(operation.state)),
    async dispose() {
      for (const entry of entries.values()) entry.controller.abort(new AppError('cancelled', 'Boathouse is closing'));
      await Promise.allSettled([...entries.values()].map((entry) => entry.done));
    },
  };
}
