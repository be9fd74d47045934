// Plans of changes to clusters of k3s: names as k3d counts them, servers in turn, and what is refused before anything is touched.
import { expect, test } from 'vitest';
import type { ClusterChange } from '../../../../../../shared/model/change';
import { abilitiesOf, type Cluster, type ClusterNode } from '../../../../../../shared/model/cluster';
import { templateApiVersion, templateSchema } from '../../../../../../shared/model/template';
import type { Engine } from '../../../../engine/engine';
import { faultsOf } from '../../../../operations/graph';
import type { CoreOptions } from '../../../../options';
import { preparedChange } from '../../../change/change';

const origin = { provider: 'k3s', madeBy: 'boathouse' } as const;

function clusterOf(...names: string[]): Cluster {
  const nodes = names.map((name): ClusterNode => {
    const role = name.startsWith('server') ? 'control-plane' : 'worker';
    return { name: `k3d-shop-${name}`, containerId: name, role, state: 'running', image: 'rancher/k3s:v1.35.5-k3s1' };
  });
  const known = { name: 'shop', context: 'k3d-shop', current: false, state: 'running', nodes } as const;
  return { ...known, ...origin, nodes, abilities: abilitiesOf(origin) };
}

function templateOf(serverArgs: string[]) {
  return templateSchema.parse({
    apiVersion: templateApiVersion,
    kind: 'ClusterTemplate',
    metadata: { id: 'shop', title: 'Shop', description: 'A shop' },
    spec: { provider: 'k3s', nodes: [{ role: 'control-plane' }], k3s: { serverArgs } },
  });
}

function stepsOf(cluster: Cluster, changes: ClusterChange[], serverArgs: string[] = []) {
  const supplies = { template: templateOf(serverArgs), image: 'rancher/k3s:v1.35.5-k3s1', missing: new Set<string>() };
  const options = { version: '0' } as CoreOptions;
  const { plan, actions } = preparedChange({ options }, { engine: {} as Engine, cluster, supplies }, changes);
  expect(faultsOf(plan.steps)).toEqual([]);
  expect([...actions.keys()].sort()).toEqual(plan.steps.map(({ id }) => id).sort());
  return plan.steps;
}

const add = (role: 'control-plane' | 'worker', count: number): ClusterChange => ({
  ...{ kind: 'add-nodes', role, count },
  ...{ labels: {}, taints: [], resources: {} },
});
const remove = (node: string): ClusterChange => ({ kind: 'remove-node', node: `k3d-shop-${node}`, force: false });
const refusal = (why: string) => expect.objectContaining({ params: expect.objectContaining({ why }) });

test('agents come under the names that are free, side by side', () => {
  const steps = stepsOf(clusterOf('server-0', 'agent-1'), [add('worker', 2)]);
  const started = steps.filter(({ kind }) => kind === 'k3s-start');
  expect(started.map(({ id, after }) => [id, after])).toEqual([
    ['k3s-start:k3d-shop-agent-0', ['node-create:k3d-shop-agent-0']],
    ['k3s-start:k3d-shop-agent-2', ['node-create:k3d-shop-agent-2']],
  ]);
  expect(steps.find(({ kind }) => kind === 'host-names')?.after).toEqual(started.map(({ id }) => id));
});

test('servers come one after another, where there is an etcd', () => {
  const steps = stepsOf(clusterOf('server-0', 'server-1'), [add('control-plane', 2)]);
  expect(steps.find(({ id }) => id === 'k3s-start:k3d-shop-server-3')?.after).toContain('node-ready:k3d-shop-server-2');
  expect(() => stepsOf(clusterOf('server-0'), [add('control-plane', 2)])).toThrow(refusal('no-etcd'));
  expect(stepsOf(clusterOf('server-0'), [add('control-plane', 1)], ['--cluster-init'])).not.toEqual([]);
});

test('a server leaves when the others agree, and not the one at which they join', () => {
  const three = clusterOf('server-0', 'server-1', 'server-2');
  expect(stepsOf(three, [remove('server-2')]).map(({ id }) => id)).toContain('node-delete:k3d-shop-server-2');
  expect(() => stepsOf(three, [remove('server-0')])).toThrow(refusal('joined-at'));
  expect(() => stepsOf(clusterOf('server-0'), [remove('server-0')])).toThrow(refusal('last'));
});

test('an agent is made anew after it is gone, a server never is', () => {
  const replace = (node: string): ClusterChange => ({ kind: 'replace-node', node: `k3d-shop-${node}`, force: false });
  const steps = stepsOf(clusterOf('server-0', 'agent-0', 'agent-1'), [replace('agent-0'), replace('agent-1')]);
  const after = (id: string) => steps.find((step) => step.id === id)?.after;
  expect(after('node-create:k3d-shop-agent-0')).toEqual(['node-delete:k3d-shop-agent-0']);
  expect(after('node-drain:k3d-shop-agent-1')).toContain('node-ready:k3d-shop-agent-0');
  expect(() => stepsOf(clusterOf('server-0'), [replace('server-0')])).toThrow(refusal('control-plane'));
});

test('mirrors are refused', () => {
  expect(() => stepsOf(clusterOf('server-0'), [{ kind: 'set-mirrors', mirrors: {} }])).toThrow(refusal('k3s-mirrors'));
});
