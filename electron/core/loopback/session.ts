// Who may talk to a server of ours on 127.0.0.1: a token that only the printed address carries, exchanged for a cookie.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { parse, serialize } from 'hono/utils/cookie';

/** 32 random bytes as text that needs no escaping in an address. */
export function createToken(): string {
  return randomBytes(32).toString('base64url');
}

/** Compares without telling by its duration how much was right; hashing makes the lengths equal. */
export function sameSecret(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}

/** Milliseconds for which an invitation can be taken. */
const invitationLife = 60_000;

export interface Sessions {
  /** A token for one session, soon: for addresses that pass through other programs, whose arguments everyone can read. */
  invite(now?: number): string;
  /** The Set-Cookie header for whoever knows the token or an invitation; undefined for everyone else. */
  open(token: string, now?: number): string | undefined;
  /** Whether a Cookie header carries the session. */
  covers(cookieHeader: string | undefined): boolean;
  /** Whether an Authorization header carries the token itself: for programs, which have no cookies. */
  authorizes(authorizationHeader: string | undefined): boolean;
}

/**
 * @param token what the address carries
 * @param port part of the cookie's name: cookies are not kept apart by port, and two hosts may run
 * @param secret what cookies carry; that of an earlier server lets its pages in
 */
export function createSessions(token: string, port: number, secret: string = createToken()): Sessions {
  const name = `boathouse-${port}`;
  const invitations = new Map<string, number>();

  function accept(given: string, now: number): boolean {
    for (const [invitation, until] of invitations) if (until <= now) invitations.delete(invitation);
    const invitation = [...invitations.keys()].find((candidate) => sameSecret(given, candidate));
    return sameSecret(given, token) || (invitation !== undefined && invitations.delete(invitation));
  }

  return {
    invite(now = Date.now()) {
      const invitation = createToken();
      invitations.set(invitation, now + invitationLife);
      return invitation;
    },
    open(given, now = Date.now()) {
      if (!accept(given, now)) return undefined;
      return serialize(name, secret, { httpOnly: true, sameSite: 'Strict', path: '/' });
    },
    covers(cookieHeader) {
      const value = cookieHeader === undefined ? undefined : parse(cookieHeader, name)[name];
      return value !== undefined && sameSecret(value, secret);
    },
    authorizes(authorizationHeader) {
      const [scheme, value] = authorizationHeader?.split(' ') ?? [];
      return scheme === 'Bearer' && value !== undefined && sameSecret(value, token);
    },
  };
}
