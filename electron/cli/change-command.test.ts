// The commands that the window shows for changes are understood by the command line, and do the same.
import { expect, it } from 'vitest';
import { type ClusterChange, clusterChangeSchema } from '../../shared/model/change';
import { commandOf } from '../../shared/model/change-command';
import { standInCore } from '../host/stand-in-core';
import { sampleCluster } from '../host/stand-in-core/samples';
import { boathouse } from './run-for-test';

const service = { service: 'web', namespace: 'default', port: 80 };
const open = (port: object) => ({ kind: 'open-port', port });

const wishes: [string, unknown][] = [
  ['boathouse ports open shop 8080 --service web:80', open({ hostPort: 8080, to: service })],
  [
    'boathouse ports open shop 53 --address 0.0.0.0 --protocol udp --service dns:53 --namespace kube-system',
    open({
      hostAddress: '0.0.0.0',
      hostPort: 53,
      protocol: 'UDP',
      to: { service: 'dns', namespace: 'kube-system', port: 53 },
    }),
  ],
  ['boathouse ports open shop 0 --node-port 30080', open({ hostPort: 0, to: { nodePort: 30080 } })],
  [
    'boathouse ports open shop 80 --address ::1 --node worker:8080',
    open({ hostAddress: '::1', hostPort: 80, to: { node: 'worker', port: 8080 } }),
  ],
  [
    'boathouse ports close shop 53 --protocol udp',
    { kind: 'close-port', port: { hostAddress: '127.0.0.1', hostPort: 53, protocol: 'UDP' } },
  ],
  ['boathouse nodes add shop', { kind: 'add-nodes', role: 'worker', count: 1, labels: {}, taints: [], resources: {} }],
  [
    'boathouse nodes add shop --count 2 --pool web --label tier=web --label empty= --taint gpu=yes:NoSchedule --cpus 1.5 --memory 2Gi',
    {
      kind: 'add-nodes',
      role: 'worker',
      count: 2,
      pool: 'web',
      labels: { tier: 'web', empty: '' },
      taints: [{ key: 'gpu', value: 'yes', effect: 'NoSchedule' }],
      resources: { cpus: 1.5, memory: '2Gi' },
    },
  ],
  [
    'boathouse nodes add shop --role control-plane --count 2',
    { kind: 'add-nodes', role: 'control-plane', count: 2, labels: {}, taints: [], resources: {} },
  ],
  ['boathouse nodes replace shop shop-worker', { kind: 'replace-node', node: 'shop-worker', force: false }],
  ['boathouse nodes remove shop shop-worker', { kind: 'remove-node', node: 'shop-worker', force: false }],
  ['boathouse nodes remove shop shop-worker --force', { kind: 'remove-node', node: 'shop-worker', force: true }],
  [
    'boathouse nodes limit shop shop-worker --cpus 2',
    { kind: 'limit-node', node: 'shop-worker', resources: { cpus: 2 } },
  ],
  [
    'boathouse nodes label shop shop-worker tier=web old-',
    { kind: 'label-node', node: 'shop-worker', labels: { tier: 'web', old: null } },
  ],
  [
    'boathouse nodes taint shop shop-worker gpu:NoExecute',
    { kind: 'taint-node', node: 'shop-worker', taints: [{ key: 'gpu', effect: 'NoExecute' }] },
  ],
  ['boathouse nodes taint shop shop-worker', { kind: 'taint-node', node: 'shop-worker', taints: [] }],
  [
    'boathouse mirrors set shop docker.io https://mirror.example.com http://cache:5000',
    { kind: 'set-mirrors', mirrors: { 'docker.io': ['https://mirror.example.com', 'http://cache:5000'] } },
  ],
  ['boathouse mirrors clear shop', { kind: 'set-mirrors', mirrors: {} }],
];

it.each(wishes)('%s', async (command, wish) => {
  const change = clusterChangeSchema.parse(wish);
  expect(commandOf('shop', change)).toBe(command);
  const core = standInCore();
  core.clusters.upsert(sampleCluster('shop'));
  await boathouse(command.replace(/^boathouse /, ''), { core });
  expect(core.calls).toEqual([['change', { name: 'shop', changes: [change] }]]);
});

it('there is one for every kind of change', () => {
  const kinds = clusterChangeSchema.options.map((option) => option.shape.kind.value);
  const shown = new Set(wishes.map(([, wish]) => (wish as ClusterChange).kind));
  expect(kinds.filter((kind) => !shown.has(kind))).toEqual([]);
});
