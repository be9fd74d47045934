// Which Host and Origin values pass, and that the policy allows no inline script.
import { expect, it } from 'vitest';
import { isOwnHost, isOwnOrigin, securityHeaders } from './rules';

it.each([
  ['127.0.0.1:7420', true],
  ['localhost:7420', true],
  ['LOCALHOST:7420', true],
  ['127.0.0.1:7421', false],
  ['127.0.0.1', false],
  ['evil.example:7420', false],
  ['127.0.0.1.evil.example:7420', false],
  ['[::1]:7420', false],
  ['', false],
  [undefined, false],
])('Host %s: %s', (host, own) => {
  expect(isOwnHost(host, 7420)).toBe(own);
});

it('knows its name without a port where browsers leave it out', () => {
  expect(isOwnHost('127.0.0.1', 80)).toBe(true);
  expect(isOwnHost('127.0.0.1:80', 80)).toBe(false);
});

it.each([
  ['http://127.0.0.1:7420', '127.0.0.1:7420', true],
  ['http://localhost:7420', 'localhost:7420', true],
  ['http://localhost:7420', '127.0.0.1:7420', false],
  ['https://127.0.0.1:7420', '127.0.0.1:7420', false],
  ['http://127.0.0.1:9999', '127.0.0.1:7420', false],
  ['http://evil.example', 'evil.example', false],
  ['null', '127.0.0.1:7420', false],
  [undefined, '127.0.0.1:7420', false],
])('Origin %s at Host %s: %s', (origin, host, own) => {
  expect(isOwnOrigin(origin, host, 7420)).toBe(own);
});

it('allows scripts from itself only and framing by no one', () => {
  const policy = securityHeaders(7420)['Content-Security-Policy'] ?? '';
  const directives = new Map(policy.split('; ').map((part) => [part.split(' ')[0], part.split(' ').slice(1)]));
  expect(directives.get('default-src')).toEqual(["'self'"]);
  expect(directives.has('script-src')).toBe(false);
  expect(directives.get('connect-src')).toEqual(["'self'", 'ws://127.0.0.1:7420', 'ws://localhost:7420']);
  expect(directives.get('frame-ancestors')).toEqual(["'none'"]);
});
