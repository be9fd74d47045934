// Accounts and certificates as texts: what is written is read back, what others wrote stays, and no password is told.
import { describe, expect, it } from 'vitest';
import { createAuthority, issue } from '../clusters/providers/kubeadm/certificate';
import { accountsIn, withAccount } from './accounts';
import { certificateFiles, certificatesIn, givenCertificates } from './certificates';
import { pullSecret, secretName } from './pull-secrets';

const ana = { username: 'ana', password: 'a:b"c' };

describe('accounts', () => {
  it('come and go beside those of others, under the keys that docker uses', () => {
    const theirs = JSON.stringify({ auths: { 'https://quay.io/v2/': { auth: 'Ym9iOng=' } }, HttpHeaders: { a: 'b' } });
    const added = withAccount(withAccount(theirs, 'docker.io', ana) ?? '', 'ghcr.io', ana) ?? '';
    expect(Object.keys(JSON.parse(added).auths)).toEqual([
      'https://quay.io/v2/',
      'https://index.docker.io/v1/',
      'ghcr.io',
    ]);
    expect([...(accountsIn(added) ?? [])]).toEqual([
      ['quay.io', 'bob'],
      ['docker.io', 'ana'],
      ['ghcr.io', 'ana'],
    ]);
    expect(Buffer.from(JSON.parse(added).auths['ghcr.io'].auth, 'base64').toString()).toBe('ana:a:b"c');
    const gone = withAccount(withAccount(added, 'docker.io', undefined) ?? '', 'ghcr.io', undefined) ?? '';
    expect(JSON.parse(gone)).toEqual(JSON.parse(theirs));
  });

  it('are not written over what cannot be read', () => {
    expect([withAccount('auths:', 'ghcr.io', ana), accountsIn('[]')]).toEqual([undefined, undefined]);
    expect(accountsIn('')).toEqual(new Map());
  });

  it('become a Secret that the API takes, named after the registry', () => {
    expect(secretName('Registry.corp:5000')).toBe('boathouse-registry-corp-5000');
    const { metadata, type, data } = pullSecret('ghcr.io', 'web', ana);
    expect(metadata).toMatchObject({ namespace: 'web', annotations: { 'dev.boathouse.registry': 'ghcr.io' } });
    expect(type).toBe('kubernetes.io/dockerconfigjson');
    const content = Buffer.from(data?.['.dockerconfigjson'] ?? '', 'base64').toString();
    expect(accountsIn(content)).toEqual(new Map([['ghcr.io', 'ana']]));
    expect(JSON.stringify(metadata)).not.toContain('a:b');
  });
});

describe('certificates', () => {
  const authority = createAuthority('Corp Root CA', new Date('2026-01-01'), new Date('2036-01-01'));
  const { certificate, key } = issue(authority, {
    subject: { commonName: 'registry.corp' },
    usages: ['server'],
    notAfter: new Date('2027-01-01'),
  });

  it('are each found once in a text with others', () => {
    const found = certificatesIn(`# a bundle\n${authority.certificate}\n${certificate}${authority.certificate}`);
    expect(found.map(({ subject, expires }) => [subject, expires.slice(0, 10)])).toEqual([
      ['Corp Root CA', '2036-01-01'],
      ['registry.corp', '2027-01-01'],
    ]);
    const [first, second] = certificateFiles(found).map(({ path }) => path);
    expect(first).toMatch(/^\/etc\/ssl\/certs\/boathouse-[0-9a-f]{32}\.pem$/);
    expect(first).not.toBe(second);
  });

  it('are refused with a key beside them, when they have ended, and when there are none', () => {
    const refusal = (text: string, now: string) => {
      try {
        givenCertificates(text, new Date(now));
      } catch (error) {
        return (error as Error).message;
      }
      return undefined;
    };
    expect(refusal(certificate, '2026-06-01')).toBeUndefined();
    expect(refusal(certificate + key, '2026-06-01')).toBe('There is a private key in it');
    expect(refusal(certificate, '2028-01-01')).toMatch(/registry\.corp expired at 2027/);
    expect(refusal('hello', '2026-06-01')).toBe('There is no certificate in it');
    expect(refusal(certificate.replace(/\n[^-]{20}/, '\n'), '2026-06-01')).toBe('A certificate is damaged');
  });
});
