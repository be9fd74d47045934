// Rules between the fields of a template: what contradicts itself is named at its place, what is only doubtful is a warning.
import { expect, it } from 'vitest';
import { networkingSchema } from './networking';
import { brokenRules, type Finding } from './rules';
import { specSchema } from './spec';
import { doubtsAbout } from './warnings';

const plane = { role: 'control-plane' };
const specOf = (spec: object) => specSchema.parse({ nodes: [plane], ...spec });
const lines = (findings: Finding[]) => findings.map(({ path, message }) => `${path.join('.')}: ${message}`);
const port = (given: object) => ({ hostPort: 8080, to: { nodePort: 30080 }, ...given });
const mount = (given: object) => ({ hostPath: '/srv', containerPath: '/srv', ...given });

it.each<[string, object, string[]]>([
  ['no control plane', { nodes: [{ role: 'worker' }] }, ['nodes: name at least one control plane']],
  [
    'more than a hundred nodes',
    { nodes: [plane, ...Array(4).fill({ role: 'worker', count: 50 })] },
    ['nodes: name at most 100 nodes, not 201'],
  ],
  ['a hundred nodes', { nodes: [plane, { role: 'worker', count: 50 }, { role: 'worker', count: 49 }] }, []],
  [
    'two pools of one name',
    {
      nodes: [
        { ...plane, name: 'a' },
        { role: 'worker', name: 'b' },
        { role: 'worker', name: 'a' },
      ],
    },
    ['nodes.2.name: another pool is called a already'],
  ],
  [
    'overlapping ranges',
    { networking: { podSubnet: '10.0.0.0/8' } },
    ['networking.serviceSubnet: it overlaps with podSubnet 10.0.0.0/8'],
  ],
  [
    'ranges of the wrong family',
    { networking: { ipFamily: 'dual', podSubnet: 'fd00:10:244::/56' } },
    ['networking.podSubnet: name an IPv4 and an IPv6 range, because ipFamily is dual'],
  ],
  [
    'both families, either first',
    {
      networking: {
        ipFamily: 'dual',
        podSubnet: 'fd00:10:244::/56,10.244.0.0/16',
        serviceSubnet: '10.96.0.0/16,fd00:10:96::/112',
      },
    },
    [],
  ],
  ['a port twice', { ports: [port({}), port({})] }, ['ports.1.hostPort: another entry uses port 8080 already']],
  [
    'a port at one address and at all',
    { ports: [port({ hostAddress: '192.168.1.9' }), port({ hostAddress: '::' })] },
    ['ports.1.hostPort: another entry uses port 8080 already'],
  ],
  ['a port with two protocols', { ports: [port({}), port({ protocol: 'UDP' })] }, []],
  ['a port at two addresses', { ports: [port({}), port({ hostAddress: '127.0.0.2' })] }, []],
  ['free ports', { ports: [port({ hostPort: 0 }), port({ hostPort: 0 })] }, []],
  [
    "the API server's port",
    { networking: { apiServer: { port: 6443 } }, ports: [port({ hostPort: 6443 })] },
    ['ports.0.hostPort: the API server uses port 6443 already'],
  ],
  [
    'a port to a node that is none',
    { ports: [port({ to: { node: 'wroker', port: 80 } })], nodes: [plane, { role: 'worker' }] },
    ['ports.0.to.node: no pool and no node is called wroker, did you mean worker?'],
  ],
  [
    'ports to a pool, a node and all of them',
    {
      nodes: [plane, { role: 'worker', name: 'edge', count: 2 }],
      ports: ['edge', 'worker2', 'all', 'control-plane'].map((node, index) =>
        port({ hostPort: 8080 + index, to: { node, port: 80 } }),
      ),
    },
    [],
  ],
  [
    "k3s' names of nodes",
    { provider: 'k3s', ports: [port({ to: { node: 'control-plane', port: 80 } })] },
    ['ports.0.to.node: no pool and no node is called control-plane, there are all, server-0'],
  ],
  [
    'a mount on a pool that is none',
    { mounts: [mount({ nodes: ['blue'] })] },
    ['mounts.0.nodes.0: no pool and no node is called blue, there are all, control-plane'],
  ],
  [
    'two mounts at one place',
    {
      nodes: [
        { ...plane, mounts: [mount({})] },
        { role: 'worker', name: 'w' },
      ],
      mounts: [mount({ nodes: ['w'] }), mount({})],
    },
    ["mounts.1.containerPath: /srv is another mount's already"],
  ],
  [
    'arguments of k3s for kubeadm',
    { nodes: [{ ...plane, k3sArgs: ['--x'] }], k3s: { agentArgs: ['--y'] } },
    [
      'k3s.agentArgs: only the provider k3s takes arguments of k3s',
      'nodes.0.k3sArgs: only the provider k3s takes arguments of k3s',
    ],
  ],
  [
    'patches of kubeadm for k3s',
    { provider: 'k3s', patches: { kubeadm: ['a: b'], containerd: ['a = 1'] } },
    ['patches.kubeadm: only the provider kubeadm has a configuration of kubeadm'],
  ],
  [
    'parameters that contradict themselves',
    {
      parameters: [
        { name: 'a', type: 'string', default: 'z', allowed: ['x', 'y'] },
        { name: 'b', type: 'integer', default: 9, minimum: 1, maximum: 5 },
        { name: 'b', type: 'integer', minimum: 5, maximum: 1 },
        { name: 'c', type: 'integer', allowed: [1, 7], maximum: 5 },
      ],
    },
    [
      'parameters.2.name: another parameter is called b already',
      'parameters.0.default: it is none of the allowed values',
      'parameters.1.default: it is not between minimum and maximum',
      'parameters.2.maximum: it is smaller than minimum',
      'parameters.3.allowed: it is not between minimum and maximum',
    ],
  ],
])('%s', (_what, spec, expected) => {
  expect(lines(brokenRules(specOf(spec)))).toEqual(expected);
});

