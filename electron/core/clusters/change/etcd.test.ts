// How members of etcd are called.
import { expect, test } from 'vitest';
import { peerUrl } from './etcd';

test('a member is known by its address, an IPv6 one in brackets', () => {
  expect(peerUrl('172.30.7.3')).toBe('https://172.30.7.3:2380');
  expect(peerUrl('fc00:1:2:3::3')).toBe('https://[fc00:1:2:3::3]:2380');
});
