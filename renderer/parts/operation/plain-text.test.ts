// Terminal colours vanish, words stay.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { plainText } from './plain-text';

it.each([
  ['\u001b[0;1;31mFailed to create symlink\u001b[0m', 'Failed to create symlink'],
  ['Welcome to \u001b[1mDebian GNU/Linux 12\u001b[0m!', 'Welcome to Debian GNU/Linux 12!'],
  ['\u001b]0;title\u0007done\r', 'done'],
  ['a\tb [1m', 'a\tb [1m'],
])('%j', (text, plain) => {
  expect(plainText(text)).toBe(plain);
});

it('leaves text without control characters alone', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
      expect(plainText(text)).toBe(text);
    }),
  );
});
