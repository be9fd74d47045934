// Plans of changes: they can be run, in an order that loses nothing, and what cannot be is refused before anything is touched.
import { describe, expect, test } from 'vitest';
import type { ClusterChange } from '../../../../shared/model/change';
import { abilitiesOf, type Cluster, type ClusterNode } from '../../../../shared/model/cluster';
import { type ClusterTemplate, templateApiVersion, templateSchema } from '../../../../shared/model/template';
import { portSchema } from '../../../../shared/model/template/ports';
import type { Engine } from '../../engine/engine';
import { faultsOf } from '../../operations/graph';
import type { CoreOptions } from '../../options';
import { preparedChange } from './change';
import type { Supplies } from './supplies';

function node(name: string, state: ClusterNode['state'] = 'running'): ClusterNode {
  const role = name.startsWith('control-plane') ? 'control-plane' : 'worker';
  return { name: `shop-${name}`, containerId: name, role, state, image: 'kindest/node:v1.36.1' };
}

function clusterOf(...nodes: ClusterNode[]): Cluster {
  const to = { node: 'worker', port: 80 };
  const port = { ...portSchema.parse({ hostPort: 8080, to }), name: 'p', containerId: 'p', state: 'running' as const };
  const origin = { provider: 'kubeadm', madeBy: 'boathouse' } as const;
  return {
    name: 'shop',
    ...origin,
    state: 'running',
    nodes,
    ports: [{ ...port, image: '' }],
    context: 'kind-shop',
    abilities: abilitiesOf(origin),
    current: true,
  };
}

const two = clusterOf(node('control-plane'), node('worker'), node('worker2'));
const three = clusterOf(node('control-plane'), node('control-plane2'), node('control-plane3'), node('worker'));

const planOf = (cluster: Cluster, ...changes: ClusterChange[]) => suppliedPlan({}, cluster, ...changes);

function suppliedPlan(supplied: Partial<Supplies>, cluster: Cluster, ...changes: ClusterChange[]) {
  const supplies = { image: 'kindest/node:v1.36.1', missing: new Set<string>(), ...supplied };
  const job = preparedChange({ options: {} as CoreOptions }, { engine: {} as Engine, cluster, supplies }, changes);
  const { steps } = job.plan;
  expect(faultsOf(steps)).toEqual([]);
  expect(steps.filter(({ id }) => !job.actions.has(id))).toEqual([]);
  const before = (id: string): string[] =>
    (steps.find((step) => step.id === id)?.after ?? []).flatMap((one) => [one, ...before(one)]);
  return { ids: steps.map(({ id }) => id), before };
}

function templateOf(...pools: object[]): ClusterTemplate {
  return templateSchema.parse({
    apiVersion: templateApiVersion,
    kind: 'ClusterTemplate',
    metadata: { id: 'shop', title: 'Shop', description: 'A shop' },
    spec: { nodes: [{ role: 'control-plane' }, ...pools] },
  });
}

const add = (role: 'worker' | 'control-plane', count: number): ClusterChange => {
  return { kind: 'add-nodes', role, count, labels: {}, taints: [], resources: {} };
};
const remove = (name: string): ClusterChange => ({ kind: 'remove-node', node: `shop-${name}`, force: false });
const replace = (name: string): ClusterChange => ({ kind: 'replace-node', node: `shop-${name}`, force: false });

test('two pools that come at once have names of their own', () => {
  const { ids } = planOf(two, add('worker', 2), add('worker', 1));
  expect(ids.filter((id) => id.startsWith('node-create:'))).toEqual([
    'node-create:shop-worker3',
    'node-create:shop-worker4',
    'node-create:shop-worker5',
  ]);
});

test('control planes join etcd in turn, and come before others go', () => {
  const { before } = planOf(three, add('control-plane', 2), remove('control-plane'));
  expect(before('etcd-join:shop-control-plane5')).toContain('etcd-join:shop-control-plane4');
  expect(before('etcd-join:shop-control-plane5')).not.toContain('control-plane-start:shop-control-plane4');
  expect(before('node-delete:shop-control-plane')).toContain('cluster-config:shop-control-plane5');
});

