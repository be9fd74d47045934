// ASN.1 in DER, as much of it as an X.509 certificate needs.

const bytes = (...parts: readonly Uint8Array[]) => Buffer.concat(parts);

function length(size: number): Buffer {
  if (size < 0x80) return Buffer.from([size]);
  const digits = Buffer.from(size.toString(16).padStart(size > 0xffff ? 6 : size > 0xff ? 4 : 2, '0'), 'hex');
  return bytes(Buffer.from([0x80 | digits.length]), digits);
}

/** One element: a tag octet, the length (below 16 MiB), the contents. */
function element(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = bytes(...contents);
  return bytes(Buffer.from([tag]), length(content.length), content);
}

export const sequence = (...items: readonly Uint8Array[]) => element(0x30, ...items);
export const set = (...items: readonly Uint8Array[]) => element(0x31, ...items);
export const octetString = (content: Uint8Array) => element(0x04, content);
export const boolean = (value: boolean) => element(0x01, Buffer.from([value ? 0xff : 0]));

/** Context-specific: `constructed` for explicit tags and for implicit ones over structures. */
export function tagged(number: number, constructed: boolean, ...contents: readonly Uint8Array[]): Buffer {
  return element((constructed ? 0xa0 : 0x80) | number, ...contents);
}

/** A non-negative integer from its big-endian octets, in the shortest form that DER asks for. */
export function integer(octets: Uint8Array): Buffer {
  const first = octets.findIndex((octet) => octet !== 0);
  const digits = first < 0 ? Buffer.from([0]) : Buffer.from(octets.subarray(first));
  const signed = (digits[0] ?? 0) >= 0x80;
  return element(0x02, signed ? bytes(Buffer.from([0]), digits) : digits);
}

/** `unused`: how many of the last octet's low bits are no part of the string. */
export function bitString(content: Uint8Array, unused = 0): Buffer {
  return element(0x03, Buffer.from([unused]), content);
}

function base128(value: number): number[] {
  const digits = [value & 0x7f];
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) digits.unshift(0x80 | (rest & 0x7f));
  return digits;
}

/** From dotted notation, e.g. `2.5.29.17`. */
export function objectIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return element(0x06, Buffer.from([first * 40 + second, ...rest].flatMap(base128)));
}

/** PrintableString where the text allows it, else UTF8String, as Go's encoder chooses. */
export function text(value: string): Buffer {
  const printable = /^[A-Za-z0-9 '()+,./:=?-]*$/.test(value);
  return element(printable ? 0x13 : 0x0c, Buffer.from(value, 'utf8'));
}

/** RFC 5280: UTCTime through 2049, GeneralizedTime after; whole seconds. */
export function time(date: Date): Buffer {
  const digits = `${date.toISOString().slice(0, 19).replace(/[-:T]/g, '')}Z`;
  return date.getUTCFullYear() < 2050
    ? element(0x17, Buffer.from(digits.slice(2), 'latin1'))
    : element(0x18, Buffer.from(digits, 'latin1'));
}
