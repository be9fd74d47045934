// Addresses of clusters' IPv6 networks.
import { expect, test } from 'vitest';
import { dynamicIpv6Range, ipv6Beside, ipv6Subnet } from './ipv6';

// kind 0.33: what its own network gets.
test.each([
  ['kind', 0, 'fc00:f853:ccd:e793::/64'],
  ['kind', 1, 'fc00:8866:27d0:bd7e::/64'],
  ['kind', 4, 'fc00:3131:6ea8:d73a::/64'],
  ['foo', 1, 'fc00:8edf:7f02:ec8f::/64'],
  ['kind2', 0, 'fc00:444c:147a:44ab::/64'],
])('%s, attempt %i: %s', (network, attempt, subnet) => {
  expect(ipv6Subnet(network, attempt)).toBe(subnet);
});

test('a node has the same place in both subnets', () => {
  expect(ipv6Beside('172.30.4.0/24', '172.30.4.2', 'fc00:f853:ccd:e793::/64')).toBe('fc00:f853:ccd:e793::2');
  expect(ipv6Beside('172.30.4.0/24', '172.30.4.127', 'fc00:f853:ccd:e793::/64')).toBe('fc00:f853:ccd:e793::7f');
});

test('containers without an address get theirs above those of nodes', () => {
  expect(dynamicIpv6Range('fc00:f853:ccd:e793::/64')).toBe('fc00:f853:ccd:e793::1:0/112');
});
