// Which entrances are started again.
import { expect, test } from 'vitest';
import { abilitiesOf, type Cluster, type ClusterNode } from '../../../../shared/model/cluster';
import { isShutOut } from './keep';

type State = ClusterNode['state'];

function clusterOf(node: State, entrance: State | undefined, more: Partial<Cluster> = {}): Cluster {
  const container = (name: string, state: State, role: ClusterNode['role']): ClusterNode => ({
    name,
    containerId: name,
    role,
    state,
    image: 'kindest/node',
  });
  const origin = { provider: 'kubeadm', madeBy: 'boathouse' } as const;
  return {
    name: 'shop',
    ...origin,
    abilities: abilitiesOf(origin),
    state: 'degraded',
    context: 'kind-shop',
    current: false,
    nodes: [container('shop-control-plane', node, 'control-plane')],
    ...(entrance && { entrance: container('shop-external-load-balancer', entrance, 'external-load-balancer') }),
    ...more,
  };
}

test('one that has ended before nodes that run', () => {
  expect(isShutOut(clusterOf('running', 'exited'))).toBe(true);
});

test.each<[string, Cluster]>([
  ['one that runs', clusterOf('running', 'running')],
  ['that of a stopped cluster', clusterOf('exited', 'exited')],
  ['that of a paused cluster', clusterOf('paused', 'exited')],
  ['one that is being worked on', clusterOf('running', 'exited', { operationId: 'op' })],
  ['a load balancer of kind’s own', clusterOf('running', 'exited', { madeBy: 'kind' })],
  ['one that is not there', clusterOf('running', undefined)],
])('not %s', (_name, cluster) => {
  expect(isShutOut(cluster)).toBe(false);
});
