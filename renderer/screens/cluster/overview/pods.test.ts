// Pods by node and in the order of the map.
import { expect, it } from 'vitest';
import type { Pod } from '../../../../shared/model/pod';
import { countPods, placedPods } from './pods';

const pod = (name: string, state: Pod['state'], node?: string): Pod => {
  return { namespace: 'default', name, state, ...(node && { node }) };
};

it('are by their nodes, what is wrong first', () => {
  const pods = [
    pod('b', 'running', 'one'),
    pod('done', 'done', 'one'),
    pod('a', 'running', 'one'),
    pod('sick', 'broken', 'one'),
    pod('new', 'starting', 'two'),
    pod('lost', 'broken'),
  ];
  const { byNode, unplaced } = placedPods(pods);
  const names = (some: readonly Pod[] = []) => some.map(({ name }) => name);
  expect(names(byNode.get('one'))).toEqual(['sick', 'a', 'b', 'done']);
  expect(names(byNode.get('two'))).toEqual(['new']);
  expect(names(unplaced)).toEqual(['lost']);
});

it('are counted by state', () => {
  const pods = [pod('a', 'running'), pod('b', 'running'), pod('c', 'broken')];
  expect(countPods(pods)).toEqual([
    ['broken', 1],
    ['running', 2],
  ]);
});
