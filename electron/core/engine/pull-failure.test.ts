// Words of real registries and engines about pulls.
import { expect, test } from 'vitest';
import { InlineError } from './json-lines';
import { pullFailure } from './pull-failure';

test.each([
  [
    'manifest for kindest/node:v0 not found: manifest unknown: manifest unknown',
    'image-missing',
    /no image/,
    'docker login',
  ],
  [
    "pull access denied for kindest/nope, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
    'image-missing',
    /private/,
    'docker login',
  ],
  [
    'failed to resolve reference "docker.io/library/x:1": docker.io/library/x:1: not found',
    'image-missing',
    /no image/,
    'spelling',
  ],
  [
    'no matching manifest for linux/arm64/v8 in the manifest list entries',
    'image-missing',
    /architecture/,
    'architecture',
  ],
  [
    'toomanyrequests: You have reached your unauthenticated pull rate limit.',
    'image-pull-failed',
    /limits/,
    'docker login',
  ],
  [
    'Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io on 10.0.0.2:53: no such host',
    'image-pull-failed',
    /cannot be reached/,
    'proxy',
  ],
  [
    'Get "https://registry-1.docker.io/v2/": net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)',
    'image-pull-failed',
    /cannot be reached/,
    'VPN',
  ],
  [
    'Get "https://r/v2/": proxyconnect tcp: dial tcp 10.0.0.1:3128: connect: connection refused',
    'image-pull-failed',
    /cannot be reached/,
    'proxy',
  ],
  ['Get "https://r/v2/": net/http: TLS handshake timeout', 'image-pull-failed', /cannot be reached/, 'network'],
  [
    'Get "https://r/v2/": x509: certificate signed by unknown authority',
    'image-pull-failed',
    /not trusted/,
    'authority',
  ],
  [
    'Get "https://r:5000/v2/": http: server gave HTTP response to HTTPS client',
    'image-pull-failed',
    /plain HTTP/,
    'insecure-registries',
  ],
  [
    'Get "https://r/v2/x/manifests/1": unauthorized: authentication required',
    'image-pull-failed',
    /refuses/,
    'docker login',
  ],
  [
    'failed to resolve reference "127.0.0.1:35049/x:1": unexpected status from HEAD request: 401 Unauthorized',
    'image-pull-failed',
    /refuses/,
    'docker login',
  ],
  ['something nobody has seen', 'image-pull-failed', /could not be pulled/, 'network'],
])('%s', (words, code, message, hint) => {
  const failure = pullFailure(new InlineError(words), 'team/app:1');
  expect(failure).toMatchObject({ code, message: expect.stringMatching(message), detail: words });
  expect(failure.message).toContain('team/app:1');
  expect(failure.hints.map(({ text }) => text).join(' ')).toContain(hint);
});

test('a full disk is not the fault of the registry', () => {
  const words = 'failed to register layer: write /usr/lib/x: no space left on device';
  expect(pullFailure(new InlineError(words), 'a:1').code).toBe('out-of-disk');
});

test('an engine that went away is not the fault of the registry', () => {
  expect(pullFailure(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }), 'a:1').code).toBe(
    'engine-unreachable',
  );
});
