// The create bodies of node containers.
import { describe, expect, test } from 'vitest';
import { type NodeContainerRequest, nodeContainer } from './container';
import { engineTraits } from './engine-traits';
import { ownLabels } from './labels';

const plain = engineTraits({});

function request(changes: Partial<NodeContainerRequest> = {}): NodeContainerRequest {
  return {
    cluster: 'dev',
    node: { name: 'dev-control-plane', role: 'control-plane', address: '10.89.0.2' },
    image: 'kindest/node:v1.36.1',
    network: 'boathouse-dev',
    engine: plain,
    proxyEnvironment: [],
    facts: { version: '0.1.0', template: 'single', operation: 'op1', kubernetesVersion: 'v1.36.1' },
    ...changes,
  };
}

const worker = { node: { name: 'dev-worker', role: 'worker' as const, address: '10.89.0.3' } };

test('a control plane is kind’s, with an address and our labels, and publishes nothing', () => {
  expect(nodeContainer(request())).toEqual({
    name: 'dev-control-plane',
    Hostname: 'dev-control-plane',
    Image: 'kindest/node:v1.36.1',
    Tty: true,
    AttachStdin: false,
    AttachStdout: false,
    AttachStderr: false,
    OpenStdin: false,
    Env: ['KUBECONFIG=/etc/kubernetes/admin.conf'],
    Labels: {
      'io.x-k8s.kind.cluster': 'dev',
      'io.x-k8s.kind.role': 'control-plane',
      'dev.boathouse.version': '0.1.0',
      'dev.boathouse.template': 'single',
      'dev.boathouse.operation': 'op1',
      'dev.boathouse.kubernetes-version': 'v1.36.1',
      'dev.boathouse.address': '10.89.0.2',
    },
    Volumes: { '/var': {} },
    HostConfig: {
      NetworkMode: 'boathouse-dev',
      RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 1 },
      Init: false,
      Privileged: true,
      CgroupnsMode: 'private',
      SecurityOpt: ['seccomp=unconfined', 'apparmor=unconfined'],
      Tmpfs: { '/tmp': '', '/run': '' },
      Binds: ['/lib/modules:/lib/modules:ro'],
    },
    NetworkingConfig: { EndpointsConfig: { 'boathouse-dev': { IPAMConfig: { IPv4Address: '10.89.0.2' } } } },
  });
});

test('a worker has no kubeconfig', () => {
  const body = nodeContainer(request(worker));
  expect(body.Env).toEqual([]);
  expect(body.Labels?.['io.x-k8s.kind.role']).toBe('worker');
});

test('labels of unknown facts are left out', () => {
  const labels = nodeContainer(request({ facts: { version: '0.1.0' } })).Labels ?? {};
  for (const label of [ownLabels.template, ownLabels.operation, ownLabels.kubernetesVersion]) {
    expect(labels).not.toHaveProperty(label);
  }
});

describe('engines', () => {
  const hostConfig = (changes: Partial<NodeContainerRequest['engine']>) =>
    nodeContainer(request({ engine: { ...plain, ...changes } })).HostConfig;

  test('with remapped users give nodes the host’s user namespace', () => {
    expect(hostConfig({ userNamespaces: true })?.UsernsMode).toBe('host');
  });

  test('on file systems that need it show the device mapper', () => {
    expect(hostConfig({ needsDeviceMapper: true })?.Binds).toEqual([
      '/lib/modules:/lib/modules:ro',
      '/dev/mapper:/dev/mapper',
    ]);
  });

  test('without root show /dev/fuse', () => {
    expect(hostConfig({ rootless: true })?.Devices).toEqual([
      { PathOnHost: '/dev/fuse', PathInContainer: '/dev/fuse', CgroupPermissions: 'rwm' },
    ]);
  });
});

test('proxies and the snapshotter reach the node', () => {
  const body = nodeContainer(
    request({ ...worker, proxyEnvironment: ['HTTP_PROXY=http://p:1'], snapshotter: 'native' }),
  );
  expect(body.Env).toEqual(
    expect.arrayContaining(['HTTP_PROXY=http://p:1', 'KIND_EXPERIMENTAL_CONTAINERD_SNAPSHOTTER=native']),
  );
});

test('mounts are binds with kind’s options, in the order of the template', () => {
  const plain = { hostPath: '/data', containerPath: '/d', readOnly: false, selinuxRelabel: false } as const;
  const mounts = [
    { ...plain, propagation: 'None' },
    { ...plain, readOnly: true, selinuxRelabel: true, propagation: 'HostToContainer' },
    { ...plain, propagation: 'Bidirectional' },
  ] as const;
  expect(nodeContainer(request({ mounts })).HostConfig?.Binds).toEqual([
    '/lib/modules:/lib/modules:ro',
    '/data:/d',
    '/data:/d:ro,Z,rslave',
    '/data:/d:rshared',
  ]);
});

test('the template’s environment wins over what has the same name', () => {
  const body = nodeContainer(
    request({ proxyEnvironment: ['HTTP_PROXY=http://p:1', 'NO_PROXY=a'], environment: { HTTP_PROXY: '', A: 'b=c' } }),
  );
  expect(body.Env).toEqual(['NO_PROXY=a', 'KUBECONFIG=/etc/kubernetes/admin.conf', 'HTTP_PROXY=', 'A=b=c']);
});

test('search domains are told to the engine and to the image’s entrypoint; an empty list takes them away', () => {
  const some = nodeContainer(request({ ...worker, dnsSearch: ['a.example', 'b'] }));
  expect([some.Env, some.HostConfig?.DnsSearch]).toEqual([['KIND_DNS_SEARCH=a.example b'], ['a.example', 'b']]);
  const none = nodeContainer(request({ ...worker, dnsSearch: [] }));
  expect([none.Env, none.HostConfig?.DnsSearch]).toEqual([['KIND_DNS_SEARCH='], ['.']]);
  expect(nodeContainer(request(worker)).HostConfig).not.toHaveProperty('DnsSearch');
});

test('with IPv6 a node has a second static address, and kind’s settings of the kernel', () => {
  const node = { ...worker.node, ipv6Address: 'fc00::3' };
  const { HostConfig, NetworkingConfig } = nodeContainer(request({ node }));
  expect(HostConfig?.Sysctls).toEqual({
    'net.ipv6.conf.all.disable_ipv6': '0',
    'net.ipv6.conf.all.forwarding': '1',
  });
  expect(NetworkingConfig?.EndpointsConfig).toEqual({
    'boathouse-dev': { IPAMConfig: { IPv4Address: '10.89.0.3', IPv6Address: 'fc00::3' } },
  });
});
