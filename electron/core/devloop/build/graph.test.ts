// Builds that require each other: order, width, and what a failure keeps from being begun.
import { expect, it } from 'vitest';
import { inOrder, runGraph } from './graph';

const knots = (text: string) =>
  text.split(' ').map((one) => {
    const [name = '', requires = ''] = one.split('<');
    return { name, requires: requires.split(',').filter(Boolean) };
  });

it('puts what is required first, and refuses circles', () => {
  expect(inOrder(knots('c<a,b a b<a'))).toEqual(['a', 'b', 'c']);
  expect(inOrder(knots('a<elsewhere'))).toEqual(['a']);
  expect(() => inOrder(knots('a<b b<c c<b'))).toThrow('b -> c -> b');
});

it('runs beside each other what may be, and no more at a time than asked for', async () => {
  const run = async (width: number) => {
    let now = 0;
    let most = 0;
    const begun: string[] = [];
    await runGraph(knots('a b c d<a,b,c'), width, async (name, done) => {
      begun.push(name);
      now += 1;
      most = Math.max(most, now);
      await new Promise(setImmediate);
      now -= 1;
      if (name === 'd') expect([...done.keys()].sort()).toEqual(['a', 'b', 'c']);
    });
    return { most, last: begun.at(-1) };
  };
  expect(await run(0)).toEqual({ most: 3, last: 'd' });
  expect(await run(2)).toEqual({ most: 2, last: 'd' });
});

it('goes on beside a failure, and not behind it', async () => {
  const { done, failed } = await runGraph(knots('a b<a c<b d'), 1, async (name) => {
    if (name === 'a') throw new Error('broken');
    return name;
  });
  expect([...done.keys()]).toEqual(['d']);
  expect([...failed.keys()]).toEqual(['a']);
});
