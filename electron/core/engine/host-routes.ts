// The IPv4 subnets that this machine routes somewhere: what a new network must not cover.
import { readFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';

export interface Route {
  /** The interface it leads to. */
  device: string;
  /** `a.b.c.d/n` */
  subnet: string;
}

/** Subnets of the routing table (Linux) and of every interface, as `a.b.c.d/n`; the default route is left out. */
export async function hostRoutes(): Promise<string[]> {
  return [...new Set((await readHostRoutes()).map(({ subnet }) => subnet))];
}

/** The same with the interface that each leads to. */
export async function readHostRoutes(): Promise<Route[]> {
  const table = await readFile('/proc/net/route', 'utf8').catch(() => '');
  const interfaces = Object.entries(networkInterfaces()).flatMap(([device, addresses]) =>
    (addresses ?? []).flatMap(({ family, cidr }) => (family === 'IPv4' && cidr ? [{ device, subnet: cidr }] : [])),
  );
  return [...parseRoutes(table), ...interfaces];
}

/**
 * The routes of `/proc/net/route`: hexadecimal words whose bytes are in the order of the machine's memory, little-endian wherever
 * this runs. Half-internet routes (/1), which VPNs use in place of a default route, are left out as the default route is.
 */
export function parseRoutes(table: string): Route[] {
  return table
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .flatMap(([device, destination, , , , , , mask]) => {
      if (!device || !destination || !mask) return [];
      const length = bitsOf(mask);
      return length <= 1 ? [] : [{ device, subnet: `${addressOf(destination)}/${length}` }];
    });
}

function addressOf(word: string): string {
  return [...Buffer.from(word, 'hex')].reverse().join('.');
}

function bitsOf(mask: string): number {
  return Number.parseInt(mask, 16).toString(2).replaceAll('0', '').length;
}
