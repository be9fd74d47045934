// Signing in to an upstream: what docker keeps for it, and whether the upstream takes it.
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { rootCertificates } from 'node:tls';
import { z } from 'zod';
import { AppError } from '../../../shared/model/errors';
import type { Engine } from '../engine/engine';

export interface Password {
  readonly username: string;
  readonly password: string;
}

const passwordSchema = z.object({ username: z.string().min(1), password: z.string().min(1) });

/** Milliseconds for one answer. */
const limit = 10_000;

/** What `docker login` keeps for a registry; undefined for none, and for an identity token, which only some registries take. */
export async function passwordFor(
  engine: Engine,
  registry: string,
  signal: AbortSignal,
): Promise<Password | undefined> {
  const header = await engine.credentials?.authFor(registry, signal);
  if (!header) return undefined;
  const parsed = passwordSchema.safeParse(JSON.parse(Buffer.from(header, 'base64url').toString('utf8')));
  return parsed.success ? parsed.data : undefined;
}

/**
 * Asks a registry whether it takes a password.
 * @param url of the registry, without a path
 * @param certificates PEM text of those that are trusted beyond the usual
 * @returns why it could not be asked; undefined when it takes it. A computer that is offline can still have a cache.
 * Throws `credentials-refused`.
 */
export async function tryPassword(
  url: string,
  { username, password }: Password,
  certificates: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const trusted = { signal, certificates };
  const basic = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  let status: number;
  try {
    const challenge = await challengeOf(url, trusted);
    if (!challenge) return undefined;
    const realm = challenge.scheme === 'basic' ? new URL('/v2/', url) : tokenAddress(challenge, url, username);
    if (!realm) return 'it says no address to sign in at that is as safe as its own';
    status = (await (await ask(realm, { authorization: basic }, trusted)).statusCode) ?? 0;
  } catch (error) {
    signal.throwIfAborted();
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return cause instanceof Error ? cause.message : String(cause);
  }
  if (status === 401 || status === 403) throw refused(url, username);
  return status < 400 ? undefined : `HTTP ${status}`;
}

interface Challenge {
  readonly scheme: 'basic' | 'bearer';
  readonly parameters: Readonly<Record<string, string>>;
}

/** How an upstream wants to be asked; undefined when it lets everybody in. (RFC 6750, distribution: token authentication) */
async function challengeOf(url: string, trusted: Trusted): Promise<Challenge | undefined> {
  const { headers, statusCode } = await ask(new URL('/v2/', url), {}, trusted);
  const header = headers['www-authenticate'] ?? '';
  return statusCode === 401 ? parseChallenge(header) : undefined;
}

/** The first scheme of a `WWW-Authenticate` header that is known here. */
export function parseChallenge(header: string): Challenge | undefined {
  const [, scheme, rest = ''] = /^\s*(basic|bearer)\s+(.*)$/is.exec(header) ?? [];
  if (!scheme) return undefined;
  const parameters = [...rest.matchAll(/([a-z]+)="([^"]*)"/gi)].map(([, key = '', value = '']) => [
    key.toLowerCase(),
    value,
  ]);
  return { scheme: scheme.toLowerCase() as Challenge['scheme'], parameters: Object.fromEntries(parameters) };
}

/** A password goes nowhere less safe than the upstream itself. */
function tokenAddress({ parameters }: Challenge, url: string, username: string): URL | undefined {
  const realm = URL.canParse(parameters.realm ?? '') ? new URL(parameters.realm ?? '') : undefined;
  if (!realm || (realm.protocol !== 'https:' && !(realm.protocol === 'http:' && url.startsWith('http:'))))
    return undefined;
  realm.searchParams.set('account', username);
  if (parameters.service) realm.searchParams.set('service', parameters.service);
  return realm;
}

interface Trusted {
  readonly signal: AbortSignal;
  /** PEM text. */
  readonly certificates: string;
}

/** One answer, without its body; nobody is followed elsewhere. */
function ask(
  url: URL,
  headers: Record<string, string>,
  { signal, certificates }: Trusted,
): Promise<Pick<IncomingMessage, 'headers' | 'statusCode'>> {
  const limited = AbortSignal.any([signal, AbortSignal.timeout(limit)]);
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const ca = certificates === '' ? undefined : [...rootCertificates, certificates];
  return new Promise((resolve, reject) => {
    const request = send(url, { headers, signal: limited, ...(ca && { ca }) }, (response) => {
      response.resume();
      resolve(response);
    });
    request.once('error', reject).end();
  });
}

function refused(url: string, username: string): AppError {
  const { host } = new URL(url);
  return new AppError('credentials-refused', `${host} does not let ${username} in`, {
    params: { registry: host, account: username },
    hints: [
      { text: `Sign in again with: docker login ${host === 'registry-1.docker.io' ? '' : host}`.trimEnd() },
      { text: 'Or make the cache without signing in: --anonymous' },
    ],
  });
}
