// Ranges of addresses: how they are read, and which of them overlap.
import { expect, it } from 'vitest';
import { overlap, rangesIn } from './ranges';

it.each([
  ['10.244.0.0/16', [['ipv4', 16, 0x0af40000n, 0x0af4ffffn]]],
  ['10.244.9.9/16', [['ipv4', 16, 0x0af40000n, 0x0af4ffffn]]],
  ['0.0.0.0/0', [['ipv4', 0, 0n, 0xffffffffn]]],
  ['fd00:10:244::/56', [['ipv6', 56, 0xfd000010024400000000000000000000n, 0xfd0000100244_00ff_ffffffffffffffffn]]],
  ['::ffff:10.0.0.1/128', [['ipv6', 128, 0xffff0a000001n, 0xffff0a000001n]]],
  ['1:2:3:4:5:6:7:8/128', [['ipv6', 128, 0x00010002000300040005000600070008n, 0x00010002000300040005000600070008n]]],
  ['::/0', [['ipv6', 0, 0n, (1n << 128n) - 1n]]],
  [
    '10.0.0.0/8,::1/128',
    [
      ['ipv4', 8, 0x0a000000n, 0x0affffffn],
      ['ipv6', 128, 1n, 1n],
    ],
  ],
])('%s', (text, expected) => {
  const found = rangesIn(text).map(({ family, prefix, first, last }) => [family, prefix, first, last]);
  expect(found).toEqual(expected);
});

it.each([
  '',
  '10.0.0.0',
  '10.0.0/8',
  '10.0.0.256/8',
  '10.0.0.0/33',
  '::1::/64',
  '1:2:3/64',
  'fd00::/129',
  'x::/8',
  '10.0.0.0/a',
])('%j is none', (text) => expect(rangesIn(text)).toEqual([]));

it('overlap only within a family', () => {
  const one = (text: string) => {
    const [range] = rangesIn(text);
    if (!range) throw new Error(`${text} is no range`);
    return range;
  };
  expect(overlap(one('10.0.0.0/8'), one('10.244.0.0/16'))).toBe(true);
  expect(overlap(one('10.244.0.0/16'), one('10.0.0.0/8'))).toBe(true);
  expect(overlap(one('10.244.0.0/16'), one('10.245.0.0/16'))).toBe(false);
  expect(overlap(one('::/0'), one('0.0.0.0/0'))).toBe(false);
  expect(overlap(one('fd00::/56'), one('fd00:0:0:ff::/64'))).toBe(true);
});
