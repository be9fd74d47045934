// A running cluster becomes what another template says: control planes come and go with etcd's members right, a worker is made anew, and
// the API answers through the same kubeconfig.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ClusterChange } from '../../shared/model/change';
import { createAuthority } from './clusters/providers/kubeadm/certificate';
import {
  ended,
  nodeImage,
  openTestCore,
  refusalOf,
  stepBegun,
  succeeded,
  type TestCore,
  testEngine,
} from './testing/core';
import { removeLeftovers } from './testing/leftovers';
import { docker, inNode, kubectl } from './testing/programs';

const name = 'bh-core-planes';
const authority = createAuthority('company', new Date(Date.now() - 1000), new Date(Date.now() + 86_400_000));
/** What is seen by every node, those that come later, too. */
const surroundings = `
  mounts: [{hostPath: ./shared, containerPath: /shared}]
  environment: {BOATHOUSE_WORDS: of the template}
  certificates: [{name: company, file: company.pem}]
  patches: {kubeadm: ["{kind: ClusterConfiguration, apiServer: {certSANs: [api.harbour.example]}}"]}
`;
const templateOf = (controlPlanes: number, worker: string, more = '') => `
apiVersion: boathouse.dev/v1
kind: ClusterTemplate
metadata: {id: growing, title: Growing, description: A small cluster that gets control planes}
spec:
  nodes:
  - {role: control-plane, count: ${controlPlanes}}
  - {role: worker, ${worker}}
${surroundings}${more}
`;
const small = templateOf(1, 'resources: {cpus: 1}');
const ownImage = 'testbed/of-a-pool/node:v1.20.2';
const grown = templateOf(
  3,
  `labels: {tier: b}, image: '${ownImage}', mounts: [{hostPath: ./own, containerPath: /own}],
     patches: {kubeadm: ['{kind: KubeletConfiguration, maxPods: 42}']}`,
  '  ports: [{hostPort: 29590, to: {node: worker, port: 10250}}]',
);

const engine = testEngine('20.10');

