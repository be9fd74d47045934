// Columns of text, as wide as their widest cell.
import { brief } from './brief';

/**
 * @param whole cells; all rows as long as the first
 * @param right indexes of the columns that are aligned to the right
 * @returns one line per row, two blanks between columns, none at the end
 */
export function tableLines(whole: readonly (readonly string[])[], right: readonly number[] = []): string[] {
  const rows = whole.map((row) => row.map(brief));
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return right.includes(column) ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd(),
  );
}
