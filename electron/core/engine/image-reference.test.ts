// Image references, by the rules of the distribution project.
import { expect, test } from 'vitest';
import { lookupName, parseImageReference } from './image-reference';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

test.each([
  ['busybox', 'docker.io', 'busybox', undefined, undefined, 'busybox:latest'],
  ['kindest/node:v1.34.0', 'docker.io', 'kindest/node', 'v1.34.0', undefined, 'kindest/node:v1.34.0'],
  [`kindest/node:v1.34.0@${digest}`, 'docker.io', 'kindest/node', 'v1.34.0', digest, `kindest/node@${digest}`],
  [
    'index.docker.io/library/a:1',
    'docker.io',
    'index.docker.io/library/a',
    '1',
    undefined,
    'index.docker.io/library/a:1',
  ],
  ['localhost/a', 'localhost', 'localhost/a', undefined, undefined, 'localhost/a:latest'],
  ['127.0.0.1:5000/a:1', '127.0.0.1:5000', '127.0.0.1:5000/a', '1', undefined, '127.0.0.1:5000/a:1'],
  ['[::1]:5000/a', '[::1]:5000', '[::1]:5000/a', undefined, undefined, '[::1]:5000/a:latest'],
  [
    'ghcr.io/team/app__x/y-z:A_b.c',
    'ghcr.io',
    'ghcr.io/team/app__x/y-z',
    'A_b.c',
    undefined,
    'ghcr.io/team/app__x/y-z:A_b.c',
  ],
])('%s', (text, registry, name, tag, wantedDigest, lookup) => {
  const reference = parseImageReference(text);
  expect(reference).toEqual({ registry, name, tag, digest: wantedDigest });
  expect(lookupName(reference)).toBe(lookup);
});

test.each([
  '',
  ' ',
  'A',
  'a:',
  'a:b:c',
  'a@b',
  'a@sha256:12',
  'a/',
  '/a',
  'a//b',
  'a b',
  '../a',
  'a:-x',
  `a:${'x'.repeat(129)}`,
  'a?b=c',
])('"%s" is none', (text) => {
  expect(() => parseImageReference(text)).toThrow(expect.objectContaining({ code: 'bad-input' }));
});
