// Which pool a node belongs to.
import { expect, test } from 'vitest';
import { type NodePool, nodePoolSchema } from '../../../../shared/model/template/pools';
import { poolOf } from './pool-of';

const pool = (more: Partial<NodePool>) => nodePoolSchema.parse({ role: 'worker', ...more });
const [lead, few, rest, web] = [
  pool({ role: 'control-plane' }),
  pool({ count: 2, labels: { is: 'few' } }),
  pool({ labels: { is: 'rest' } }),
  pool({ name: 'web' }),
];
const pools = [lead, few, rest, web];
const nodes = [
  { name: 'shop-control-plane', role: 'control-plane' },
  ...[10, 2, 3, 4].map((ordinal) => ({ name: `shop-worker${ordinal}`, role: 'worker' })),
  { name: 'shop-worker', role: 'worker' },
  { name: 'shop-worker5', role: 'worker', pool: 'web' },
  { name: 'shop-worker6', role: 'worker', pool: 'by-hand' },
];
const of = (name: string) => {
  const node = nodes.find((one) => one.name === `shop-${name}`);
  if (!node) throw new Error(name);
  return poolOf(pools, nodes, node);
};

test('a pool with a name is known by it', () => {
  expect(of('worker5')).toBe(web);
  expect(of('worker6')).toBeUndefined();
});

test('the only one of its role without a name has all that have no pool', () => {
  expect(of('control-plane')).toBe(lead);
  const alone = [lead, few];
  expect(nodes.slice(1, 6).map((node) => poolOf(alone, nodes, node))).toEqual([few, few, few, few, few]);
});

test('of several without a name the first have the nodes that were made first, and the last has the rest', () => {
  expect(['worker', 'worker2', 'worker3', 'worker4', 'worker10'].map(of)).toEqual([few, few, rest, rest, rest]);
});
