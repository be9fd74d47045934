// The range of a cluster's Services, which its nodes remember, and the address of DNS in it.
import { addressIn, rangesIn } from '../../../shared/model/template/ranges';
import { getFile } from '../engine/archive';
import type { Engine } from '../engine/engine';

const kubeadmDefault = '10.96.0.0/16';

/** From the kubeadm configuration of a node, running or not. kind 0.33: `/kind/kubeadm.conf`. */
export async function serviceSubnetOf(engine: Engine, node: string, signal?: AbortSignal): Promise<string> {
  const config = (await getFile(engine, node, '/kind/kubeadm.conf', signal))?.toString('utf8') ?? '';
  return fieldOf(config, 'serviceSubnet') ?? kubeadmDefault;
}

/** One scalar of a kubeadm configuration. */
export function fieldOf(config: string, field: string): string | undefined {
  return new RegExp(`^ *${field}: *"?([^"\\s]+)"?`, 'm').exec(config)?.[1];
}

/** kubeadm gives DNS the tenth address of the range, of the first one in a dual-stack cluster. */
export function dnsAddress(subnet: string): string {
  const [range] = rangesIn(subnet);
  return range ? addressIn(range, 10) : '';
}
