// DER and certificates at their edges, read back by OpenSSL through Node.
import { createPublicKey, X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createAuthority, issue } from './certificate';
import * as der from './der';

const start = new Date('2026-01-01T00:00:00Z');
const end = new Date('2036-01-01T00:00:00Z');
const authority = createAuthority('test-ca', start, end);

function leaf(changes: Partial<Parameters<typeof issue>[1]>): X509Certificate {
  const request = { subject: { commonName: 'leaf' }, usages: ['client' as const], notAfter: end, ...changes };
  return new X509Certificate(issue(authority, request).certificate);
}

describe('DER', () => {
  test.each([
    [0, '04 00'],
    [127, '04 7f'],
    [128, '04 81 80'],
    [256, '04 82 01 00'],
    [65_536, '04 83 01 00 00'],
  ])('a string of %i octets begins with %s', (size, start) => {
    const prefix = Buffer.from(start.replaceAll(' ', ''), 'hex');
    const encoded = der.octetString(Buffer.alloc(size));
    expect(encoded.subarray(0, prefix.length)).toEqual(prefix);
    expect(encoded.length).toBe(prefix.length + size);
  });

  test('integers are as short as can be and never negative', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n }), (value) => {
        const digits = value.toString(16);
        const [, size = 0, ...octets] = der.integer(Buffer.from(digits.padStart(18, '0'), 'hex'));
        expect(octets.length).toBe(size);
        expect(BigInt(`0x${Buffer.from(octets).toString('hex')}`)).toBe(value);
        expect((octets[0] ?? 0) < 0x80).toBe(true);
        if (octets.length > 1) expect(octets[0] !== 0 || (octets[1] ?? 0) >= 0x80).toBe(true);
      }),
    );
  });

  test('object identifiers', () => {
    expect(der.objectIdentifier('1.2.840.10045.4.3.2').toString('hex')).toBe('06082a8648ce3d040302');
    expect(der.objectIdentifier('2.5.29.17').toString('hex')).toBe('0603551d11');
  });

  test('years from 2050 on are written whole', () => {
    expect(der.time(new Date('2049-12-31T23:59:59Z')).subarray(2).toString()).toBe('491231235959Z');
    expect(der.time(new Date('2050-01-01T00:00:00Z')).subarray(2).toString()).toBe('20500101000000Z');
  });
});

describe('a certificate', () => {
  test('holds any name', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[ -~äß水]{1,60}$/), (commonName) => {
        const cert = leaf({ subject: { commonName, organization: 'group' } });
        expect(cert.toLegacyObject().subject).toMatchObject({ CN: commonName, O: 'group' });
      }),
      { numRuns: 50 },
    );
  });

  test('holds any address', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (address) => {
        expect(leaf({ usages: ['server'], alternativeNames: [address] }).checkIP(address)).toBe(address);
      }),
      { numRuns: 100 },
    );
  });

  test('lives past 2050', () => {
    expect(new Date(leaf({ notAfter: new Date('2070-02-03T04:05:06Z') }).validTo)).toEqual(
      new Date('2070-02-03T04:05:06Z'),
    );
  });

  test('is refused under another authority of the same name', () => {
    const other = createAuthority('test-ca', start, end);
    const cert = leaf({});
    expect(cert.verify(createPublicKey(authority.key))).toBe(true);
    expect(cert.verify(createPublicKey(other.key))).toBe(false);
    expect(cert.checkIssued(new X509Certificate(authority.certificate))).toBe(true);
    expect(cert.checkIssued(new X509Certificate(other.certificate))).toBe(false);
  });
});
