// Makes X.509 certificates in the form kubeadm gives them, with ECDSA P-256 keys.
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
  X509Certificate,
} from 'node:crypto';
import { isIP, isIPv4 } from 'node:net';
import * as der from './der';

export interface Subject {
  readonly commonName: string;
  readonly organization?: string | undefined;
}

export interface Authority {
  readonly certificate: string;
  readonly key: KeyObject;
  readonly name: Uint8Array;
  readonly keyId: Uint8Array;
  readonly notBefore: Date;
}

export interface LeafRequest {
  readonly subject: Subject;
  readonly usages: readonly ('server' | 'client')[];
  /** DNS names and IP addresses; duplicates are dropped. */
  readonly alternativeNames?: readonly string[];
  readonly notAfter: Date;
}

/** PEM texts: the key as SEC 1 (`EC PRIVATE KEY`), as kubeadm writes it. */
export interface KeyPair {
  readonly certificate: string;
  readonly key: string;
}

const oid = {
  commonName: '2.5.4.3',
  organization: '2.5.4.10',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAlternativeName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  server: '1.3.6.1.5.5.7.3.1',
  client: '1.3.6.1.5.5.7.3.2',
} as const;

function pem(label: string, content: Uint8Array): string {
  const lines =
    Buffer.from(content)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

function name({ commonName, organization }: Subject): Buffer {
  const attribute = (type: string, value: string) => der.set(der.sequence(der.objectIdentifier(type), der.text(value)));
  return der.sequence(
    ...(organization === undefined ? [] : [attribute(oid.organization, organization)]),
    attribute(oid.commonName, commonName),
  );
}

function extension(type: string, critical: boolean, value: Uint8Array): Buffer {
  return der.sequence(der.objectIdentifier(type), ...(critical ? [der.boolean(true)] : []), der.octetString(value));
}

/** digitalSignature and keyEncipherment, as kubeadm sets them for every key type, and keyCertSign for authorities. */
function keyUsage(authority: boolean): Buffer {
  return extension(
    oid.keyUsage,
    true,
    authority ? der.bitString(Buffer.from([0xa4]), 2) : der.bitString(Buffer.from([0xa0]), 5),
  );
}

function basicConstraints(authority: boolean): Buffer {
  return extension(oid.basicConstraints, true, der.sequence(...(authority ? [der.boolean(true)] : [])));
}

/** The octets of an address in network order: 4 or 16. */
function addressOctets(address: string): Buffer {
  if (isIPv4(address)) return Buffer.from(address.split('.').map(Number));
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const groups = (part: string) => (part === '' ? [] : part.split(':')).map((group) => group.padStart(4, '0'));
  const left = groups(head);
  const right = tail === undefined ? [] : groups(tail);
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => '0000');
  return Buffer.from([...left, ...zeros, ...right].join(''), 'hex');
}

function alternativeNames(names: readonly string[]): Buffer {
  const general = [...new Set(names)].map((value) =>
    isIP(value) ? der.tagged(7, false, addressOctets(value)) : der.tagged(2, false, Buffer.from(value, 'latin1')),
  );
  return extension(oid.subjectAlternativeName, false, der.sequence(...general));
}

function serialNumber(): Buffer {
  const octets = randomBytes(8);
  // Positive and never zero, below 2^63 as kubeadm's.
  octets[0] = (octets[0] ?? 0) & 0x7f;
  octets[7] = (octets[7] ?? 0) | 1;
  return octets;
}

interface Body {
  readonly issuer: Uint8Array;
  readonly subject: Uint8Array;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly publicKey: KeyObject;
  readonly extensions: readonly Uint8Array[];
}

function signed(body: Body, key: KeyObject): string {
  const algorithm = der.sequence(der.objectIdentifier(oid.ecdsaWithSha256));
  const content = der.sequence(
    der.tagged(0, true, der.integer(Buffer.from([2]))),
    der.integer(serialNumber()),
    algorithm,
    body.issuer,
    der.sequence(der.time(body.notBefore), der.time(body.notAfter)),
    body.subject,
    body.publicKey.export({ type: 'spki', format: 'der' }),
    der.tagged(3, true, der.sequence(...body.extensions)),
  );
  return pem('CERTIFICATE', der.sequence(content, algorithm, der.bitString(sign('sha256', content, key))));
}

/** RFC 5280 4.2.1.2 (1): the SHA-1 of the public key. */
function keyIdOf(key: KeyObject): Uint8Array {
  return createHash('sha1')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest();
}

/** An authority that `createAuthority` made, from its PEM texts. */
export function readAuthority({ certificate, key }: KeyPair): Authority {
  const x509 = new X509Certificate(certificate);
  const privateKey = createPrivateKey(key);
  const commonName = /^CN=(.*)$/m.exec(x509.subject)?.[1] ?? '';
  return {
    certificate,
    key: privateKey,
    name: name({ commonName }),
    keyId: keyIdOf(createPublicKey(privateKey)),
    notBefore: new Date(x509.validFrom),
  };
}

function newKey() {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

/** A new self-signed certificate authority. */
export function createAuthority(commonName: string, notBefore: Date, notAfter: Date): Authority {
  const { privateKey, publicKey } = newKey();
  const subject = name({ commonName });
  const keyId = keyIdOf(publicKey);
  const extensions = [
    keyUsage(true),
    basicConstraints(true),
    extension(oid.subjectKeyIdentifier, false, der.octetString(keyId)),
    alternativeNames([commonName]),
  ];
  const certificate = signed({ issuer: subject, subject, notBefore, notAfter, publicKey, extensions }, privateKey);
  return { certificate, key: privateKey, name: subject, keyId, notBefore };
}

/** A new key with a certificate of the authority; valid from the authority's own beginning, as kubeadm's are. */
export function issue(authority: Authority, request: LeafRequest): KeyPair {
  const { privateKey, publicKey } = newKey();
  const names = request.alternativeNames ?? [];
  const certificate = signed(
    {
      issuer: authority.name,
      subject: name(request.subject),
      notBefore: authority.notBefore,
      notAfter: request.notAfter,
      publicKey,
      extensions: [
        keyUsage(false),
        extension(
          oid.extendedKeyUsage,
          false,
          der.sequence(...request.usages.map((usage) => der.objectIdentifier(oid[usage]))),
        ),
        basicConstraints(false),
        extension(oid.authorityKeyIdentifier, false, der.sequence(der.tagged(0, false, authority.keyId))),
        ...(names.length > 0 ? [alternativeNames(names)] : []),
      ],
    },
    authority.key,
  );
  return { certificate, key: privateKeyPem(privateKey) };
}

/** An elliptic-curve private key as SEC 1 PEM. */
export function privateKeyPem(key: KeyObject): string {
  return key.export({ type: 'sec1', format: 'pem' }).toString();
}
