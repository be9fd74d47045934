// A cluster's state decides what is offered.
import { describe, expect, it } from 'vitest';
import { abilitiesOf, type Cluster, type ClusterState } from '../../shared/model/cluster';
import { nextAction, possibleActions } from './cluster-actions';

function cluster(state: ClusterState, nodes: string[], more: Partial<Cluster> = {}): Cluster {
  return {
    name: 'shop',
    provider: 'kubeadm',
    madeBy: 'boathouse',
    state,
    context: 'kind-shop',
    abilities: abilitiesOf({ provider: 'kubeadm', madeBy: 'boathouse' }),
    current: false,
    nodes: nodes.map((node, index) => ({
      name: `shop-${index}`,
      containerId: String(index),
      role: 'worker',
      state: node === 'up' ? 'running' : 'exited',
      image: 'node',
    })),
    ...more,
  };
}

describe('the next action', () => {
  it.each([
    ['running', ['up'], 'open'],
    ['stopped', ['down'], 'start'],
    ['paused', ['down'], 'resume'],
    ['degraded', ['up', 'down'], 'start'],
    ['degraded', ['up', 'up'], 'open'],
    ['incomplete', ['up'], 'cleanup'],
    ['creating', ['up'], 'open'],
  ] as const)('of a %s cluster with nodes %j is %s', (state, nodes, action) => {
    expect(nextAction(cluster(state, [...nodes]))).toBe(action);
  });
});

describe('the possible actions', () => {
  it.each([
    ['running', ['up'], ['pause', 'stop', 'use', 'delete']],
    ['paused', ['down'], ['resume', 'stop', 'use', 'delete']],
    ['stopped', ['down'], ['start', 'use', 'delete']],
    ['degraded', ['up', 'down'], ['start', 'stop', 'use', 'delete']],
    ['incomplete', ['up'], ['cleanup', 'delete']],
    ['creating', ['up'], []],
  ] as const)('of a %s cluster with nodes %j are %j', (state, nodes, actions) => {
    expect(possibleActions(cluster(state, [...nodes]))).toEqual(actions);
  });

  it('leave out what is so already, and everything while an operation runs', () => {
    expect(possibleActions(cluster('running', ['up'], { current: true }))).toEqual(['pause', 'stop', 'delete']);
    expect(possibleActions(cluster('running', ['up'], { operationId: '1' }))).toEqual([]);
  });

  it('let requests wake a cluster whose entrance is ours', () => {
    const entrance = {
      name: 'lb',
      containerId: 'lb',
      role: 'external-load-balancer',
      state: 'running',
      image: 'n',
    } as const;
    const wake = (state: ClusterState, nodes: string[], more: Partial<Cluster> = {}) =>
      possibleActions(cluster(state, nodes, { entrance, ...more })).filter((action) => /wake|Until/.test(action));
    expect(wake('running', ['up'])).toEqual(['pauseUntil']);
    expect(wake('paused', ['down'])).toEqual(['wakeOn']);
    expect(wake('paused', ['down'], { wakes: true })).toEqual(['wakeOff']);
    expect(wake('stopped', ['down'])).toEqual([]);
    expect(wake('running', ['up'], { madeBy: 'kind' })).toEqual([]);
  });
});
