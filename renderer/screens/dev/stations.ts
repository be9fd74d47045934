// What a change went through, drawn as few stations: stages that belong together are one, with their time from first to last. Pure.
import type { Change, Stage, StageKind } from '../../../shared/model/devloop/loop';
import type { Remark } from '../../../shared/model/sentence';

/** The way of an image, in its order; a sync goes its own. */
export const imageStations = ['build', 'deliver', 'apply', 'ready'] as const;
export type StationName = 'read' | (typeof imageStations)[number] | 'sync';

const members: Record<StationName, readonly StageKind[]> = {
  read: ['read'],
  build: ['build'],
  deliver: ['deliver'],
  apply: ['render', 'apply', 'prune', 'hooks'],
  ready: ['ready'],
  sync: ['sync', 'restart'],
};

export interface Station {
  name: StationName;
  /** `idle`: the change did not come there, or not yet. */
  state: 'idle' | 'running' | 'done' | 'failed' | 'cancelled';
  /** Milliseconds since the epoch; absent where it has not begun. */
  startedAt?: number;
  /** Absent while it runs. */
  endedAt?: number;
  /** What the stage that runs does or waits for. */
  note?: Remark;
}

export function stationOf(change: Change | undefined, name: StationName): Station {
  const found = change?.stages.filter(({ kind, state }) => members[name].includes(kind) && state !== 'skipped') ?? [];
  const begun = found.flatMap(({ startedAt }) => startedAt ?? []);
  if (begun.length === 0) return { name, state: 'idle' };
  const running = found.find(({ state }) => state === 'running');
  const state = running ? 'running' : worst(found);
  const ends = found.flatMap(({ endedAt }) => endedAt ?? []);
  return {
    name,
    state,
    startedAt: Math.min(...begun),
    ...(!running && ends.length > 0 && { endedAt: Math.max(...ends) }),
    ...(running?.note && { note: running.note }),
  };
}

function worst(stages: readonly Stage[]): Station['state'] {
  if (stages.some(({ state }) => state === 'failed')) return 'failed';
  return stages.some(({ state }) => state === 'cancelled') ? 'cancelled' : 'done';
}

/** The stations of a change that failed or synced differ from those of a build: where it was at all, or may still come. */
export function goesBySync(change: Change | undefined): boolean {
  return change !== undefined && (change.way === 'sync' || change.stages.at(-1)?.kind === 'sync');
}

/** Where each stage lies within its change, as shares of the whole: at least a sliver wide, so that it can be seen. */
export function spansOf({ at, endedAt, stages }: Change, now: number): { stage: Stage; left: number; width: number }[] {
  const begun = stages.filter(({ startedAt }) => startedAt !== undefined);
  const from = Math.min(at, ...begun.map(({ startedAt }) => startedAt ?? at));
  const to = Math.max(endedAt ?? now, ...begun.map((stage) => stage.endedAt ?? now), from + 1);
  return begun.map((stage) => {
    const left = ((stage.startedAt ?? from) - from) / (to - from);
    const width = Math.max(0.006, ((stage.endedAt ?? now) - (stage.startedAt ?? from)) / (to - from));
    return { stage, left: Math.min(left, 0.994), width: Math.min(width, 1 - Math.min(left, 0.994)) };
  });
}
