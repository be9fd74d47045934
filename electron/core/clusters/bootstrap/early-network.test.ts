// What a node knows of the pod network before kindnet runs: the list that kindnet would write, and the way to other nodes' pods.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { specSchema } from '../../../../shared/model/template/spec';
import { plannedNodes } from '../providers/kubeadm/nodes';
import type { Building } from './building';
import { type EarlyNetwork, earlyNetwork, earlyNetworkOfComing, writeEarlyNetwork } from './early-network';

const kindnet = 'apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: kindnet, namespace: kube-system}\n';

function buildingOf(networking: object, podNetworkManifest = kindnet): Building {
  const spec = specSchema.parse({ nodes: [{ role: 'control-plane' }, { role: 'worker', count: 2 }], networking });
  return {
    engine: { info: { cgroupVersion: '2', rootless: false } },
    request: { name: 'shop', template: { spec }, nodes: plannedNodes('shop', spec), token: 'a.b' },
    network: { subnet: '172.30.0.0/24', ipv6Subnet: 'fd00:30::/64' },
    image: { kubernetesVersion: 'v1.34.0', podNetworkManifest },
  } as unknown as Building;
}

function ofWorker(building: Building): EarlyNetwork | undefined {
  const [, worker] = building.request.nodes;
  return worker && earlyNetwork(building, worker);
}

test('the worker’s list gives pods addresses of its own range, and routes lead to those of the others', () => {
  const network = ofWorker(buildingOf({ podSubnet: '10.20.0.0/16' }));
  expect(JSON.parse(network?.configuration.content ?? '')).toMatchObject({
    name: 'kindnet',
    plugins: [
      {
        type: 'ptp',
        ipam: {
          dataDir: '/run/cni-ipam-state',
          routes: [{ dst: '0.0.0.0/0' }],
          ranges: [[{ subnet: '10.20.1.0/24' }]],
        },
      },
      { type: 'portmap' },
    ],
  });
  expect(network?.routes).toEqual([
    { to: '10.20.0.0/24', via: expect.stringMatching(/^172\.30\.0\.\d+$/) },
    { to: '10.20.2.0/24', via: expect.stringMatching(/^172\.30\.0\.\d+$/) },
  ]);
  expect(new Set(network?.routes.map(({ via }) => via)).size).toBe(2);
});

test('in an IPv6 cluster all of it is IPv6', () => {
  const network = ofWorker(buildingOf({ ipFamily: 'ipv6', podSubnet: 'fd00:10::/56', serviceSubnet: 'fd00:96::/112' }));
  expect(network?.configuration.content).toContain('"dst":"::/0"');
  expect(network?.routes.map(({ to }) => to)).toEqual(['fd00:10::/64', 'fd00:10:0:2::/64']);
  for (const { via } of network?.routes ?? []) expect(via).toMatch(/^fd00:30::/);
});

test('another pod network, none, or two ranges: nothing is said before those who know', () => {
  expect(ofWorker(buildingOf({}, kindnet.replace('kindnet', 'other')))).toBeUndefined();
  expect(ofWorker(buildingOf({ cni: 'none' }))).toBeUndefined();
  expect(ofWorker(buildingOf({ ipFamily: 'dual', podSubnet: '10.244.0.0/16,fd00:10:244::/56' }))).toBeUndefined();
});

const member = (name: string, podCIDR: string | undefined, address: string) => ({
  metadata: { name },
  spec: podCIDR ? { podCIDR, podCIDRs: [podCIDR] } : {},
  status: { addresses: [{ type: 'InternalIP', address }] },
});

function growing(...seen: ReturnType<typeof member>[][]): Building {
  const building = buildingOf({});
  const watch = async function* () {
    for (const nodes of seen) yield new Map(nodes.map((node) => [node.metadata.name, node]));
  };
  return Object.assign(building, { endpoint: 'shop-control-plane:6443', kube: { watch } });
}

test('a node that comes has the range that the controller manager gives it, and ways to those that are there', async () => {
  const plane = member('shop-control-plane', '10.244.0.0/24', '172.30.0.2');
  const worker = member('shop-worker2', '10.244.7.0/24', '172.30.0.9');
  const building = growing([plane, member('shop-worker2', undefined, '172.30.0.9')], [plane, worker]);
  const [, , node] = building.request.nodes;
  if (!node) throw new Error('no node');
  const network = await earlyNetworkOfComing(building, node, new AbortController().signal);
  expect(network?.configuration.content).toContain('"subnet":"10.244.7.0/24"');
  expect(network?.routes).toEqual([{ to: '10.244.0.0/24', via: '172.30.0.2' }]);
});

test('it is written whole, with the node’s own frame size, and never over what is there', () => {
  const folder = mkdtempSync(join(tmpdir(), 'boathouse-cni-'));
  const path = join(folder, '10-kindnet.conflist');
  const [shell = '', ...words] = writeEarlyNetwork({
    configuration: { path, content: '{"mtu":0,"name":"it\'s"}' },
    routes: [],
  }).map((word) => word.replace('/sys/class/net/eth0/mtu', join(folder, 'mtu')));
  writeFileSync(join(folder, 'mtu'), '1450\n');
  execFileSync(shell, words);
  expect(readFileSync(path, 'utf8')).toBe('{"mtu":1450,"name":"it\'s"}');
  expect(readdirSync(folder).sort()).toEqual(['10-kindnet.conflist', 'mtu']);
  writeFileSync(path, 'kindnet’s own');
  execFileSync(shell, words);
  expect(readFileSync(path, 'utf8')).toBe('kindnet’s own');
});