describe.skipIf(!engine)(`control planes on ${engine?.name}`, () => {
  const host = engine?.host ?? '';
  let core: TestCore;
  const first = `${name}-control-plane`;
  const worker = `${name}-worker`;
  const apply = (yaml: string) => ({ name, template: { yaml, from: 'growing.yaml', folder: core.directory } });
  const node = (ordinal: number) => `${first}${ordinal}`;
  const cluster = () => core.client.clusters.get({ name });
  const nodes = async () => (await cluster()).nodes.map((one) => one.name);
  const change = async (...changes: ClusterChange[]) =>
    succeeded(core.client, await core.client.clusters.change({ name, changes }));
  const add: ClusterChange = {
    kind: 'add-nodes',
    role: 'control-plane',
    count: 2,
    labels: {},
    taints: [],
    resources: {},
  };
  const remove = (one: string): ClusterChange => ({ kind: 'remove-node', node: one, force: false });
  const refused = (...changes: ClusterChange[]) => refusalOf(core.client.clusters.planChange({ name, changes }));
  /** Names and votes of etcd's members, as a member says. */
  const members = async (from: string) => {
    const pki = '/etc/kubernetes/pki/etcd';
    const url = 'https://127.0.0.1:2379/v3/cluster/member/list';
    const certificates = ['--cacert', `${pki}/ca.crt`, '--cert', `${pki}/server.crt`, '--key', `${pki}/server.key`];
    const answer = JSON.parse(await inNode(core, from, 'curl', '-s', ...certificates, '-d', '{}', url)) as {
      members: { name: string; isLearner?: boolean }[];
    };
    return answer.members.map((one) => (one.isLearner ? `${one.name} (learns)` : one.name)).sort();
  };
  const stored = () =>
    kubectl(core, name, '-n', 'kube-system', 'get', 'cm', 'kubeadm-config', '-o', 'jsonpath={.data}');
  /** What must be as it was when a change was cancelled. */
  const traces = async () => ({
    nodes: await nodes(),
    members: await members(first),
    stored: await stored(),
    routes: await inNode(core, `${name}-external-load-balancer`, 'cat', '/edge/routes'),
    admin: await inNode(core, first, 'cat', '/etc/kubernetes/admin.conf', '/kind/kubeadm.conf'),
    controllers: await inNode(core, first, 'grep', '-rh', 'leader-elect', '/etc/kubernetes/manifests'),
    containers: await docker(core, 'ps', '-aq', '--filter', `label=io.x-k8s.kind.cluster=${name}`),
  });

  beforeAll(async () => {
    core = await openTestCore(host);
    await removeLeftovers(core, name);
    for (const folder of ['shared', 'own']) {
      await mkdir(join(core.directory, folder));
      await writeFile(join(core.directory, folder, 'words'), `in ${folder}`);
    }
    await writeFile(join(core.directory, 'company.pem'), authority.certificate);
    await docker(core, 'tag', nodeImage, ownImage);
    const request = { ...apply(small), image: nodeImage };
    await succeeded(core.client, await core.client.clusters.create(request));
  });
  afterAll(async () => {
    await removeLeftovers(core, name);
    await docker(core, 'rmi', ownImage);
    await core.close();
  });

  test('the only one stays', async () => {
    expect(await refused(remove(first))).toMatchObject({ code: 'not-possible', params: { why: 'last' } });
  });

  test('cancelled while a member joins, all is as it was', async () => {
    const before = await traces();
    const started = await core.client.clusters.change({ name, changes: [add] });
    await stepBegun(core.client, started.operationId, 'control-plane-start');
    await core.client.operations.cancel({ id: started.operationId });
    expect(await ended(core.client, started)).toMatchObject({ state: 'cancelled', leftovers: [] });
    expect(await traces()).toEqual(before);
  });

  test('what takes a new cluster is refused with the list of it, and nothing is touched', async () => {
    const other = templateOf(3, 'labels: {}', '  networking: {podSubnet: 10.245.0.0/16}');
    const { differences, plan } = await core.client.clusters.planApply(apply(other));
    expect(differences.map(({ effort, field }) => [effort, field])).toContainEqual([
      'new-cluster',
      'networking.podSubnet',
    ]);
    expect(plan).toBeUndefined();
    const error = await refusalOf(core.client.clusters.apply(apply(other)));
    expect(error).toMatchObject({ code: 'not-possible', params: { fields: 'networking.podSubnet' } });
  });

  test('it becomes what the template says, in one operation, and a second apply has nothing to do', async () => {
    const planned = await core.client.clusters.planApply(apply(grown));
    expect(planned.differences.map(({ effort, field }) => `${effort} ${field}`)).toEqual([
      'in-place nodes[control-plane].count',
      'in-place ports[127.0.0.1:29590/tcp]',
      'in-place nodes[worker].labels',
      'rolling nodes[worker].resources',
      'rolling nodes[worker].image',
      'rolling nodes[worker].mounts',
      'rolling nodes[worker].patches',
    ]);
    const workerBefore = (await cluster()).nodes.find((one) => one.name === worker)?.containerId;
    const { operationId = '' } = await core.client.clusters.apply(apply(grown));
    await succeeded(core.client, { operationId });
    expect(await core.client.clusters.planApply(apply(grown))).toEqual({ differences: [] });
    expect(await core.client.clusters.apply(apply(grown))).toEqual({ differences: [] });
    const { yaml = '' } = await core.client.clusters.template({ name });
    expect(yaml).toContain('tier: b');
    expect(await core.client.clusters.planApply(apply(yaml))).toEqual({ differences: [] });
    expect((await cluster()).nodes.find((one) => one.name === worker)?.containerId).not.toBe(workerBefore);
    expect(await docker(core, 'inspect', worker, '--format', '{{.HostConfig.NanoCpus}}')).toBe('0');
    expect(await docker(core, 'inspect', worker, '--format', '{{.Config.Image}}')).toBe(ownImage);
    expect(await inNode(core, worker, 'cat', '/own/words')).toBe('in own');
    expect(await kubectl(core, name, 'get', 'node', worker, '-o', 'jsonpath={.status.capacity.pods}')).toBe('42');
    const answer = await fetch('http://127.0.0.1:29590/', { signal: AbortSignal.timeout(5000) });
    expect(await answer.text()).toContain('HTTPS');
  });

  test('nodes that came see, trust and are told what the others are', async () => {
    // The authority's certificate as the node's bundle of those that it trusts has it: one line of it is enough.
    const [line = ''] = authority.certificate.split('\n').slice(2);
    for (const one of [first, node(2), node(3), worker]) {
      expect(await inNode(core, one, 'cat', '/shared/words')).toBe('in shared');
      expect(await inNode(core, one, 'grep', '-cF', line, '/etc/ssl/certs/ca-certificates.crt')).toBe('1');
      expect(await inNode(core, one, 'systemctl', 'show', 'kubelet', '-p', 'Environment')).toContain('of the template');
      expect(await inNode(core, one, 'printenv', 'BOATHOUSE_WORDS')).toBe('of the template');
    }
    const names = ['x509', '-noout', '-ext', 'subjectAltName', '-in', '/etc/kubernetes/pki/apiserver.crt'];
    expect(await inNode(core, node(3), 'openssl', ...names)).toContain('api.harbour.example');
  });

  test('three members of etcd vote; all control planes are behind the entrance, marked and stored', async () => {
    expect(await nodes()).toEqual([first, node(2), node(3), worker]);
    expect(await members(first)).toEqual([first, node(2), node(3)]);
    const routes = await inNode(core, `${name}-external-load-balancer`, 'cat', '/edge/routes');
    expect(routes.trim().split(' ').slice(3)).toHaveLength(3);
    const marks = ['get', 'nodes', '-l', 'node-role.kubernetes.io/master', '-o', 'name'];
    expect((await kubectl(core, name, ...marks)).split('\n')).toHaveLength(3);
    expect(await stored()).toContain(`${name}-external-load-balancer:6443`);
    expect(await inNode(core, worker, 'cat', '/etc/kubernetes/kubelet.conf')).toContain('external-load-balancer:6443');
    const controllers = ['grep', '-rh', 'leader-elect=', '/etc/kubernetes/manifests'];
    for (const one of [first, node(2), node(3)]) expect(await inNode(core, one, ...controllers)).not.toContain('false');
  });

  test('the first of them goes, and the API goes on', async () => {
    await change(remove(first));
    expect(await nodes()).toEqual([node(2), node(3), worker]);
    expect(await members(node(2))).toEqual([node(2), node(3)]);
    expect(await kubectl(core, name, 'get', 'nodes', '-o', 'name')).not.toMatch(/control-plane$/m);
    expect(await stored()).not.toContain(`"${first}"`);
  });

  test('one that etcd needs stays', async () => {
    await docker(core, 'kill', node(3));
    expect(await refused(remove(node(2)))).toMatchObject({ code: 'not-possible', params: { why: 'quorum' } });
  });
});
