// Signing in to an upstream: what docker keeps for it, and whether the upstream takes it.
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
 * Asks the upstream whether it takes a password.
 * @param url of the upstream, without a path
 * @returns why it could not be asked; undefined when it takes it. A computer that is offline can still have a cache.
 * Throws `credentials-refused`.
 */
export async function tryPassword(
  url: string,
  { username, password }: Password,
  signal: AbortSignal,
): Promise<string | undefined> {
  const basic = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  let status: number;
  try {
    const challenge = await challengeOf(url, signal);
    if (!challenge) return undefined;
    const realm = challenge.scheme === 'basic' ? new URL('/v2/', url) : tokenAddress(challenge, url, username);
    if (!realm) return 'it says no address to sign in at that is as safe as its own';
    status = await statusOf(realm, { authorization: basic }, signal);
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
async function challengeOf(url: string, signal: AbortSignal): Promise<Challenge | undefined> {
  const response = await ask(new URL('/v2/', url), {}, signal);
  const header = response.headers.get('www-authenticate') ?? '';
  return response.status === 401 ? parseChallenge(header) : undefined;
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

async function statusOf(url: URL, headers: Record<string, string>, signal: AbortSignal): Promise<number> {
  return (await ask(url, headers, signal)).status;
}

async function ask(url: URL, headers: Record<string, string>, signal: AbortSignal): Promise<Response> {
  const limited = AbortSignal.any([signal, AbortSignal.timeout(limit)]);
  const response = await fetch(url, { headers, redirect: 'manual', signal: limited });
  await response.body?.cancel();
  return response;
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
