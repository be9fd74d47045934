// IPv6 in clusters' networks: the subnet of a network, and the addresses in it.
import { createHash } from 'node:crypto';
import { addressIn, rangesIn } from '../../../shared/model/template/ranges';

/**
 * The unique local /64 for a network of this name; `attempt` (from 0) gives another one when it is taken.
 * kind 0.33 (pkg/cluster/internal/providers/docker/network.go): the first bytes of a SHA-1 of the name and the attempt.
 */
export function ipv6Subnet(network: string, attempt: number): string {
  const number = Buffer.alloc(4);
  number.writeInt32LE(attempt);
  const digest = createHash('sha1').update(network).update(number).digest();
  const address = Buffer.concat([Buffer.from([0xfc, 0]), digest.subarray(2, 8), Buffer.alloc(8)]);
  const groups = Array.from({ length: 8 }, (_, index) => address.readUInt16BE(index * 2).toString(16));
  return `${new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1)}/64`;
}

/** The IPv6 address that has the same place in its subnet as an IPv4 address has in its own. */
export function ipv6Beside(subnet: string, address: string, ipv6Subnet: string): string {
  const [own] = rangesIn(subnet);
  const [place] = rangesIn(`${address}/32`);
  const [range] = rangesIn(ipv6Subnet);
  if (!own || !place || !range) throw new Error(`${address} in ${subnet} has no counterpart in ${ipv6Subnet}`);
  return addressIn(range, Number(place.first - own.first));
}

/**
 * The part of a /64 that containers without an address of their own get theirs from, above those of nodes. Docker 20.10 refuses one in
 * the upper half ("invalid bit range").
 */
export function dynamicIpv6Range(subnet: string): string {
  return subnet.replace(/::\/64$/, '::1:0/112');
}
