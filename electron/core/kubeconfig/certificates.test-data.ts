// Certificates for tests: an authority, and what it issues to servers and clients.
import { createAuthority, issue, type KeyPair } from '../clusters/providers/kubeadm/certificate';

const end = new Date('2039-01-01');

export const authority = createAuthority('test', new Date('2019-01-01'), end);

/** A client's certificate that ends at a day such as `2020-01-01`, as PEM and as kubeconfigs have it. */
export function certificateUntil(day: string): KeyPair & { base64: string } {
  const subject = { commonName: 'ana', organization: 'devs' };
  const pair = issue(authority, { subject, usages: ['client'], notAfter: new Date(day) });
  return { ...pair, base64: Buffer.from(pair.certificate).toString('base64') };
}

/** A server's, for 127.0.0.1. */
export function serverCertificate(): KeyPair {
  return issue(authority, {
    subject: { commonName: 'api' },
    usages: ['server'],
    alternativeNames: ['127.0.0.1'],
    notAfter: end,
  });
}
