// Amounts of bytes for people.

const units = ['B', 'kB', 'MB', 'GB', 'TB'];

/** `0 B`, `1.5 kB`, `182 MB`: powers of 1000, as docker writes them. */
export function bytes(count: number): string {
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, count)) / 3));
  const value = count / 1000 ** power;
  return `${value < 10 && power > 0 ? value.toFixed(1) : Math.round(value)} ${units[power]}`;
}
