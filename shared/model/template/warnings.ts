// What is allowed in a template but worth a word before a cluster is made from it.
import { type Blanks, fillBlanks, type Sentence } from '../sentence';
import { nodeCount } from './pools';
import { rangesIn } from './ranges';
import type { TemplateSpec } from './spec';
import { bytesOf } from './values';

/** English, by code; the other languages have theirs in the renderer's texts. */
export const doubtWords = {
  'even-control-planes':
    '{{count}} control planes survive the loss of {{lost}}, no more than {{fewer}} do: etcd needs more than half of its members. {{more}} would survive the loss of {{survived}}.',
  'version-unused': 'Kubernetes {{version}} is not used, because the template names the image {{image}}.',
  'little-memory-control-plane': 'A control plane needs about {{needed}} of memory for itself; {{amount}} is less.',
  'little-memory-worker': 'A worker needs about {{needed}} of memory for itself; {{amount}} is less.',
  'open-port': 'Other computers can reach the port {{port}}, because it listens on {{address}}.',
  'open-api-server': 'Other computers can reach the API server, because it listens on {{address}}.',
  'unusual-node-port':
    'NodePort {{port}} is not between 30000 and 32767, which Kubernetes keeps to unless its API server is told otherwise.',
  'small-pod-subnet':
    'The range {{podSubnet}} has addresses for {{room}} nodes, a /{{share}} each; the cluster has {{count}}.',
};

/** A sentence about a place in the spec. */
export interface Doubt extends Sentence {
  path: (string | number)[];
}

function doubt(path: Doubt['path'], code: keyof typeof doubtWords, params: Blanks): Doubt {
  return { path, code, params, text: fillBlanks(doubtWords[code], params) };
}

/** Doubts about a valid spec; empty when there are none. */
export function doubtsAbout(spec: TemplateSpec): Doubt[] {
  return [
    ...controlPlaneDoubts(spec),
    ...imageDoubts(spec),
    ...memoryDoubts(spec),
    ...portDoubts(spec),
    ...rangeDoubts(spec),
  ];
}

/** etcd goes on as long as more than half of its members are there. */
function controlPlaneDoubts({ nodes }: TemplateSpec): Doubt[] {
  const count = nodeCount(nodes, 'control-plane');
  if (count % 2 === 1 || count === 0) return [];
  const params = { count, lost: count / 2 - 1, fewer: count - 1, more: count + 1, survived: count / 2 };
  return [doubt(['nodes'], 'even-control-planes', params)];
}

function imageDoubts({ kubernetes: { image, version } }: TemplateSpec): Doubt[] {
  if (image === undefined || version === undefined) return [];
  return [doubt(['kubernetes', 'version'], 'version-unused', { version, image })];
}

/** What a node takes before anything of the user's runs on it. */
const leastMemory = { 'control-plane': '900Mi', worker: '250Mi' };

function memoryDoubts({ nodes }: TemplateSpec): Doubt[] {
  return nodes.flatMap(({ role, resources: { memory: amount } }, index) => {
    const needed = leastMemory[role];
    if (amount === undefined || bytesOf(amount) >= bytesOf(needed)) return [];
    return [doubt(['nodes', index, 'resources', 'memory'], `little-memory-${role}`, { needed, amount })];
  });
}

function portDoubts({ networking, ports }: TemplateSpec): Doubt[] {
  const isOpen = (address: string) => !/^(127\.|::1$)/.test(address);
  const { address: apiAddress } = networking.apiServer;
  const api = isOpen(apiAddress)
    ? [doubt(['networking', 'apiServer', 'address'], 'open-api-server', { address: apiAddress })]
    : [];
  const others = ports.flatMap(({ hostAddress: address, hostPort, to }, index) => [
    ...(isOpen(address)
      ? [doubt(['ports', index, 'hostAddress'], 'open-port', { port: hostPort || `ports[${index}]`, address })]
      : []),
    ...('nodePort' in to && (to.nodePort < 30_000 || to.nodePort > 32_767)
      ? [doubt(['ports', index, 'to', 'nodePort'], 'unusual-node-port', { port: to.nodePort })]
      : []),
  ]);
  return [...api, ...others];
}

/** The controller manager gives every node a /24, or a /64 of IPv6, unless it is told otherwise. */
function rangeDoubts({ networking: { podSubnet }, nodes }: TemplateSpec): Doubt[] {
  const count = nodeCount(nodes);
  return rangesIn(podSubnet).flatMap(({ family, prefix }) => {
    const share = family === 'ipv4' ? 24 : 64;
    const room = prefix > share ? 0 : 2 ** (share - prefix);
    if (room >= count) return [];
    return [doubt(['networking', 'podSubnet'], 'small-pod-subnet', { podSubnet, room, share, count })];
  });
}
