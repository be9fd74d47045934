// One operation from queue to end: runs its steps, keeps their progress, gathers the log, and undoes on failure or cancel.
import { AppError, asAppError, isAbort } from '../../../shared/model/errors';
import type { LogLine, Operation, Plan, PlannedStep, StepProgress, Transfer } from '../../../shared/model/operation';
import { runGraph } from './graph';
import { steadyClock } from './steady-clock';
import { createUndoStack } from './undo';

/** What a step is given to do its work with. */
export interface StepContext {
  step: PlannedStep;
  signal: AbortSignal;
  /** Share done, 0..1 (never goes back), and what is happening or waited for. */
  progress(share: number | undefined, note?: string): void;
  /** Says that this step failed by itself: the others go on, and the operation fails when they have ended. */
  failedAlone(error: AppError): void;
  /** Bytes moved; they are kept when it has ended, and set its share where the total is known. */
  transfer(bytes: Transfer): void;
  log(line: string): void;
  /** Registers how to take back what the step makes. */
  undo(what: string, take: (signal: AbortSignal) => Promise<void>): void;
}

export type StepAction = (context: StepContext) => Promise<void>;

export interface Job {
  plan: Plan;
  /** What each step does, by its id; every step of the plan has one. */
  actions: ReadonlyMap<string, StepAction>;
  /** Leave what was made when it fails (not when it is cancelled). */
  keepOnFailure?: boolean;
  /** Keeps what explains a failure before it is taken back, for the operation of this id. Returns the folder. */
  keepEvidence?(id: string): Promise<string | undefined>;
  /** Explains a failure in the subject's terms; given the error as it came. */
  explain?(error: AppError): AppError;
}

const logLimit = 5_000;

/** The operation as it is when it is queued. */
export function queuedOperation(id: string, plan: Plan, now: number): Operation {
  return {
    id,
    kind: plan.kind,
    subject: plan.subject,
    state: 'queued',
    steps: plan.steps.map((step) => ({ ...step, state: 'waiting' })),
    queuedAt: now,
    leftovers: [],
  };
}

export interface OperationRun {
  operation(): Operation;
  logAfter(sequence: number): LogLine[];
  /** Runs to the end; never rejects. */
  run(signal: AbortSignal): Promise<Operation>;
}

/** Prepares a run; `changed` is called after every change of the operation or its log. */
export function prepareRun(id: string, job: Job, changed: (operation: Operation) => void): OperationRun {
  const now = steadyClock();
  let operation = queuedOperation(id, job.plan, now());
  let log: LogLine[] = [];
  let sequence = 0;
  const undos = createUndoStack();
  const failedAlone: AppError[] = [];

  function update(change: Partial<Operation>): void {
    operation = { ...operation, ...change };
    changed(operation);
  }

  function updateStep(stepId: string, change: (step: StepProgress) => StepProgress): void {
    update({ steps: operation.steps.map((step) => (step.id === stepId ? change(step) : step)) });
  }

  function append(step: string, text: string): void {
    sequence += 1;
    log.push({ sequence, at: now(), step, text });
    if (log.length > logLimit * 1.2) log = log.slice(-logLimit);
    changed(operation);
  }

  async function runStep(step: PlannedStep, signal: AbortSignal): Promise<void> {
    const action = job.actions.get(step.id);
    if (!action) throw new Error(`no action for step ${step.id}`);
    updateStep(step.id, (current) => ({ ...current, state: 'running', startedAt: now() }));
    try {
      let alone: AppError | undefined;
      await action({
        step,
        signal,
        progress: (share, note) => updateStep(step.id, (current) => advance(current, share, note)),
        failedAlone: (error) => {
          alone = error;
        },
        transfer: (transfer) => updateStep(step.id, (current) => transferring(current, transfer)),
        log: (line) => append(step.id, line),
        undo: (what, take) => undos.push(what, take),
      });
      if (alone) endAlone(step.id, alone);
      else updateStep(step.id, (current) => ended(current, 'done', now()));
    } catch (error) {
      // A step that another one's failure stopped may throw that failure as its own.
      const stopped = signal.aborted && (isAbort(error) || error === signal.reason);
      updateStep(step.id, (current) => ended(current, stopped ? 'cancelled' : 'failed', now()));
      if (!stopped) append(step.id, error instanceof Error ? error.message : String(error));
      throw error;
    }
  }

  const explain = (error: AppError) => job.explain?.(error) ?? error;

  function endAlone(stepId: string, error: AppError): void {
    failedAlone.push(error);
    append(stepId, error.message);
    updateStep(stepId, (current) => ({ ...ended(current, 'failed', now()), error: explain(error).toData() }));
  }

  async function fail(error: AppError, keep: boolean): Promise<void> {
    const cancelled = error.code === 'cancelled';
    const explained = cancelled ? error : explain(error);
    update({
      state: 'undoing',
      error: explained.toData(),
      steps: operation.steps.map((step) => (step.state === 'waiting' ? { ...step, state: 'skipped' } : step)),
    });
    const nodeLogs = cancelled ? undefined : await job.keepEvidence?.(id);
    if (nodeLogs) update({ nodeLogs });
    if (keep) undos.keep();
    const leftovers = await undos.unwind((line) => append('undo', line));
    update({ state: cancelled ? 'cancelled' : 'failed', leftovers, endedAt: now() });
  }

  return {
    operation: () => operation,
    logAfter: (after) => log.filter((line) => line.sequence > after),
    async run(signal) {
      update({ state: 'running', startedAt: now() });
      try {
        await runGraph(job.plan.steps, runStep, signal);
        const [first] = failedAlone;
        if (first) throw first;
        undos.keep();
        update({ state: 'done', endedAt: now() });
      } catch (error) {
        const told = signal.aborted ? new AppError('cancelled', 'Cancelled') : asAppError(error);
        if (told.code === 'internal') append('internal', told.cause instanceof Error ? (told.cause.stack ?? '') : '');
        await fail(told, job.keepOnFailure === true && !signal.aborted);
      }
      return operation;
    },
  };
}

function advance(step: StepProgress, share: number | undefined, note: string | undefined): StepProgress {
  if (step.state !== 'running') return step;
  const next = share === undefined ? step.progress : Math.max(step.progress ?? 0, Math.min(1, share));
  return {
    ...step,
    ...(next !== undefined && { progress: next }),
    ...(note !== undefined && { note }),
  };
}

function transferring(step: StepProgress, transfer: Transfer): StepProgress {
  const share = transfer.total ? transfer.moved / transfer.total : undefined;
  return step.state === 'running' ? { ...advance(step, share, undefined), transfer } : step;
}

function ended(step: StepProgress, state: StepProgress['state'], endedAt: number): StepProgress {
  const { note: _, ...rest } = step;
  return { ...rest, state, endedAt, ...(state === 'done' && { progress: 1 }) };
}
