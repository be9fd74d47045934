// Guesses at mistyped words.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nearest } from './nearest';

const known = ['single', 'three-node', 'quickstart', 'nodes'];

it.each([
  ['singel', 'single'],
  ['quick-start', 'quickstart'],
  ['Three-Nodes', 'three-node'],
  ['threenode', 'three-node'],
  ['node', 'nodes'],
  ['nodse', 'nodes'],
  ['', undefined],
  ['kubernetes', undefined],
])('%j means %j', (word, meant) => {
  expect(nearest(word, known)).toBe(meant);
});

it('finds a word with one slip in it', () => {
  fc.assert(
    fc.property(fc.constantFrom(...known), fc.nat(20), fc.constantFrom('leave', 'add', 'swap'), (word, at, slip) => {
      const i = at % (word.length - 1);
      const typed = {
        leave: word.slice(0, i) + word.slice(i + 1),
        add: `${word.slice(0, i)}x${word.slice(i)}`,
        swap: word.slice(0, i) + word[i + 1] + word[i] + word.slice(i + 2),
      }[slip];
      expect(nearest(typed ?? '', known)).toBe(word);
    }),
  );
});
