// A loop that breaks or heals is told once, when it rests; what was so already is not.
import { expect, it } from 'vitest';
import type { Loop } from './loop';
import { type LoopMoods, turnsOf } from './turns';

const loop = (state: Loop['state'], broken: boolean) =>
  ({ id: 'one', state, problems: broken ? [{ key: 'build web' }] : [] }) as unknown as Loop;

it.each<[string, Loop[], string[]]>([
  ['breaks at its first round', [loop('starting', false), loop('starting', true), loop('watching', true)], ['broke']],
  [
    'breaks and heals',
    [
      loop('watching', false),
      loop('working', true),
      loop('watching', true),
      loop('working', true),
      loop('watching', false),
    ],
    ['broke', 'healed'],
  ],
  ['stays broken', [loop('watching', true), loop('working', true), loop('watching', true)], []],
  ['is mended before it rests', [loop('watching', false), loop('working', true), loop('watching', false)], []],
])('%s', (_name, states, told) => {
  let moods: LoopMoods = new Map();
  const turns = states.flatMap((one) => {
    const next = turnsOf(moods, [one]);
    moods = next.moods;
    return next.turns.map(({ turn }) => turn);
  });
  expect(turns).toEqual(told);
});
