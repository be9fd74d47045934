// Which names, settings and addresses nodes get that come later.
import { expect, test } from 'vitest';
import { templateApiVersion, templateSchema } from '../../../../shared/model/template';
import { addressGiver, newNodes, templateSettings } from './new-nodes';

const shop = { cluster: 'shop', leaving: new Set<string>() };
const wish = { kind: 'add-nodes', role: 'worker', labels: {}, taints: [], resources: {} } as const;
const nodesOf = (...names: string[]) =>
  names.map((name) => ({ name: `shop-${name}`, role: name.startsWith('control-plane') ? 'control-plane' : 'worker' }));
const add = (count: number, ...existing: string[]) =>
  newNodes({ ...shop, nodes: nodesOf(...existing) }, { ...wish, taints: [], count, pool: 'web' }).map(
    ({ name }) => name,
  );

test('names go on where they end, and fill gaps that removed ones left', () => {
  expect(add(2, 'control-plane')).toEqual(['shop-worker', 'shop-worker2']);
  expect(add(2, 'control-plane', 'worker', 'worker3')).toEqual(['shop-worker2', 'shop-worker4']);
});

test('names of nodes that go are not given at once', () => {
  const company = { ...shop, nodes: nodesOf('control-plane'), leaving: new Set(['shop-worker']) };
  expect(newNodes(company, { ...wish, taints: [], count: 1 })[0]?.name).toBe('shop-worker2');
});

test('they carry what was asked for', () => {
  const carried = { role: 'control-plane', labels: { tier: 'b' }, pool: 'web', resources: { cpus: 2 } } as const;
  const company = { ...shop, nodes: nodesOf('control-plane') };
  const nodes = newNodes(company, { ...wish, ...carried, taints: [], count: 1 });
  expect(nodes).toEqual([{ ...carried, name: 'shop-control-plane2', taints: [] }]);
});

const taint = { key: 'dedicated', value: 'web', effect: 'NoSchedule' as const };
const [all, third, own] = ['all', 'third', 'own'].map((name) => ({ hostPath: `/${name}`, containerPath: `/${name}` }));
const template = templateSchema.parse({
  apiVersion: templateApiVersion,
  kind: 'ClusterTemplate',
  metadata: { id: 'shop', title: 'Shop', description: 'A shop' },
  spec: {
    nodes: [
      { role: 'control-plane', patches: { kubeadm: ['kind: ClusterConfiguration'] } },
      {
        role: 'worker',
        name: 'web',
        image: 'mine/node:v1.36.1',
        labels: { tier: 'b', site: 'x' },
        taints: [taint],
        resources: { cpus: 2, memory: '2Gi' },
        mounts: [own],
        patches: { kubeadm: ['kind: JoinConfiguration'] },
      },
    ],
    mounts: [all, { ...third, nodes: ['worker'] }],
  },
});
const mount = (one: typeof all) => expect.objectContaining({ ...one });
const company = { ...shop, nodes: nodesOf('control-plane'), template };

test('they get what the template says of their pool, and what is asked for on top', () => {
  const more = { labels: { tier: 'c' }, taints: [{ ...taint, value: 'x' }], resources: { cpus: 3 } };
  const [first, second] = newNodes(company, { ...wish, ...more, count: 2, pool: 'web' });
  expect(second).toEqual({
    name: 'shop-worker2',
    role: 'worker',
    pool: 'web',
    image: 'mine/node:v1.36.1',
    labels: { tier: 'c', site: 'x' },
    taints: [{ ...taint, value: 'x' }],
    resources: { cpus: 3, memory: '2Gi' },
    mounts: [mount(own), mount(all)],
    patches: { at: 'nodes[1].patches', kubeadm: ['kind: JoinConfiguration'], kubeadmJson6902: [] },
  });
  // A mount may mean one node by its name.
  expect(first?.mounts).toEqual([mount(own), mount(all), mount(third)]);
});

test('of a pool that the template does not know they get what it says of all nodes', () => {
  const [one] = newNodes(company, { ...wish, taints: [], count: 1, pool: 'mine' });
  expect(one).toEqual({
    name: 'shop-worker',
    role: 'worker',
    pool: 'mine',
    labels: {},
    taints: [],
    resources: {},
    mounts: [mount(all), mount(third)],
  });
});

test('one that is made anew is as its pool has it', () => {
  expect(templateSettings(company, { name: 'shop-control-plane', role: 'control-plane' })).toMatchObject({
    mounts: [mount(all)],
    patches: { kubeadm: ['kind: ClusterConfiguration'] },
  });
});

test('more than the network has room for', () => {
  const many = Array.from({ length: 124 }, (_, index) => `worker${index + 2}`);
  expect(() => add(2, ...many)).toThrow(expect.objectContaining({ code: 'bad-input' }));
});

test('addresses are the lowest that no node has, each given once', () => {
  const existing = ['172.30.7.2', '172.30.7.4', undefined].map((address) => (address ? { address } : {}));
  const take = addressGiver('172.30.7.0/24', existing);
  expect([take(), take(), take()]).toEqual(['172.30.7.3', '172.30.7.5', '172.30.7.6']);
});
