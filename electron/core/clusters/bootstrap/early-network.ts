// The pod network before its own program runs: what kindnet would write on a node, so that its first report is already Ready.

import { isIPv6 } from 'node:net';
import type { KubernetesObject, V1Node } from '@kubernetes/client-node';
import { waitForObjects } from '../../kube/wait';
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
  if (!comesWithKindnet(building)) return undefined;
  const { podSubnet } = clusterConfigurationOf(building);
  return networkOf(
    node.name,
    building.request.nodes.map((one, index) => ({
      name: one.name,
      ranges: podRangesOf(podSubnet, index),
      addresses: clusterAddressesOf(building, one).filter((address) => address !== undefined),
    })),
  );
}

/** Milliseconds for the controller manager to give a node its range: it does so at once, but not in its own first ten seconds. */
const rangeLimit = 1_000;

/** The same for a node that comes to a cluster, and is registered: its range is the controller manager's to give. Best effort. */
export async function earlyNetworkOfComing(
  building: Building,
  { name }: PlannedNode,
  signal: AbortSignal,
): Promise<EarlyNetwork | undefined> {
  if (!comesWithKindnet(building)) return undefined;
  let seen: V1Node[] = [];
  try {
    await waitForObjects<V1Node>(
      found(building.kube, 'the API'),
      '/api/v1/nodes',
      (nodes) => {
        seen = [...nodes.values()];
        return seen.some(({ metadata, spec }) => metadata?.name === name && spec?.podCIDR)
          ? []
          : [`${name}’s pod range`];
      },
      { signal, limit: rangeLimit },
    );
  } catch {
    signal.throwIfAborted();
  }
  return networkOf(
    name,
    seen.map(({ metadata, spec, status }) => ({
      name: metadata?.name ?? '',
      ranges: spec?.podCIDRs ?? [],
      addresses: (status?.addresses ?? []).flatMap(({ type, address }) => (type === 'InternalIP' ? [address] : [])),
    })),
  );
}

interface Place {
  name: string;
  /** CIDRs of its pods. */
  ranges: readonly string[];
  addresses: readonly string[];
}

function networkOf(name: string, nodes: readonly Place[]): EarlyNetwork | undefined {
  const [range, second] = nodes.find((node) => node.name === name)?.ranges ?? [];
  if (range === undefined || second !== undefined) return undefined;
  const routes = nodes.flatMap(({ name: other, ranges: [to], addresses }) => {
    const via = addresses.find((address) => isIPv6(address) === range.includes(':'));
    return other === name || to === undefined || via === undefined ? [] : [{ to, via }];
  });
  return {
    configuration: { path: '/etc/cni/net.d/10-kindnet.conflist', content: kindnetList(range) },
    routes,
  };
}

function comesWithKindnet({ request, image }: Building): boolean {
  if (request.template.spec.networking.cni === 'none') return false;
  return isKindnet(objectsOf(found(image, 'the image').podNetworkManifest));
}

function isKindnet(objects: readonly KubernetesObject[]): boolean {
  return objects.some(({ kind, metadata }) => kind === 'DaemonSet' && metadata?.name === 'kindnet');
}

function kindnetList(range: string): string {
  const everywhere = range.includes(':') ? '::/0' : '0.0.0.0/0';
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
