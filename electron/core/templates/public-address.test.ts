// Which addresses are of the public internet, and which only look as if they were.
import { describe, expect, it } from 'vitest';
import { isPublicAddress } from './public-address';

describe('public', () => {
  it.each([
    '1.1.1.1',
    '93.184.215.14',
    '172.15.0.1',
    '172.32.0.1',
    '192.169.0.1',
    '2606:4700::1111',
    '2a00:1450:4001::200e',
  ])('%s', (address) => expect(isPublicAddress(address)).toBe(true));
});

describe('not public', () => {
  it.each([
    ['this computer', '127.0.0.1'],
    ['this computer', '127.8.9.10'],
    ['this computer', '0.0.0.0'],
    ['this computer', '::1'],
    ['this computer', '::'],
    ['a private network', '10.0.0.1'],
    ['a private network', '172.16.0.1'],
    ['a private network', '172.31.255.255'],
    ['a private network', '192.168.1.1'],
    ['a private network', 'fd00::1'],
    ["a provider's network", '100.64.0.1'],
    ["a cloud's metadata", '169.254.169.254'],
    ["a cloud's metadata", 'fd00:ec2::254'],
    ['the link', 'fe80::1'],
    ['a group', '224.0.0.1'],
    ['a group', 'ff02::1'],
    ['everyone', '255.255.255.255'],
    ['documentation', '192.0.2.1'],
    ['documentation', '2001:db8::1'],
    ['an IPv4 address in an IPv6 one', '::ffff:127.0.0.1'],
    ['an IPv4 address in an IPv6 one', '::ffff:8.8.8.8'],
    ['an IPv4 address in an IPv6 one', '64:ff9b::7f00:1'],
    ['an IPv4 address in an IPv6 one', '2002:7f00:1::'],
    ['no address', 'localhost'],
    ['no address', ''],
  ])('%s: %s', (_what, address) => expect(isPublicAddress(address)).toBe(false));
});
