// What programs say with colours for terminals (ECMA-48, "SGR"), as pieces of text; other control sequences are left out. Pure.

export interface Piece {
  text: string;
  /** One of the eight colours of terminals, by its number. */
  colour?: number;
  bold?: boolean;
  /** It is what was looked for. */
  found?: boolean;
}

const esc = '\u001b';
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const sequence = /\u001b(?:\[([0-9;:?]*)[ -/]*([@-~])|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-_])/g;

/** Without any of them. */
export function plainText(text: string): string {
  return text.includes(esc) ? text.replace(sequence, '') : text;
}

export function piecesOf(text: string, pattern?: RegExp): Piece[] {
  const styled = text.includes(esc) ? styledPieces(text) : [{ text }];
  return pattern ? marked(styled, pattern) : styled;
}

function styledPieces(text: string): Piece[] {
  const pieces: Piece[] = [];
  let style: Omit<Piece, 'text'> = {};
  let from = 0;
  const add = (to: number) => {
    if (to > from) pieces.push({ text: text.slice(from, to), ...style });
  };
  for (const match of text.matchAll(sequence)) {
    add(match.index);
    from = match.index + match[0].length;
    if (match[2] === 'm') style = styleAfter(style, (match[1] ?? '').split(/[;:]/).map(Number));
  }
  add(text.length);
  return pieces;
}

function styleAfter(style: Omit<Piece, 'text'>, codes: readonly number[]): Omit<Piece, 'text'> {
  let next = style;
  for (let at = 0; at < codes.length; at += 1) {
    const code = codes[at] ?? 0;
    const { colour: _, ...uncoloured } = next;
    if (code === 0) next = {};
    else if (code === 1) next = { ...next, bold: true };
    else if (code === 22) next = { ...next, bold: false };
    else if (code === 39) next = uncoloured;
    else if (code >= 30 && code <= 37) next = { ...next, colour: code - 30 };
    else if (code >= 90 && code <= 97) next = { ...next, colour: code - 90 };
    // Of the many colours only the first sixteen have a name here: the others stay as they were.
    else if (code === 38 || code === 48) {
      const named = codes[at + 1] === 5 ? codes[at + 2] : undefined;
      if (code === 38 && named !== undefined && named < 16) next = { ...next, colour: named % 8 };
      at += codes[at + 1] === 5 ? 2 : 4;
    }
  }
  return next;
}

/** What is found may go across pieces. */
function marked(pieces: readonly Piece[], pattern: RegExp): Piece[] {
  const whole = pieces.map(({ text }) => text).join('');
  const ranges = [...whole.matchAll(pattern)]
    .filter(([found]) => found !== '')
    .map((match) => ({ from: match.index, to: match.index + match[0].length }));
  if (ranges.length === 0) return [...pieces];
  const result: Piece[] = [];
  let start = 0;
  for (const piece of pieces) {
    const end = start + piece.text.length;
    let at = start;
    for (const { from, to } of ranges) {
      if (to <= at || from >= end) continue;
      if (from > at) result.push({ ...piece, text: whole.slice(at, from) });
      const begin = Math.max(at, from);
      result.push({ ...piece, text: whole.slice(begin, Math.min(to, end)), found: true });
      at = Math.min(to, end);
    }
    if (at < end) result.push({ ...piece, text: whole.slice(at, end) });
    start = end;
  }
  return result;
}
