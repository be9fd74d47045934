// When a loop looks, works, starts over and rests: events in, what to do next out. Pure.

export type Cause = 'start' | 'files' | 'asked' | 'resume' | 'crash' | 'cluster';

export interface LoopPlan {
  readonly phase: 'running' | 'paused' | 'waiting' | 'stopping' | 'ended';
  /** A look at the files is under way. */
  readonly looking: boolean;
  /** Something may have changed since the look began: another one follows. */
  readonly again: boolean;
  /** What the round that runs works towards; its end is awaited even when it was told to stop. */
  readonly round: { readonly fingerprint: string; readonly stopped: boolean } | undefined;
  /** What the last round that was not stopped worked towards, well or not. */
  readonly attempted: string | undefined;
  /** Why the next round is made even where nothing differs. */
  readonly forced: Cause | undefined;
  /** What a look found while a round was being stopped. */
  readonly next: { readonly fingerprint: string; readonly cause: Cause } | undefined;
}

export type LoopEvent =
  | { readonly type: 'touched' }
  | { readonly type: 'forced'; readonly cause: Cause }
  | { readonly type: 'looked'; readonly fingerprint: string }
  | { readonly type: 'round-ended' }
  | { readonly type: 'paused' }
  | { readonly type: 'resumed' }
  | { readonly type: 'cluster-lost' }
  | { readonly type: 'cluster-back' }
  | { readonly type: 'stopped' };

export type LoopAction =
  | { readonly type: 'look' }
  | { readonly type: 'begin'; readonly fingerprint: string; readonly cause: Cause }
  /** Ends the round that runs; its end is an event. */
  | { readonly type: 'stop-round' }
  /** A look found nothing new. */
  | { readonly type: 'nothing' }
  /** Nothing runs any more: clean up. */
  | { readonly type: 'leave' };

export const firstPlan: LoopPlan = {
  phase: 'running',
  looking: false,
  again: false,
  round: undefined,
  attempted: undefined,
  forced: undefined,
  next: undefined,
};

type Step = readonly [LoopPlan, readonly LoopAction[]];

export function reduceLoop(plan: LoopPlan, event: LoopEvent): Step {
  if (plan.phase === 'ended') return [plan, []];
  switch (event.type) {
    case 'touched':
      return look(plan);
    case 'forced':
      return look({ ...plan, forced: event.cause });
    case 'looked':
      return looked(plan, event.fingerprint);
    case 'round-ended':
      return roundEnded(plan);
    case 'paused':
      return plan.phase === 'running' || plan.phase === 'waiting' ? halt({ ...plan, phase: 'paused' }) : [plan, []];
    case 'resumed':
      return plan.phase === 'paused' ? look({ ...plan, phase: 'running', again: true }) : [plan, []];
    case 'cluster-lost':
      return plan.phase === 'running' ? halt({ ...plan, phase: 'waiting' }) : [plan, []];
    case 'cluster-back':
      return plan.phase === 'waiting' ? look({ ...plan, phase: 'running', forced: 'cluster' }) : [plan, []];
    case 'stopped':
      if (plan.phase === 'stopping') return [plan, []];
      return halt({ ...plan, phase: 'stopping', again: false, forced: undefined });
  }
}

/** One look at a time; while it halts what is touched waits. */
function look(plan: LoopPlan): Step {
  if (plan.phase !== 'running' || plan.looking) return [{ ...plan, again: true }, []];
  return [{ ...plan, looking: true, again: false }, [{ type: 'look' }]];
}

function looked(plan: LoopPlan, fingerprint: string): Step {
  const seen = { ...plan, looking: false };
  if (plan.phase === 'stopping') return leave(seen);
  if (plan.phase !== 'running') return [{ ...seen, again: true }, []];
  const [decided, actions] = decide(seen, fingerprint);
  // What came while it looked is looked at beside the round.
  const [after, more] = plan.again ? look(decided) : ([decided, []] as const);
  return [after, [...actions, ...more]];
}

function decide(plan: LoopPlan, fingerprint: string): Step {
  const { round, forced } = plan;
  if (round && !round.stopped) {
    if (round.fingerprint === fingerprint && forced === undefined) return [plan, []];
    const next = { fingerprint, cause: forced ?? ('files' as const) };
    return [{ ...plan, round: { ...round, stopped: true }, next, forced: undefined }, [{ type: 'stop-round' }]];
  }
  if (round) {
    const cause = forced ?? plan.next?.cause ?? 'files';
    return [{ ...plan, next: { fingerprint, cause }, forced: undefined }, []];
  }
  if (plan.attempted === fingerprint && forced === undefined) return [plan, [{ type: 'nothing' }]];
  return begin({ ...plan, forced: undefined }, fingerprint, forced ?? 'files');
}

function begin(plan: LoopPlan, fingerprint: string, cause: Cause): Step {
  const round = { fingerprint, stopped: false };
  return [{ ...plan, round, next: undefined }, [{ type: 'begin', fingerprint, cause }]];
}

function roundEnded(plan: LoopPlan): Step {
  const { round, next } = plan;
  const ended = { ...plan, round: undefined, attempted: round?.stopped ? plan.attempted : round?.fingerprint };
  if (plan.phase === 'stopping') return leave(ended);
  if (plan.phase !== 'running') return [{ ...ended, again: true }, []];
  return next ? begin(ended, next.fingerprint, next.cause) : [ended, []];
}

/** What was begun is not done: the next look must not take it for done. */
function halt(plan: LoopPlan): Step {
  if (plan.round) {
    const forced = plan.phase === 'stopping' ? undefined : (plan.forced ?? 'resume');
    const stopped = { ...plan, round: { ...plan.round, stopped: true }, next: undefined, forced };
    return [stopped, plan.round.stopped ? [] : [{ type: 'stop-round' }]];
  }
  return plan.phase === 'stopping' ? leave(plan) : [plan, []];
}

function leave(plan: LoopPlan): Step {
  if (plan.looking || plan.round) return [plan, []];
  return [{ ...plan, phase: 'ended' }, [{ type: 'leave' }]];
}
