// Ranges of addresses of both families, to compare them.

export interface AddressRange {
  family: 'ipv4' | 'ipv6';
  /** Length of the prefix in bits. */
  prefix: number;
  first: bigint;
  last: bigint;
}

/** The ranges in `10.0.0.0/8`, or in two with a comma between them; what is none is left out. */
export function rangesIn(text: string): AddressRange[] {
  return text.split(',').flatMap((part) => rangeOf(part.trim()) ?? []);
}

/** The one range in a text; undefined for what is none. */
function rangeOf(text: string): AddressRange | undefined {
  const [address = '', bits = ''] = text.split('/');
  const family = address.includes(':') ? 'ipv6' : 'ipv4';
  const value = family === 'ipv4' ? valueOf4(address) : valueOf6(address);
  const width = family === 'ipv4' ? 32 : 128;
  const prefix = Number(bits);
  if (value === undefined || !/^\d+$/.test(bits) || prefix > width) return undefined;
  const size = 1n << BigInt(width - prefix);
  const first = (value / size) * size;
  return { family, prefix, first, last: first + size - 1n };
}

export function overlap(one: AddressRange, other: AddressRange): boolean {
  return one.family === other.family && one.first <= other.last && other.first <= one.last;
}

/** The address that is so many after the range's first, in its shortest form. */
export function addressIn({ family, first }: AddressRange, offset: number): string {
  const value = first + BigInt(offset);
  const parts = (count: number, bits: bigint) =>
    Array.from({ length: count }, (_, index) => (value >> (bits * BigInt(count - 1 - index))) & ((1n << bits) - 1n));
  if (family === 'ipv4') return parts(4, 8n).join('.');
  const groups = parts(8, 16n).map((group) => group.toString(16));
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
}

function valueOf4(address: string): bigint | undefined {
  const parts = address.split('.').map(Number);
  const whole = parts.length === 4 && parts.every((part) => Number.isInteger(part) && part >= 0 && part < 256);
  return whole ? parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n) : undefined;
}

function valueOf6(address: string): bigint | undefined {
  // An IPv4 address may stand in place of the last two groups.
  const last = /[\d.]+$/.exec(address)?.[0] ?? '';
  const low = last.includes('.') ? valueOf4(last) : undefined;
  const text = low === undefined ? address : address.slice(0, -last.length) + groupsOf(low);
  const [before = '', after, ...more] = text.split('::');
  const groups = (half: string | undefined) => (half ? half.split(':') : []);
  const missing = 8 - groups(before).length - groups(after).length;
  if (more.length > 0 || (after === undefined ? missing !== 0 : missing < 1)) return undefined;
  const all = [...groups(before), ...Array<string>(missing).fill('0'), ...groups(after)];
  if (!all.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  return all.reduce((sum, group) => sum * 65_536n + BigInt(`0x${group}`), 0n);
}

function groupsOf(value: bigint): string {
  return `${(value >> 16n).toString(16)}:${(value & 0xffffn).toString(16)}`;
}
