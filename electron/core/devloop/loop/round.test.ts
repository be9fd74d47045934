// What becomes of a loop's nodes when some come or go.
import { expect, it } from 'vitest';
import { nodesChange } from './round';

it.each([
  [['a', 'b'], ['b', 'a'], { nodes: ['b', 'a'], grown: false, same: true }],
  [['a'], ['a', 'b'], { nodes: ['a', 'b'], grown: true, same: false }],
  [['a', 'b'], ['a'], { nodes: ['a'], grown: false, same: false }],
  [['a'], ['b'], { nodes: ['b'], grown: true, same: false }],
  [['a'], [], { nodes: ['a'], grown: false, same: false }],
])('%j, now %j', (before, now, change) => expect(nodesChange(before, now)).toEqual(change));
