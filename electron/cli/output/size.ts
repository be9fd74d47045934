// Amounts of bytes as people read them.

/** `0 B`, `3.6 KB`, `168 MB`, `1.2 GB`: powers of 1000, as docker prints them. */
export function size(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 || value >= 99.95 ? Math.round(value) : Number(value.toPrecision(2))} ${units[unit]}`;
}

/** Bytes of a text such as `500MB`, `1.5 GB` or `20000`; undefined for what is no amount. */
export function parseSize(text: string): number | undefined {
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)\s*([kmgt]?b?)$/i.exec(text.trim()) ?? [];
  if (amount === undefined) return undefined;
  const power = ['', 'k', 'm', 'g', 't'].indexOf(unit.toLowerCase().replace('b', ''));
  return Math.round(Number(amount) * 1000 ** power);
}
