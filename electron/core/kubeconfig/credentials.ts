// How a context signs in and until when that is valid, from its user's fields and the files that they name.
import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { KubeContext } from '../../../shared/model/kubeconfig';
import { fieldsOf } from './parse';
import { type Found, pathFrom, textIn } from './resolve';

type Fields = Record<string, unknown>;

/** The file of an entry that cannot be read, and the field that names it. */
export interface MissingFile {
  field: string;
  path: string;
}

/** kubectl: a token counts before a password, both beside a certificate; a program is only asked where neither is there. */
export function signsInWith(user: Fields | undefined): Pick<KubeContext, 'signsIn' | 'program'> {
  if (!user) return { signsIn: 'nothing' };
  if ('client-certificate-data' in user || 'client-certificate' in user) return { signsIn: 'certificate' };
  if ('token' in user || 'tokenFile' in user) return { signsIn: 'token' };
  if ('username' in user) return { signsIn: 'password' };
  const program = textIn(fieldsOf(user.exec), 'command');
  if (program !== undefined) return { signsIn: 'program', program };
  return { signsIn: 'auth-provider' in user ? 'provider' : 'nothing' };
}

/** When the client certificate or the token (a JWT) ends; undefined where that cannot be told. Never throws. */
export async function expiryOf(user: Found | undefined): Promise<string | undefined> {
  if (!user) return undefined;
  const certificate = await clientCertificate(user);
  if (certificate) return isoOf(Date.parse(certificate.validTo));
  const token = textIn(user.fields, 'token');
  return token === undefined ? undefined : expiryOfToken(token);
}

/** The user's client certificate, embedded or in its file; undefined where there is none or it is no certificate. */
export async function clientCertificate(user: Found | undefined): Promise<X509Certificate | undefined> {
  if (!user) return undefined;
  try {
    const data = textIn(user.fields, 'client-certificate-data');
    if (data !== undefined) return new X509Certificate(Buffer.from(data, 'base64'));
    const path = textIn(user.fields, 'client-certificate');
    return path === undefined ? undefined : new X509Certificate(await readFile(pathFrom(user, path)));
  } catch {
    return undefined;
  }
}

/** Files that the entries name and that cannot be read. */
export async function missingFiles(entries: readonly (Found | undefined)[]): Promise<MissingFile[]> {
  const named = entries.flatMap((entry) => {
    if (!entry) return [];
    return ['certificate-authority', 'client-certificate', 'client-key', 'tokenFile'].flatMap((field) => {
      const path = textIn(entry.fields, field);
      // client-go: embedded data goes before a file.
      return path === undefined || `${field}-data` in entry.fields ? [] : [{ field, path: pathFrom(entry, path) }];
    });
  });
  const read = await Promise.all(
    named.map(({ path }) =>
      readFile(path).then(
        () => true,
        () => false,
      ),
    ),
  );
  return named.filter((_, index) => !read[index]);
}

/** RFC 7519: `exp` of the token's second part, in seconds. */
function expiryOfToken(token: string): string | undefined {
  const [, payload, signature] = token.split('.');
  if (payload === undefined || signature === undefined) return undefined;
  try {
    const { exp } = fieldsOf(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
    return typeof exp === 'number' ? isoOf(exp * 1000) : undefined;
  } catch {
    return undefined;
  }
}

function isoOf(milliseconds: number): string | undefined {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
