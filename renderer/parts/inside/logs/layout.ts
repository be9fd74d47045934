// Where lines stand when long ones are broken: of how many rows each is, and which line is at a row. All rows are as high. Pure.

export interface Layout {
  /** Of all lines. */
  rows: number;
  /** The first row of a line. */
  top(line: number): number;
  /** Of a line. */
  height(line: number): number;
  /** The line that a row belongs to. */
  lineAt(row: number): number;
}

/** Every line is one row. */
export function flatLayout(count: number): Layout {
  return { rows: count, top: (line) => line, height: () => 1, lineAt: (row) => row };
}

/** @param width of a line, in columns; @param columns that fit */
export function wrappedLayout(count: number, width: (line: number) => number, columns: number): Layout {
  const tops = new Int32Array(count + 1);
  for (let line = 0; line < count; line += 1) {
    tops[line + 1] = (tops[line] ?? 0) + Math.max(1, Math.ceil(width(line) / Math.max(1, columns)));
  }
  const top = (line: number) => tops[line] ?? 0;
  return {
    rows: top(count),
    top,
    height: (line) => top(line + 1) - top(line),
    lineAt(row) {
      let [low, high] = [0, count - 1];
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (top(middle) <= row) low = middle;
        else high = middle - 1;
      }
      return Math.max(0, low);
    },
  };
}

const narrow = /^[\u0020-\u007e\u00a0-\u02ff]*$/;
const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/;

/** Columns of a text in a font of one width; of letters that such fonts borrow from others rather too many than too few. */
export function columnsOf(text: string): number {
  if (narrow.test(text)) return text.length;
  let columns = 0;
  for (const letter of text)
    columns += letter === '\t' ? 8 : wide.test(letter) || (letter.codePointAt(0) ?? 0) > 0xffff ? 2 : 1;
  return Math.ceil(columns * 1.1);
}
