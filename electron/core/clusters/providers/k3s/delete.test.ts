// What goes with a k3s cluster, and what stays because others use it.
import { expect, test } from 'vitest';
import { abilitiesOf, type Cluster } from '../../../../../shared/model/cluster';
import { faultsOf } from '../../../operations/graph';
import type { ListedContainer } from '../../listed';
import { deleteK3sPlan, leftoversOf } from './delete';

function container(
  name: string,
  role: string,
  networks: string[],
  labels: Record<string, string> = {},
): ListedContainer {
  return {
    Id: `id-${name}`,
    Names: [`/${name}`],
    Image: 'some',
    State: 'running',
    Created: 0,
    Ports: [],
    Labels: {
      app: 'k3d',
      'k3d.role': role,
      'k3d.cluster': 'dev',
      ...(role !== 'registry' && { 'k3d.cluster.network': 'k3d-dev', 'k3d.cluster.network.external': 'false' }),
      ...labels,
    },
    NetworkSettings: { Networks: Object.fromEntries(networks.map((network) => [network, {}])) },
  };
}

const server = container('k3d-dev-server-0', 'server', ['k3d-dev']);
const cluster: Cluster = {
  name: 'dev',
  provider: 'k3s',
  madeBy: 'k3d',
  state: 'running',
  context: 'k3d-dev',
  abilities: abilitiesOf({ provider: 'k3s', madeBy: 'k3d' }),
  current: false,
  nodes: [
    {
      name: 'k3d-dev-server-0',
      containerId: 'id-k3d-dev-server-0',
      role: 'control-plane',
      state: 'running',
      image: 'k3s',
    },
  ],
};

test('tools and its own registry go with it', () => {
  const tools = container('k3d-dev-tools', 'noRole', ['k3d-dev']);
  const registry = container('k3d-dev-registry', 'registry', ['bridge', 'k3d-dev']);
  expect(leftoversOf(cluster, [server, tools, registry])).toEqual({
    others: [
      { id: 'id-k3d-dev-tools', name: 'k3d-dev-tools', disconnect: false },
      { id: 'id-k3d-dev-registry', name: 'k3d-dev-registry', disconnect: false },
    ],
    network: 'k3d-dev',
  });
});

test('a registry that is in another cluster’s network, too, stays and only leaves this one', () => {
  const registry = container('k3d-dev-registry', 'registry', ['bridge', 'k3d-dev', 'k3d-other']);
  const leftovers = leftoversOf(cluster, [server, registry]);
  expect(leftovers.others).toMatchObject([{ disconnect: true }]);
  const plan = deleteK3sPlan('delete', cluster, leftovers);
  expect(plan.steps.map(({ id }) => id)).not.toContain('node-delete:k3d-dev-registry');
  expect(plan.steps.find(({ kind }) => kind === 'registry-disconnect')).toMatchObject({
    id: 'registry-disconnect:k3d-dev-registry',
    command: 'docker network disconnect k3d-dev k3d-dev-registry',
  });
});

test('a network that was there before stays, and so does the host’s', () => {
  const external = container('k3d-dev-server-0', 'server', ['shared'], {
    'k3d.cluster.network': 'shared',
    'k3d.cluster.network.external': 'true',
  });
  expect(leftoversOf(cluster, [external]).network).toBeUndefined();
  const plan = deleteK3sPlan('delete', cluster, leftoversOf(cluster, [external]));
  expect(plan.steps.map(({ kind }) => kind)).not.toContain('network-delete');
  const host = container('k3d-dev-server-0', 'server', ['host'], { 'k3d.cluster.network': 'host' });
  expect(leftoversOf(cluster, [host]).network).toBeUndefined();
});

test('the network and the volumes go when nothing uses them any more; the commands say how by hand', () => {
  const plan = deleteK3sPlan('cleanup', cluster, leftoversOf(cluster, [server]));
  expect(plan.kind).toBe('cleanup');
  expect(faultsOf(plan.steps)).toEqual([]);
  expect(plan.steps.slice(-2)).toMatchObject([
    {
      id: 'network-delete',
      after: ['kubeconfig-remove', 'node-delete:k3d-dev-server-0'],
      command: 'docker network rm k3d-dev',
    },
    { id: 'volume-delete', command: 'docker volume rm $(docker volume ls -q --filter label=k3d.cluster=dev)' },
  ]);
});
