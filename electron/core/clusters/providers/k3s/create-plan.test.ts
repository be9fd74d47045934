// In which order a k3s cluster is made, and what is left out where it would be waited for in vain.
import { expect, test } from 'vitest';
import { specSchema } from '../../../../../shared/model/template/spec';
import { faultsOf } from '../../../operations/graph';
import { type CreateK3sPlanInput, createK3sPlan } from './create-plan';
import { plannedK3sNodes } from './nodes';

function planOf(servers: number, agents: number, more: Partial<CreateK3sPlanInput> = {}) {
  const pools = [
    { role: 'control-plane', count: servers },
    { role: 'worker', count: agents },
  ];
  const nodes = pools.filter(({ count }) => count > 0);
  const plan = createK3sPlan({
    name: 'dev',
    nodes: plannedK3sNodes('dev', specSchema.parse({ provider: 'k3s', nodes })),
    image: 'rancher/k3s:v1.35.5-k3s1',
    pulls: [],
    sample: false,
    images: [],
    missingImages: [],
    manifests: [],
    ports: [],
    ready: true,
    dns: true,
    ...more,
  });
  expect(faultsOf(plan.steps)).toEqual([]);
  return Object.fromEntries(plan.steps.map(({ id, after }) => [id, after]));
}
const start = (node: string) => `k3s-start:k3d-dev-${node}`;
const create = (node: string) => `node-create:k3d-dev-${node}`;

test('an agent comes when the only server answers', () => {
  const after = planOf(1, 1);
  expect(after[start('server-0')]).toEqual([create('server-0')]);
  expect(after['api-server']).toEqual(['entrance', start('server-0')]);
  expect(after[start('agent-0')]).toEqual([create('agent-0'), 'api-server', start('server-0')]);
  expect(after['kubeconfig-write']).toEqual(['dns']);
});

test('servers join one after another, agents when all are there', () => {
  const after = planOf(3, 1);
  expect(after[start('server-1')]).toEqual([create('server-1'), 'api-server']);
  expect(after[start('server-2')]).toEqual([create('server-2'), 'api-server', start('server-1')]);
  expect(after[start('agent-0')]).toEqual([create('agent-0'), 'api-server', start('server-1'), start('server-2')]);
});

test('images that are missing are pulled before anything is made', () => {
  const after = planOf(1, 0, { pulls: ['rancher/k3s:v1.35.5-k3s1'] });
  expect(after['network-create']).toEqual(['image-pull']);
  expect(after['volume-create']).toEqual(['image-pull']);
});

test('without a network of pods nodes do not get Ready, and nothing waits for them', () => {
  const after = planOf(1, 1, { ready: false, dns: false });
  expect(Object.keys(after).filter((id) => /^(node-ready|dns)/.test(id))).toEqual([]);
  expect(after['kubeconfig-write']).toEqual(['host-names', start('server-0'), start('agent-0')]);
});

test('ports are open and the sample runs before it is done', () => {
  const after = planOf(1, 0, { ports: ['8080'], sample: true });
  expect(after['kubeconfig-write']).toEqual(['dns', 'port-open']);
  expect(after['sample-ready']).toEqual(['sample-deploy']);
});

test('images and manifests come when the nodes run and the API answers, each manifest after what the one before is waited for', () => {
  const wait = [{ rollout: 'deployment/web', timeoutSeconds: 60 }];
  const manifests = [
    { name: 'web', wait },
    { name: 'more', wait: [] },
  ];
  const after = planOf(1, 1, { images: ['web:1', 'db:1'], missingImages: ['db:1'], manifests });
  expect(after['images-load']).toEqual(['images-pull', start('server-0'), start('agent-0')]);
  expect(after['network-create']).toEqual(['engine-check', 'manifests-read']);
  expect(after['manifest-apply:web']).toEqual(['api-server', 'images-load']);
  expect(after['manifest-apply:more']).toEqual(['manifest-wait:web']);
  expect(after['kubeconfig-write']).toEqual(['dns', 'manifest-apply:more']);
});
