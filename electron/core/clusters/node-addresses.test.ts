// Which of a node's addresses its cluster goes by.
import { expect, test } from 'vitest';
import { addressInCluster, bracketed } from './node-addresses';

const network = { subnet: '172.30.7.0/24', ipv6Subnet: 'fc00:1:2:3::/64' };
const [ipv4, ipv6] = ['10.96.0.0/16', 'fd00:10:96::/112'];

test.each([
  [ipv4, '172.30.7.5'],
  [`${ipv4},${ipv6}`, '172.30.7.5'],
  [ipv6, 'fc00:1:2:3::5'],
  [`${ipv6},${ipv4}`, 'fc00:1:2:3::5'],
])('with Services in %s', (serviceSubnet, expected) => {
  expect(addressInCluster('172.30.7.5', network, serviceSubnet)).toBe(expected);
});

test('before a port', () => {
  expect(['172.30.7.5', 'fc00::5'].map(bracketed)).toEqual(['172.30.7.5', '[fc00::5]']);
});