it.each<[string, object, string[]]>([
  ['one or three control planes', { nodes: [{ ...plane, count: 3 }] }, []],
  [
    'two control planes',
    { nodes: [{ ...plane, count: 2 }] },
    [
      'nodes: 2 control planes survive the loss of 0, no more than 1 do: etcd needs more than half of its members. 3 would survive the loss of 1.',
    ],
  ],
  [
    'four control planes in two pools',
    { nodes: [{ ...plane, count: 3 }, plane] },
    [
      'nodes: 4 control planes survive the loss of 1, no more than 3 do: etcd needs more than half of its members. 5 would survive the loss of 2.',
    ],
  ],
  [
    'nodes with too little memory',
    {
      nodes: [
        { ...plane, resources: { memory: '0.5Gi' } },
        { role: 'worker', resources: { memory: '300M' } },
      ],
    },
    ['nodes.0.resources.memory: A control plane needs about 900Mi of memory for itself; 0.5Gi is less.'],
  ],
  [
    'an image and a version',
    { kubernetes: { version: '1.36', image: 'kindest/node:v1.36.1' } },
    ['kubernetes.version: Kubernetes 1.36 is not used, because the template names the image kindest/node:v1.36.1.'],
  ],
  [
    'a door for everyone, to an unusual NodePort',
    { ports: [port({ hostAddress: '0.0.0.0', to: { nodePort: 80 } })] },
    [
      'ports.0.hostAddress: Other computers can reach the port 8080, because it listens on 0.0.0.0.',
      'ports.0.to.nodePort: NodePort 80 is not between 30000 and 32767, which Kubernetes keeps to unless its API server is told otherwise.',
    ],
  ],
  [
    'an API server for everyone',
    { networking: { apiServer: { address: '0.0.0.0' } } },
    ['networking.apiServer.address: Other computers can reach the API server, because it listens on 0.0.0.0.'],
  ],
  [
    'a pod subnet without room',
    { nodes: [plane, { role: 'worker', count: 4 }], networking: { podSubnet: '10.1.0.0/22' } },
    ['networking.podSubnet: The range 10.1.0.0/22 has addresses for 4 nodes, a /24 each; the cluster has 5.'],
  ],
])('doubts about %s', (_what, spec, expected) => {
  const doubts = doubtsAbout(specOf(spec));
  expect(doubts.map(({ path, text }) => `${path.join('.')}: ${text}`)).toEqual(expected);
});

it.each([
  ['ipv4', '10.244.0.0/16', '10.96.0.0/16'],
  ['ipv6', 'fd00:10:244::/56', 'fd00:10:96::/112'],
  ['dual', '10.244.0.0/16,fd00:10:244::/56', '10.96.0.0/16,fd00:10:96::/112'],
])('ranges that are not named follow from the family: %s', (ipFamily, podSubnet, serviceSubnet) => {
  expect(networkingSchema.parse({ ipFamily })).toMatchObject({ ipFamily, podSubnet, serviceSubnet });
});
