// Works that take turns: never more at the same time than there are places, in order, whatever becomes of each.
import { expect, it } from 'vitest';
import { createTurns } from './turns';

it('runs so many at a time, in order, also after one that fails or was aborted', async () => {
  const turn = createTurns(2);
  const begun: number[] = [];
  const ends: ((failure?: Error) => void)[] = [];
  const stopped = new AbortController();
  const works = [0, 1, 2, 3, 4].map((number) =>
    turn(number === 2 ? stopped.signal : new AbortController().signal, () => {
      begun.push(number);
      return new Promise<void>((resolve, reject) => ends.push((failure) => (failure ? reject(failure) : resolve())));
    }),
  );
  const settled = Promise.allSettled(works);
  await Promise.resolve();
  expect(begun).toEqual([0, 1]);
  stopped.abort();
  ends[0]?.(new Error('it broke'));
  await expect.poll(() => begun).toEqual([0, 1, 3]);
  ends[1]?.();
  await expect.poll(() => begun).toEqual([0, 1, 3, 4]);
  for (const end of ends) end();
  expect((await settled).map(({ status }) => status)).toEqual([
    'rejected',
    'fulfilled',
    'rejected',
    'fulfilled',
    'fulfilled',
  ]);
});
