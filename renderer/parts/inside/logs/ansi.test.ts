// Colours of terminals as pieces, and what is looked for across them.
import { expect, it } from 'vitest';
import { piecesOf, plainText } from './ansi';

const esc = '\u001b';

it('reads colours and leaves other sequences out', () => {
  const text = `${esc}[2K${esc}[1;31mbad${esc}[0m ${esc}]0;title\u0007${esc}[38;5;2mgood${esc}[39m ${esc}[38;2;1;2;3mrest`;
  expect(plainText(text)).toBe('bad good rest');
  expect(piecesOf(text)).toEqual([
    { text: 'bad', bold: true, colour: 1 },
    { text: ' ' },
    { text: 'good', colour: 2 },
    { text: ' ' },
    { text: 'rest' },
  ]);
});

it('marks what is looked for, across colours too', () => {
  expect(piecesOf(`a${esc}[32mbc${esc}[0md`, /bcd/gi)).toEqual([
    { text: 'a' },
    { text: 'bc', colour: 2, found: true },
    { text: 'd', found: true },
  ]);
  expect(piecesOf('aXa', /a/gi).map(({ text, found }) => [text, found ?? false])).toEqual([
    ['a', true],
    ['X', false],
    ['a', true],
  ]);
});
