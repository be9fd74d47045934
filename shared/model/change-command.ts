// A change to a cluster as the command that does the same from a terminal.
import type { ClusterChange } from './change';
import { labelText, taintText } from './label-text';

type Of<Kind extends ClusterChange['kind']> = Extract<ClusterChange, { kind: Kind }>;
type Words = readonly (string | number | false | undefined)[];

const commands: { readonly [Kind in ClusterChange['kind']]: (cluster: string, change: Of<Kind>) => Words } = {
  'open-port': (cluster, { port }) => [
    'ports open',
    cluster,
    port.hostPort,
    ...portWords(port),
    ...targetWords(port.to),
  ],
  'close-port': (cluster, { port }) => ['ports close', cluster, port.hostPort, ...portWords(port)],
  'add-nodes': (cluster, { role, count, pool, labels, taints, resources }) => [
    'nodes add',
    cluster,
    role !== 'worker' && `--role ${role}`,
    count !== 1 && `--count ${count}`,
    pool && `--pool ${pool}`,
    ...Object.entries(labels).map(([key, value]) => `--label ${labelText(key, value)}`),
    ...taints.map((taint) => `--taint ${taintText(taint)}`),
    ...limitWords(resources),
  ],
  'remove-node': (cluster, { node, force }) => ['nodes remove', cluster, node, force && '--force'],
  'replace-node': (cluster, { node, force }) => ['nodes replace', cluster, node, force && '--force'],
  'limit-node': (cluster, { node, resources }) => ['nodes limit', cluster, node, ...limitWords(resources)],
  'label-node': (cluster, { node, labels }) => [
    'nodes label',
    cluster,
    node,
    ...Object.entries(labels).map(([key, value]) => (value === null ? `${key}-` : labelText(key, value))),
  ],
  'taint-node': (cluster, { node, taints }) => ['nodes taint', cluster, node, ...taints.map(taintText)],
  'set-mirrors': (cluster, { mirrors }) => mirrorWords(cluster, Object.entries(mirrors)),
};

/** E.g. `boathouse nodes add shop --count 2`. */
export function commandOf(cluster: string, change: ClusterChange): string {
  const words = commands[change.kind] as (cluster: string, change: ClusterChange) => Words;
  return ['boathouse', ...words(cluster, change).filter((word) => word !== false && word !== undefined)].join(' ');
}

function portWords({ hostAddress, protocol }: Pick<Of<'open-port'>['port'], 'hostAddress' | 'protocol'>): Words {
  return [
    hostAddress !== '127.0.0.1' && `--address ${hostAddress}`,
    protocol !== 'TCP' && `--protocol ${protocol.toLowerCase()}`,
  ];
}

function targetWords(to: Of<'open-port'>['port']['to']): Words {
  if ('service' in to) {
    return [`--service ${to.service}:${to.port}`, to.namespace !== 'default' && `--namespace ${to.namespace}`];
  }
  return 'nodePort' in to ? [`--node-port ${to.nodePort}`] : [`--node ${to.node}:${to.port}`];
}

/** The command sets one registry at a time. */
function mirrorWords(cluster: string, mirrors: readonly [string, readonly string[]][]): Words {
  if (mirrors.length === 0) return ['mirrors clear', cluster];
  return mirrors.flatMap(([registry, addresses], index) => [
    index > 0 && '&& boathouse',
    'mirrors set',
    cluster,
    registry,
    ...addresses,
  ]);
}

function limitWords({ cpus, memory }: Of<'limit-node'>['resources']): Words {
  return [cpus !== undefined && `--cpus ${cpus}`, memory !== undefined && `--memory ${memory}`];
}
