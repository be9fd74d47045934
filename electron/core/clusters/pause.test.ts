// The plans of a pause and of a resume: in which order what freezes and goes on, and who answers meanwhile.
import { expect, test } from 'vitest';
import { abilitiesOf, type Cluster, type ClusterNode } from '../../../shared/model/cluster';
import type { Plan } from '../../../shared/model/operation';
import { faultsOf } from '../operations/graph';
import { pausedWords } from './edge/paused';
import { pausePlan } from './pause';
import { resumePlan } from './resume';

function nodeOf(name: string, role: ClusterNode['role']): ClusterNode {
  return { name, role, containerId: name, state: 'running', image: 'kindest/node' };
}

function clusterOf(more: Partial<Cluster> = {}): Cluster {
  const origin = { provider: 'kubeadm', madeBy: 'boathouse' } as const;
  return {
    name: 'shop',
    ...origin,
    abilities: abilitiesOf(origin),
    state: 'running',
    context: 'kind-shop',
    current: false,
    nodes: [nodeOf('cp', 'control-plane'), nodeOf('w1', 'worker'), nodeOf('w2', 'worker')],
    entrance: nodeOf('lb', 'external-load-balancer'),
    ...more,
  };
}

function orderOf(plan: Plan) {
  expect(faultsOf(plan.steps)).toEqual([]);
  return Object.fromEntries(plan.steps.map(({ id, after }) => [id, after]));
}

test('workers are paused before control planes, behind doors that answer and controllers that wait', () => {
  expect(orderOf(pausePlan(clusterOf()))).toEqual({
    'controllers-hold': [],
    'doors-close': ['controllers-hold'],
    'node-pause:w1': ['doors-close'],
    'node-pause:w2': ['doors-close'],
    'node-pause:cp': ['doors-close', 'node-pause:w1', 'node-pause:w2'],
  });
});

test('control planes are resumed before workers, and controllers go on when every node was heard', () => {
  expect(orderOf(resumePlan(clusterOf({ state: 'paused' })))).toEqual({
    'node-resume:cp': [],
    'node-resume:w1': ['node-resume:cp'],
    'node-resume:w2': ['node-resume:cp'],
    'doors-open': [],
    'api-server': ['node-resume:cp'],
    'node-ready:cp': ['api-server', 'node-resume:cp'],
    'node-ready:w1': ['api-server', 'node-resume:w1'],
    'node-ready:w2': ['api-server', 'node-resume:w2'],
    'controllers-release': ['node-ready:cp', 'node-ready:w1', 'node-ready:w2'],
  });
});

test('of a paused cluster only what its doors say changes', () => {
  expect(orderOf(pausePlan(clusterOf({ state: 'paused' })))).toEqual({ 'doors-close': [] });
});

test('clusters of other programs have no doors of ours, and those of k3s no controllers that could wait', () => {
  const kind = clusterOf({ madeBy: 'kind' });
  expect(Object.keys(orderOf(pausePlan(kind)))).not.toContain('doors-close');
  expect(Object.keys(orderOf(resumePlan(kind)))).not.toContain('doors-open');
  const k3d = clusterOf({ provider: 'k3s', madeBy: 'k3d' });
  expect(Object.keys(orderOf(pausePlan(k3d)))).toEqual(['node-pause:w1', 'node-pause:w2', 'node-pause:cp']);
  expect(Object.keys(orderOf(resumePlan(k3d)))).not.toContain('controllers-release');
});

test.each([true, false])('what doors say can stand in JSON as it is, waking or not (%s)', (wake) => {
  const words = pausedWords('shop', wake);
  expect(JSON.parse(`{"message":"${words}"}`)).toEqual({ message: words });
  expect(words).toContain('boathouse resume shop');
});
