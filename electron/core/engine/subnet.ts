// IPv4 arithmetic, and the choice of a subnet that nobody else uses.
import { AppError } from '../../../shared/model/errors';

/** A range of IPv4 addresses, both ends included. */
export interface AddressRange {
  first: number;
  last: number;
}

/**
 * Where subnets of clusters come from, in this order. The upper end of what docker itself hands out comes first (docker hands out
 * from 172.17 upwards, and looks at what exists), then a corner of 10/8 away from the usual pod (10.244, 10.42), service (10.96, 10.43)
 * and VPN ranges.
 */
const pools = ['172.30.0.0/16', '172.29.0.0/16', '172.28.0.0/16', '10.213.0.0/16'].map(readRange);

/** The lowest address that nodes get is .2, the highest .127; containers that ask for none get one from .128 up. */
const firstNode = 2;
export const nodesPerSubnet = 125;

/**
 * The lowest free /24: none that touches a route of the host, a docker network, or `excluded` (for example one that just failed).
 * @throws AppError `subnet-taken` when every pool is used up
 */
export function chooseSubnet(taken: {
  routes: readonly string[];
  networks: readonly string[];
  excluded?: readonly string[];
}): string {
  const used = [...taken.routes, ...taken.networks, ...(taken.excluded ?? [])].map(readRange);
  for (const pool of pools) {
    for (let first = pool.first; first <= pool.last; first += 256) {
      const candidate = { first, last: first + 255 };
      if (!used.some((range) => overlaps(range, candidate))) return `${writeAddress(first)}/24`;
    }
  }
  throw new AppError('subnet-taken', 'No free subnet is left for a new cluster', {
    detail: `Routes and networks in use: ${[...taken.routes, ...taken.networks].join(', ')}`,
    hints: [
      { text: 'Remove networks that are not needed: docker network prune' },
      { text: 'Disconnect a VPN that routes everything.' },
    ],
  });
}

/**
 * The static address of a node in a cluster's /24, by its index from 0.
 * @throws AppError `bad-input` when the subnet has no room for that many nodes
 */
export function nodeAddress(subnet: string, index: number): string {
  if (!Number.isInteger(index) || index < 0 || index >= nodesPerSubnet) {
    throw new AppError('bad-input', `A cluster has at most ${nodesPerSubnet} nodes`, {
      params: { limit: nodesPerSubnet },
    });
  }
  return writeAddress(readRange(subnet).first + firstNode + index);
}

/** The last static address of a cluster's /24: its entrance's. */
export function entranceAddress(subnet: string): string {
  return writeAddress(readRange(subnet).first + firstNode + nodesPerSubnet);
}

export function gatewayAddress(subnet: string): string {
  return writeAddress(readRange(subnet).first + 1);
}

/** The upper half of a /24, for containers without an address of their own. */
export function dynamicRange(subnet: string): string {
  return `${writeAddress(readRange(subnet).first + 128)}/25`;
}

/** `10.0.0.0/8`, or one address; text that is not IPv4 gives an error. */
export function readRange(text: string): AddressRange {
  const [address = '', bits] = text.split('/');
  const length = bits === undefined ? 32 : Number(bits);
  if (!/^\d+(\.\d+){3}$/.test(address) || !(length >= 0 && length <= 32))
    throw new Error(`"${text}" is not an IPv4 subnet`);
  const size = 2 ** (32 - length);
  const value = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const first = Math.floor(value / size) * size;
  return { first, last: first + size - 1 };
}

export function writeAddress(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}

export function overlaps(left: AddressRange, right: AddressRange): boolean {
  return left.first <= right.last && right.first <= left.last;
}
