// Token, cookie and bearer: who gets in and who does not.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createSessions, createToken, sameSecret } from './session';

it('makes tokens of 32 bytes that need no escaping and do not repeat', () => {
  const tokens = Array.from({ length: 50 }, createToken);
  expect(new Set(tokens).size).toBe(50);
  for (const token of tokens) expect(Buffer.from(token, 'base64url')).toHaveLength(32);
});

it('compares like ===, whatever the lengths', () => {
  fc.assert(fc.property(fc.string(), fc.string(), (a, b) => sameSecret(a, b) === (a === b)));
  fc.assert(fc.property(fc.string(), (a) => sameSecret(a, `${a}`)));
});

it('gives a cookie for the token, which then opens and is not the token', () => {
  const sessions = createSessions('secret', 7420);
  expect(sessions.open('wrong')).toBeUndefined();
  const cookie = sessions.open('secret') ?? '';
  expect(cookie).toMatch(/^boathouse-7420=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
  const pair = cookie.split(';')[0] ?? '';
  expect(sessions.covers(`other=1; ${pair}`)).toBe(true);
  expect(sessions.covers('boathouse-7420=secret')).toBe(false);
  expect(sessions.covers(undefined)).toBe(false);
  expect(createSessions('secret', 7420).covers(pair)).toBe(false);
});

it('takes the token itself from programs', () => {
  const sessions = createSessions('secret', 7420);
  expect(sessions.authorizes('Bearer secret')).toBe(true);
  expect(sessions.authorizes('Bearer wrong')).toBe(false);
  expect(sessions.authorizes('Basic secret')).toBe(false);
  expect(sessions.authorizes('Bearer')).toBe(false);
  expect(sessions.authorizes(undefined)).toBe(false);
});

it('takes an invitation once, and not after a minute', () => {
  const sessions = createSessions('secret', 7420);
  const first = sessions.invite(0);
  const second = sessions.invite(0);
  expect(sessions.open(first, 59_999)).toBeDefined();
  expect(sessions.open(first, 59_999)).toBeUndefined();
  expect(sessions.open(second, 60_000)).toBeUndefined();
  expect(sessions.open('secret', 60_000)).toBeDefined();
});
