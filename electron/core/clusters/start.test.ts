// The plan of a start: what waits for what, for clusters of ours and of kind's.
import { expect, test } from 'vitest';
import { abilitiesOf, type Cluster, type NodeRole } from '../../../shared/model/cluster';
import { faultsOf } from '../operations/graph';
import { startPlan } from './start';

function clusterOf(...nodes: [string, NodeRole][]): Cluster {
  return {
    name: 'shop',
    provider: 'kubeadm',
    madeBy: 'boathouse',
    state: 'stopped',
    context: 'kind-shop',
    abilities: abilitiesOf({ provider: 'kubeadm', madeBy: 'boathouse' }),
    current: false,
    nodes: nodes.map(([name, role]) => ({ name, role, containerId: name, state: 'exited', image: 'kindest/node' })),
  };
}

const three = clusterOf(['shop-control-plane', 'control-plane'], ['shop-worker', 'worker'], ['shop-worker2', 'worker']);
const afterOf = (cluster: Cluster, oneByOne: boolean) =>
  Object.fromEntries(startPlan(cluster, oneByOne).steps.map(({ id, after }) => [id, after]));

test('nodes with addresses of their own start side by side, then the API, each node, and DNS last', () => {
  const plan = startPlan(three, false);
  expect(plan).toMatchObject({ kind: 'start', subject: 'shop' });
  expect(faultsOf(plan.steps)).toEqual([]);
  expect(afterOf(three, false)).toEqual({
    'node-start:shop-control-plane': [],
    'node-start:shop-worker': [],
    'node-start:shop-worker2': [],
    'api-server': ['node-start:shop-control-plane', 'node-start:shop-worker', 'node-start:shop-worker2'],
    'node-ready:shop-control-plane': ['api-server'],
    'node-ready:shop-worker': ['api-server'],
    'node-ready:shop-worker2': ['api-server'],
    dns: ['node-ready:shop-control-plane', 'node-ready:shop-worker', 'node-ready:shop-worker2'],
  });
});

test('nodes that take the next free address start one after another, in the order that is given', () => {
  const turned = { ...three, nodes: [...three.nodes].reverse() };
  expect(afterOf(turned, true)).toMatchObject({
    'node-start:shop-worker2': [],
    'node-start:shop-worker': ['node-start:shop-worker2'],
    'node-start:shop-control-plane': ['node-start:shop-worker'],
  });
  expect(faultsOf(startPlan(turned, true).steps)).toEqual([]);
});

test('an entrance is started, and is no node of Kubernetes', () => {
  const { nodes } = clusterOf(['lb', 'external-load-balancer']);
  const [entrance] = nodes;
  if (!entrance) throw new Error('there is an entrance');
  const after = afterOf({ ...clusterOf(['shop-control-plane', 'control-plane']), entrance }, false);
  expect(after['api-server']).toContain('node-start:lb');
  expect(after).not.toHaveProperty('node-ready:lb');
  expect(after.dns).toEqual(['node-ready:shop-control-plane']);
});

test('each step names the command that does the same by hand, where there is one', () => {
  const commands = startPlan(three, false).steps.flatMap(({ command }) => (command ? [command] : []));
  expect(commands).toContain('docker start shop-worker2');
  expect(commands).toContain('kubectl wait --for=condition=Ready node/shop-worker2');
});
