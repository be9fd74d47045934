// Pod ranges: the ones that the controller manager would give, and an error where there are no more.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { podRangesOf } from './pod-range';

test.each([
  ['10.244.0.0/16', 0, '10.244.0.0/24'],
  ['10.244.0.0/16', 5, '10.244.5.0/24'],
  ['10.244.0.0/16', 255, '10.244.255.0/24'],
  ['172.30.0.0/14', 256, '172.29.0.0/24'],
  ['10.0.0.0/8', 65_535, '10.255.255.0/24'],
  ['192.168.4.0/22', 3, '192.168.7.0/24'],
  ['192.168.4.0/24', 0, '192.168.4.0/24'],
  ['fd00:10:244::/56', 0, 'fd00:10:244::/64'],
  ['fd00:10:244::/56', 255, 'fd00:10:244:ff::/64'],
])('%s, node %i: %s', (subnet, index, range) => {
  expect(podRangesOf(subnet, index)).toEqual([range]);
});

test('of a dual-stack cluster a node has one of each family', () => {
  expect(podRangesOf('fd00:10:244::/56,10.244.0.0/16', 3)).toEqual(['fd00:10:244:3::/64', '10.244.3.0/24']);
});

test.each([
  ['10.244.0.0/16', 256],
  ['192.168.4.0/22', 4],
  ['192.168.4.0/24', 1],
  ['192.168.4.0/25', 0],
])('%s has no range for the node at index %i', (subnet, index) => {
  expect(() => podRangesOf(subnet, index)).toThrow(`the pod subnet ${subnet} has no /24 for node ${index + 1}`);
});

test('ranges lie in the subnet and never overlap', () => {
  const number = (address: string) => address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
  fc.assert(
    fc.property(fc.integer({ min: 9, max: 24 }), fc.integer({ min: 0, max: 0xffffff }), (prefix, base) => {
      const start = base * 256 - ((base * 256) % 2 ** (32 - prefix));
      const subnet = `${[24, 16, 8, 0].map((shift) => (start >>> shift) & 255).join('.')}/${prefix}`;
      const count = Math.min(2 ** (24 - prefix), 50);
      const starts = Array.from({ length: count }, (_, index) =>
        number(String(podRangesOf(subnet, index)).slice(0, -3)),
      );
      expect(starts).toEqual(Array.from({ length: count }, (_, index) => start + index * 256));
    }),
  );
});
