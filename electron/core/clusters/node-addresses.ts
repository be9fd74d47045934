// The address of a node that the parts of its cluster know it by, and whether one is IPv6.
import { rangesIn } from '../../../shared/model/template/ranges';
import { ipv6Beside } from '../engine/ipv6';
import type { ClusterNetwork } from '../engine/networks';

/** Whether Services without further words get IPv6 addresses: kubeadm takes the family of the first range. */
export function servesIpv6(serviceSubnet: string): boolean {
  return rangesIn(serviceSubnet)[0]?.family === 'ipv6';
}

/**
 * Where kubelet, API server and etcd of a node are reached. kind 0.33: the address of the first Service range's family.
 * @param address the node's IPv4 address in the network
 */
export function addressInCluster(
  address: string,
  { subnet, ipv6Subnet }: Pick<ClusterNetwork, 'subnet' | 'ipv6Subnet'>,
  serviceSubnet: string,
): string {
  return ipv6Subnet && servesIpv6(serviceSubnet) ? ipv6Beside(subnet, address, ipv6Subnet) : address;
}

/** An address as it stands before a port: `10.0.0.2`, `[fc00::2]`. */
export function bracketed(address: string): string {
  return address.includes(':') ? `[${address}]` : address;
}
