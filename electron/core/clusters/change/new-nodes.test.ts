// Which names and addresses nodes get that come later.
import { expect, test } from 'vitest';
import { addressGiver, newNodes } from './new-nodes';

const wish = { kind: 'add-nodes', role: 'worker', labels: {}, taints: [], resources: {} } as const;
const add = (count: number, ...existing: string[]) =>
  newNodes('shop', existing, { ...wish, taints: [], count, pool: 'web' }).map(({ name }) => name);

test('names go on where they end, and fill gaps that removed ones left', () => {
  expect(add(2, 'shop-control-plane')).toEqual(['shop-worker', 'shop-worker2']);
  expect(add(2, 'shop-control-plane', 'shop-worker', 'shop-worker3')).toEqual(['shop-worker2', 'shop-worker4']);
});

test('they carry what was asked for', () => {
  const carried = { role: 'control-plane', labels: { tier: 'b' }, pool: 'web', resources: { cpus: 2 } } as const;
  const nodes = newNodes('shop', ['shop-control-plane'], { ...wish, ...carried, taints: [], count: 1 });
  expect(nodes).toEqual([{ ...carried, name: 'shop-control-plane2', taints: [] }]);
});

test('more than the network has room for', () => {
  const many = Array.from({ length: 124 }, (_, index) => `shop-worker${index + 2}`);
  expect(() => add(2, ...many)).toThrow(expect.objectContaining({ code: 'bad-input' }));
});

test('addresses are the lowest that no node has, each given once', () => {
  const existing = ['172.30.7.2', '172.30.7.4', undefined].map((address) => (address ? { address } : {}));
  const take = addressGiver('172.30.7.0/24', existing);
  expect([take(), take(), take()]).toEqual(['172.30.7.3', '172.30.7.5', '172.30.7.6']);
});
