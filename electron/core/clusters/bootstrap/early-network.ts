// The pod network before its own program runs: what kindnet would write on a node, so that its first report is already Ready.

import { isIPv6 } from 'node:net';
import type { KubernetesObject } from '@kubernetes/client-node';
import type { PlannedNode } from '../providers/kubeadm/nodes';
import { type Building, clusterAddressesOf, found } from './building';
import { clusterConfigurationOf } from './node-config';
import { objectsOf } from './objects';
import { podRangesOf } from './pod-range';

export interface EarlyNetwork {
  /** A CNI configuration list; its `mtu` is to become that of the node's own network. */
  configuration: { path: string; content: string };
  /** Where the pods of the other nodes are. */
  routes: { to: string; via: string }[];
}

/**
 * What kindnet writes for the node once it runs (kindnetd of kind 0.33: one list of `ptp` and `portmap` in `10-kindnet.conflist`, and a
 * route to each other node's pods), known beforehand since nodes get their addresses and pod ranges from us. kindnet finds it in
 * its place. `undefined` where another pod network comes, and for dual-stack clusters.
 *
 * A kubelet looks for a pod network every five seconds; a node that has one at the first look is Ready that much earlier.
 */
export function earlyNetwork(building: Building, node: PlannedNode): EarlyNetwork | undefined {
  const { nodes, template } = building.request;
  if (template.spec.networking.cni === 'none') return undefined;
  if (!isKindnet(objectsOf(found(building.image, 'the image').podNetworkManifest))) return undefined;
  const { podSubnet } = clusterConfigurationOf(building);
  const ranges = nodes.map((one, index) => ({ one, of: podRangesOf(podSubnet, index) }));
  const own = ranges.find(({ one }) => one === node)?.of ?? [];
  const [range] = own;
  if (range === undefined || own.length > 1) return undefined;
  return {
    configuration: { path: '/etc/cni/net.d/10-kindnet.conflist', content: kindnetList(range) },
    routes: ranges.flatMap(({ one, of: [to] }) =>
      one === node || to === undefined ? [] : [{ to, via: clusterAddressesOf(building, one)[0] }],
    ),
  };
}

function isKindnet(objects: readonly KubernetesObject[]): boolean {
  return objects.some(({ kind, metadata }) => kind === 'DaemonSet' && metadata?.name === 'kindnet');
}

function kindnetList(range: string): string {
  const everywhere = isIPv6(range.split('/')[0] ?? '') ? '::/0' : '0.0.0.0/0';
  const ipam = {
    type: 'host-local',
    dataDir: '/run/cni-ipam-state',
    routes: [{ dst: everywhere }],
    ranges: [[{ subnet: range }]],
  };
  const plugins = [
    { type: 'ptp', ipMasq: false, ipam, mtu: 0 },
    { type: 'portmap', capabilities: { portMappings: true } },
  ];
  return JSON.stringify({ cniVersion: '0.3.1', name: 'kindnet', plugins });
}

/**
 * Writes it inside a node, unless there is a configuration already: whole at once, under a name that nobody reads before. Best effort.
 */
export function writeEarlyNetwork({ configuration: { path, content }, routes }: EarlyNetwork): string[] {
  const lines = [
    `[ ! -e ${path} ] || exit 0`,
    'mtu=$(cat /sys/class/net/eth0/mtu)',
    `printf '%s' "$1" | sed "s/\\"mtu\\":0/\\"mtu\\":$mtu/" >${path}.temp && mv ${path}.temp ${path}`,
    ...routes.map(({ to, via }) => `ip route replace ${to} via ${via}`),
  ];
  return ['bash', '-c', lines.join('\n'), 'network', content];
}
