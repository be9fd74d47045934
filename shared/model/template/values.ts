// Kinds of values that several parts of a template share: names, ports, addresses, amounts of memory.
import { z } from 'zod';

/** Kubernetes names: a DNS label (RFC 1123), at most 63 characters. */
export const dnsLabel = z
  .string()
  .max(63)
  .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, 'use lower-case letters, digits and dashes');

/** A port that something listens on. */
export const portNumber = z.int().min(1).max(65_535);

/** A port of this computer: 0 asks for a free one. */
export const hostPortNumber = z.int().min(0).max(65_535);

export const ipAddress = z.union([z.ipv4(), z.ipv6()], 'use an IP address such as 127.0.0.1 or ::1');

/** A path in a node. */
export const absolutePath = z.string().regex(/^\/[^:]*$/, 'use an absolute path without a colon, such as /data');

const binary = { Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40 };
const decimal = { k: 1e3, M: 1e6, G: 1e9, T: 1e12 };
const factors: Record<string, number> = { '': 1, ...binary, ...decimal };
const quantity = /^(\d+(?:\.\d+)?)(Ki|Mi|Gi|Ti|k|M|G|T)?$/;

/** An amount of memory in Kubernetes' notation: `512Mi`, `2Gi`, `1.5G`, or bytes. */
export const memoryQuantity = z.string().regex(quantity, 'use an amount such as 512Mi or 2Gi');

/** Bytes of an amount that passed `memoryQuantity`; NaN for anything else. */
export function bytesOf(amount: string): number {
  const [, number, unit = ''] = quantity.exec(amount) ?? [];
  return Math.round(Number(number) * (factors[unit] ?? Number.NaN));
}

/** Bytes as an amount that `bytesOf` reads back, in the largest unit that says it exactly: `2Gi`, `1536Mi`. */
export function quantityOf(bytes: number): string {
  const [unit, factor] = Object.entries(binary).findLast(([, size]) => bytes > 0 && bytes % size === 0) ?? ['', 1];
  return `${bytes / factor}${unit}`;
}

/** What JSON and YAML can say. */
export type Scalar = string | number | boolean;
