// Users and passwords in addresses.
import { expect, test } from 'vitest';
import { withoutPassword } from './addresses';

test.each([
  ['http://ana:secret@proxy:3128', 'http://[removed]@proxy:3128'],
  ['HTTPS_PROXY=https://ana:p%40ss@proxy/ NO_PROXY=x', 'HTTPS_PROXY=https://[removed]@proxy/ NO_PROXY=x'],
  ['http://ana:p@ss@proxy', 'http://[removed]@proxy'],
  ['http://token@proxy', 'http://[removed]@proxy'],
  ['see https://example.com/@scope and mail me@example.com', 'see https://example.com/@scope and mail me@example.com'],
  ['kindest/node:v1@sha256:abc', 'kindest/node:v1@sha256:abc'],
])('%s', (text, shown) => {
  expect(withoutPassword(text)).toBe(shown);
});
