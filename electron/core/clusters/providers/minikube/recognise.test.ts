// minikube's clusters as the engine lists what its docker driver makes (minikube 1.38), with and without its profiles.
import { expect, test } from 'vitest';
import type { ListedContainer } from '../../listed';
import { minikubeHome, parseProfile } from './profiles';
import { possibleProfiles, recogniseMinikube } from './recognise';

function machine(name: string, network: string, change: Partial<ListedContainer> = {}): ListedContainer {
  return {
    Id: `id-${name}`,
    Names: [`/${name}`],
    Image: 'gcr.io/k8s-minikube/kicbase:v0.0.50',
    State: 'running',
    Created: 1_767_225_600,
    Labels: {
      'created_by.minikube.sigs.k8s.io': 'true',
      'name.minikube.sigs.k8s.io': name,
      'mode.minikube.sigs.k8s.io': name,
      'role.minikube.sigs.k8s.io': '',
    },
    Ports: [
      { IP: '127.0.0.1', PrivatePort: 22, PublicPort: 32768 },
      { IP: '127.0.0.1', PrivatePort: 8443, PublicPort: 32771 },
    ],
    NetworkSettings: { Networks: { [network]: { IPAMConfig: { IPv4Address: '192.168.49.2' } } } },
    ...change,
  };
}

function profileText(change: object = {}): string {
  return JSON.stringify({
    Name: 'dev',
    Driver: 'docker',
    APIServerPort: 8443,
    KubernetesConfig: { KubernetesVersion: 'v1.34.1', ClusterName: 'dev' },
    Nodes: [
      { Name: '', IP: '192.168.49.2', Port: 8443, ControlPlane: true, Worker: true },
      { Name: 'm02', IP: '192.168.49.3', Port: 8443, ControlPlane: true, Worker: true },
      { Name: 'm03', IP: '192.168.49.4', Port: 0, ControlPlane: false, Worker: true },
    ],
    ...change,
  });
}

const three = [machine('dev-m03', 'dev'), machine('dev', 'dev'), machine('dev-m02', 'dev')];

test('with its profile: version, and which of the machines are control planes', () => {
  const profile = parseProfile('dev', profileText());
  const [cluster, ...more] = recogniseMinikube(three, profile ? [profile] : [], true);
  expect(more).toEqual([]);
  expect(cluster).toMatchObject({
    name: 'dev',
    provider: 'minikube',
    madeBy: 'minikube',
    kubernetesVersion: 'v1.34.1',
    apiServer: 'https://127.0.0.1:32771',
    context: 'dev',
    network: 'dev',
    nodes: [
      { name: 'dev', role: 'control-plane', address: '192.168.49.2' },
      { name: 'dev-m02', role: 'control-plane' },
      { name: 'dev-m03', role: 'worker' },
    ],
  });
});

test('without its profile machines belong together by their network, and the first is the control plane', () => {
  const [cluster, ...more] = recogniseMinikube(three, [], false);
  expect(more).toEqual([]);
  expect(cluster?.nodes.map(({ role }) => role)).toEqual(['control-plane', 'worker', 'worker']);
  expect(cluster).not.toHaveProperty('kubernetesVersion');
});

test('the first machine may be gone; a profile that is only named like a machine stays one of its own', () => {
  expect(recogniseMinikube([machine('dev-m02', 'dev')], [], false).map(({ name }) => name)).toEqual(['dev']);
  expect(recogniseMinikube([machine('team-m02', 'team-m02')], [], false).map(({ name }) => name)).toEqual(['team-m02']);
  const own = parseProfile('dev-m02', profileText({ Nodes: [{ Name: '', ControlPlane: true }] }));
  const clusters = recogniseMinikube([machine('dev', 'dev'), machine('dev-m02', 'dev-m02')], own ? [own] : [], false);
  expect(clusters.map(({ name }) => name)).toEqual(['dev', 'dev-m02']);
});

test('a stopped one has no API, since its port changes at each start; another API port is the profile’s', () => {
  const [stopped] = recogniseMinikube([machine('dev', 'dev', { State: 'exited', Ports: [] })], [], false);
  expect(stopped).not.toHaveProperty('apiServer');
  const profile = parseProfile('dev', profileText({ APIServerPort: 9443 }));
  const Ports = [
    { IP: '127.0.0.1', PrivatePort: 8443, PublicPort: 32771 },
    { IP: '127.0.0.1', PrivatePort: 9443, PublicPort: 32772 },
  ];
  const [moved] = recogniseMinikube([machine('dev', 'dev', { Ports })], profile ? [profile] : [], false);
  expect(moved?.apiServer).toBe('https://127.0.0.1:32772');
});

test('the profiles that are looked for are those that the machines’ names speak of', () => {
  expect(possibleProfiles([machine('dev-m02', 'dev')])).toEqual(['dev-m02', 'dev']);
});

test.each(['{', '[]', '{"Driver":"kvm2"}', '{"Nodes":"none"}'])('%s is no profile of the docker driver', (text) => {
  expect(parseProfile('dev', text)).toBeUndefined();
});

test('a profile with little in it is one still', () => {
  expect(parseProfile('dev', '{}')).toEqual({
    name: 'dev',
    kubernetesVersion: undefined,
    apiPort: undefined,
    machines: new Map(),
  });
});

test.each([
  [undefined, '/home/ana/.minikube'],
  ['', '/home/ana/.minikube'],
  ['/data', '/data/.minikube'],
  ['/data/.minikube', '/data/.minikube'],
  ['/data/my.minikube', '/data/my.minikube/.minikube'],
])('MINIKUBE_HOME=%s means %s', (MINIKUBE_HOME, home) => {
  expect(minikubeHome({ environment: { MINIKUBE_HOME }, homeDirectory: '/home/ana' })).toBe(home);
});
