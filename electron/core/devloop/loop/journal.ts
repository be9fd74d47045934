// What a loop shows of itself: its changes with their stages, what is wrong, and the lines that were said.
import type { Change, Loop, LoopLine, LoopProblem, Stage, StageKind } from '../../../../shared/model/devloop/loop';
import { keptChanges } from '../../../../shared/model/devloop/loop';
import type { FilePlace } from '../../../../shared/model/devloop/place';
import { type AppError, asAppError } from '../../../../shared/model/errors';
import type { Remark } from '../../../../shared/model/sentence';
import { createWakeUp, whenAborted } from '../../live/signal';

/** Lines and files that are kept. */
const keptLines = 2000;
const shownFiles = 20;

export interface Journal {
  get(): Loop;
  update(change: Partial<Loop>): void;
  begin(change: Pick<Change, 'cause' | 'files' | 'at'>): void;
  end(state: Change['state'], way?: Change['way']): void;
  /** Runs one stage: its times, its end and its error are noted. */
  stage<Result>(
    kind: StageKind,
    subject: string | undefined,
    work: (note: (remark: Remark) => void) => Promise<Result>,
  ): Promise<Result>;
  problem(error: AppError, stage?: StageKind, subject?: string): void;
  heal(stage: StageKind, subject?: string): void;
  say(source: LoopLine['source'], text: string, subject?: string): void;
  /** What a pod says. */
  hear(line: Pick<LoopLine, 'subject' | 'container' | 'text'>): void;
  /** Those after a number, and then as they come. */
  lines(after: number, signal: AbortSignal): AsyncGenerator<LoopLine[], void, void>;
}

export function createJournal(first: Loop, tell: (loop: Loop) => void): Journal {
  let loop = first;
  let lines: LoopLine[] = [];
  let sequence = 0;
  let wakeUp = createWakeUp();

  function update(change: Partial<Loop>): void {
    loop = { ...loop, ...change };
    tell(loop);
  }

  function add(line: Omit<LoopLine, 'sequence' | 'at'>): void {
    sequence += 1;
    lines.push({ sequence, at: Date.now(), ...line });
    if (lines.length > keptLines * 2.4) lines = trimmed(lines);
    const before = wakeUp;
    wakeUp = createWakeUp();
    before.wake();
  }

  function current(edit: (change: Change) => Change): void {
    const [now, ...before] = loop.changes;
    if (now) update({ changes: [edit(now), ...before] });
  }

  function editStage(key: Stage, edit: Partial<Stage>): Stage {
    const edited = { ...key, ...edit };
    current((change) => ({ ...change, stages: change.stages.map((one) => (one === key ? edited : one)) }));
    return edited;
  }

  return {
    get: () => loop,
    update,
    begin({ cause, files, at }) {
      const number = (loop.changes[0]?.number ?? 0) + 1;
      const change: Change = {
        number,
        at,
        cause,
        files: files.slice(0, shownFiles),
        fileCount: files.length,
        state: 'running',
        stages: [],
      };
      update({ changes: [change, ...loop.changes].slice(0, keptChanges) });
    },
    end(state, way) {
      const endedAt = Date.now();
      current((change) => ({
        ...change,
        state,
        endedAt,
        ...(way && { way }),
        ...(state === 'done' && way !== 'nothing' && { servedAfter: endedAt - change.at }),
      }));
    },
    async stage(kind, subject, work) {
      let stage: Stage = { kind, state: 'running', startedAt: Date.now(), ...(subject !== undefined && { subject }) };
      current((change) => ({ ...change, stages: [...change.stages, stage] }));
      try {
        const result = await work((note) => {
          if (stage.note?.text !== note.text) stage = editStage(stage, { note });
        });
        stage = editStage(stage, { state: 'done', endedAt: Date.now() });
        heal(kind, subject);
        return result;
      } catch (error) {
        const told = asAppError(error);
        const place = placeOf(told);
        const state = told.code === 'cancelled' ? ('cancelled' as const) : ('failed' as const);
        editStage(stage, { state, endedAt: Date.now(), error: told.toData(), ...(place && { place }) });
        if (state === 'failed') problem(told, kind, subject);
        throw error;
      }
    },
    problem,
    heal,
    say(source, text, subject) {
      add({ source, text, ...(subject !== undefined && { subject }) });
    },
    hear: (line) => add({ source: 'pod', ...line }),
    async *lines(after, signal) {
      const aborted = whenAborted(signal);
      let seen = after;
      while (!signal.aborted) {
        const next = wakeUp.promise;
        const fresh = lines.filter((line) => line.sequence > seen);
        const last = fresh.at(-1);
        if (last) {
          seen = last.sequence;
          yield fresh;
        } else await Promise.race([next, aborted]);
      }
    },
  };

  function keyOf(stage: StageKind | undefined, subject: string | undefined): string {
    return `${stage ?? ''} ${subject ?? ''}`;
  }

  function problem(error: AppError, stage?: StageKind, subject?: string): void {
    const place = placeOf(error);
    const entry: LoopProblem = {
      key: keyOf(stage, subject),
      error: error.toData(),
      since: Date.now(),
      ...(stage && { stage }),
      ...(subject !== undefined && { subject }),
      ...(place && { place }),
    };
    update({ problems: [...loop.problems.filter(({ key }) => key !== entry.key), entry] });
  }

  function heal(stage: StageKind, subject?: string): void {
    const key = keyOf(stage, subject);
    if (loop.problems.some((one) => one.key === key))
      update({ problems: loop.problems.filter((one) => one.key !== key) });
  }
}

/** The newest of both: pods that say much must not push out why a build failed. */
function trimmed(lines: readonly LoopLine[]): LoopLine[] {
  const newest = (pods: boolean) => lines.filter(({ source }) => (source === 'pod') === pods).slice(-keptLines);
  return [...newest(true), ...newest(false)].sort((one, other) => one.sequence - other.sequence);
}

/** Errors that know where in the user's files they are say so in their parameters. */
function placeOf({ params }: AppError): FilePlace | undefined {
  const { file, line, column } = params ?? {};
  if (typeof file !== 'string') return undefined;
  return { file, line: typeof line === 'number' ? line : 1, column: typeof column === 'number' ? column : 1 };
}