test('a node is not taken away while it learns another way to the API', () => {
  const { before } = planOf(two, add('control-plane', 2), remove('worker2'));
  expect(before('node-delete:shop-worker2')).toContain('endpoint');
  expect(planOf(two, remove('worker2')).ids).not.toContain('endpoint');
});

test('workers are made anew one at a time', () => {
  const { before } = planOf(two, replace('worker'), replace('worker2'));
  expect(before('node-create:shop-worker')).toContain('node-delete:shop-worker');
  expect(before('node-drain:shop-worker2')).toContain('node-ready:shop-worker');
});

test('an image that the engine lacks is fetched once, and before a node goes that is made anew of it', () => {
  const template = templateOf({ role: 'worker', image: 'mine/node:v1.36.1' });
  const supplied = { template, missing: new Set(['mine/node:v1.36.1']) };
  const { ids, before } = suppliedPlan(supplied, two, add('worker', 2), replace('worker'), replace('worker2'));
  const pull = 'image-pull:mine/node:v1.36.1';
  expect(ids.filter((id) => id.startsWith('image-pull'))).toEqual([pull]);
  expect(before('node-create:shop-worker4')).toContain(pull);
  expect(before('node-drain:shop-worker')).toContain(pull);
  expect(before('node-create:shop-worker')).toEqual(expect.arrayContaining([pull, 'node-delete:shop-worker']));
});

test('nodes trust what the template has them trust before their kubelets start', () => {
  const certificates = [{ name: 'ours', inline: 'PEM' }];
  const template = { ...templateOf({ role: 'worker' }) };
  const { before } = suppliedPlan(
    { template: { ...template, spec: { ...template.spec, certificates } } },
    two,
    add('worker', 1),
  );
  expect(before('node-configure:shop-worker3')).toContain('certificates-trust:shop-worker3');
  expect(suppliedPlan({ template }, two, add('worker', 1)).ids).not.toContain('certificates-trust:shop-worker3');
});

test('workers are configured before they boot, where a control plane of their image can do it', () => {
  const { before } = planOf(two, add('worker', 1));
  expect(before('node-boot:shop-worker3')).toContain('node-configure:shop-worker3');
  expect(before('kubelet-start:shop-worker3')).toContain('node-join:shop-worker3');
  const older = suppliedPlan(
    { template: templateOf({ role: 'worker', image: 'mine/node:v1.19.1' }) },
    two,
    add('worker', 1),
  );
  expect(older.before('node-configure:shop-worker3')).toContain('node-boot:shop-worker3');
});

test('a port that is led elsewhere is closed before', () => {
  const [open] = two.ports ?? [];
  if (!open) throw new Error('a port');
  const { hostAddress, hostPort, protocol } = open;
  const key = { hostAddress, hostPort, protocol };
  const opening: ClusterChange = { kind: 'open-port', port: { ...key, to: { nodePort: 30_080 } } };
  const { before } = planOf(two, { kind: 'close-port', port: key }, opening);
  expect(before('port-open:1')).toContain('port-close:127.0.0.1:8080/tcp');
  expect(() => planOf(two, opening)).toThrow(expect.objectContaining({ code: 'port-taken' }));
});

describe('refused', () => {
  const ill = clusterOf(
    node('control-plane'),
    node('control-plane2'),
    node('control-plane3', 'exited'),
    node('worker'),
  );
  test.each([
    ['the only control plane', two, [remove('control-plane')], 'last'],
    ['all control planes at once', three, ['', '2', '3'].map((one) => remove(`control-plane${one}`)), 'last'],
    ['one that the others cannot do without', ill, [remove('control-plane')], 'quorum'],
    ['the only node that a port leads to', two, [remove('worker')], 'port'],
    ['a control plane anew under its name', three, [replace('control-plane2')], 'control-plane'],
  ] as const)('%s', (_what, cluster, changes, why) => {
    expect(() => planOf(cluster, ...changes)).toThrow(
      expect.objectContaining({ code: 'not-possible', params: expect.objectContaining({ why }) }),
    );
  });

  test('but the one that is ill may go', () => {
    expect(planOf(ill, remove('control-plane3')).ids).toContain('node-delete:shop-control-plane3');
  });
});
