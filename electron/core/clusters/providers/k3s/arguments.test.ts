// What k3s is told on servers and agents, by what a template says.
import { expect, test } from 'vitest';
import { specSchema, type TemplateSpec } from '../../../../../shared/model/template/spec';
import { k3sArguments } from './arguments';
import { plannedK3sNodes } from './nodes';

const names = { host: '127.0.0.1', loadBalancer: 'k3d-dev-serverlb' };
const sans = ['--tls-san', '127.0.0.1', '--tls-san', 'k3d-dev-serverlb'];
const plain = { podSubnet: '10.42.0.0/16', serviceSubnet: '10.43.0.0/16' };

function specOf(spec: object): TemplateSpec {
  return specSchema.parse({ provider: 'k3s', nodes: [{ role: 'control-plane' }], networking: plain, ...spec });
}
function told(spec: object): Record<string, string[]> {
  const parsed = specOf(spec);
  return Object.fromEntries(
    plannedK3sNodes('dev', parsed).map((node) => [node.name, k3sArguments(parsed, node, names)]),
  );
}
const server = (spec: object) => told(spec)['k3d-dev-server-0'];

test('nothing asked for: what k3d says, too', () => {
  expect(server({})).toEqual(['server', ...sans]);
});

test('nodes are called and told as k3d does it', () => {
  const nodes = [
    { role: 'worker', count: 2, labels: { tier: 'web' }, k3sArgs: ['--kubelet-arg=max-pods=50'] },
    { role: 'control-plane', count: 2, taints: [{ key: 'a', effect: 'NoExecute' }] },
  ];
  const agent = ['agent', '--snapshotter=native', '--kubelet-arg=max-pods=50', '--node-label', 'tier=web'];
  const k3s = { serverArgs: ['--disable=traefik'], agentArgs: ['--snapshotter=native'] };
  expect(told({ nodes, k3s })).toEqual({
    'k3d-dev-server-0': ['server', '--disable=traefik', '--cluster-init', '--node-taint=a:NoExecute', ...sans],
    'k3d-dev-server-1': ['server', '--disable=traefik', '--node-taint=a:NoExecute', ...sans],
    'k3d-dev-agent-0': agent,
    'k3d-dev-agent-1': agent,
  });
});

test('networking of one’s own', () => {
  const networking = { podSubnet: '10.244.0.0/16', serviceSubnet: '10.96.0.0/16', cni: 'none', kubeProxy: 'none' };
  expect(server({ networking })).toEqual([
    'server',
    '--cluster-cidr=10.244.0.0/16',
    '--service-cidr=10.96.0.0/16',
    '--flannel-backend=none',
    '--disable-kube-proxy',
    '--disable-network-policy',
    ...sans,
  ]);
  expect(server({ networking: { ...plain, kubeProxy: 'ipvs' } })).toContain('--kube-proxy-arg=proxy-mode=ipvs');
});

test('feature gates of every component, API versions of the API server', () => {
  const nodes = [{ role: 'control-plane' }, { role: 'worker' }];
  const asked = told({ nodes, featureGates: { A: true, B: false }, runtimeConfig: { 'api/alpha': 'true' } });
  expect(asked['k3d-dev-server-0']?.slice(1, -4)).toEqual([
    '--kube-apiserver-arg=feature-gates=A=true,B=false',
    '--kube-controller-manager-arg=feature-gates=A=true,B=false',
    '--kube-scheduler-arg=feature-gates=A=true,B=false',
    '--kubelet-arg=feature-gates=A=true,B=false',
    '--kube-proxy-arg=feature-gates=A=true,B=false',
    '--kube-apiserver-arg=runtime-config=api/alpha=true',
  ]);
  expect(asked['k3d-dev-agent-0']).toEqual([
    'agent',
    '--kubelet-arg=feature-gates=A=true,B=false',
    '--kube-proxy-arg=feature-gates=A=true,B=false',
  ]);
});
