// When a dev loop breaks, and when it heals: what somebody wants to hear who is not looking. Pure.
import type { Loop } from './loop';

export interface LoopTurn {
  readonly loop: Loop;
  readonly turn: 'broke' | 'healed';
}

/** Ids of loops, and whether each was broken when it last came to rest. */
export type LoopMoods = ReadonlyMap<string, boolean>;

/** A loop is judged at rest: what it still works on may mend itself. Of one that is seen for the first time nothing is told. */
export function turnsOf(before: LoopMoods, loops: readonly Loop[]): { moods: LoopMoods; turns: LoopTurn[] } {
  const moods = new Map<string, boolean>();
  const turns: LoopTurn[] = [];
  for (const loop of loops) {
    const known = before.get(loop.id);
    if (loop.state !== 'watching') {
      if (known !== undefined) moods.set(loop.id, known);
      // The first round may break, too.
      else if (loop.state === 'starting') moods.set(loop.id, false);
      continue;
    }
    const broken = loop.problems.length > 0;
    moods.set(loop.id, broken);
    if (known !== undefined && known !== broken) turns.push({ loop, turn: broken ? 'broke' : 'healed' });
  }
  return { moods, turns };
}
