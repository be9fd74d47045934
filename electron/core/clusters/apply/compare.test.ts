// What differs between a cluster and a template, how it can be had, and that an apply leaves nothing to do.
import { describe, expect, test } from 'vitest';
import type { Difference } from '../../../../shared/model/apply';
import type { OpenPort } from '../../../../shared/model/cluster';
import { type ClusterTemplate, templateApiVersion, templateSchema } from '../../../../shared/model/template';
import { portSchema } from '../../../../shared/model/template/ports';
import { compareCluster } from './compare';
import type { Observed, ObservedNode } from './observed';
import { applyWords } from './words';

const image = 'kindest/node:v1.36.1';

function templateOf(spec: object): ClusterTemplate {
  return templateSchema.parse({
    apiVersion: templateApiVersion,
    kind: 'ClusterTemplate',
    metadata: { id: 'shop', title: 'Shop', description: 'A shop' },
    spec,
  });
}

function node(name: string, more: Partial<ObservedNode> = {}): ObservedNode {
  const role = name.startsWith('control-plane') ? 'control-plane' : 'worker';
  return { name: `shop-${name}`, role, image, labels: {}, taints: [], resources: {}, ...more };
}

function open(port: object): OpenPort {
  return { ...portSchema.parse(port), name: 'p', containerId: 'c', state: 'running', image };
}

function cluster(nodes: ObservedNode[], template?: ClusterTemplate, more: Partial<Observed> = {}): Observed {
  const subnets = { podSubnet: '10.244.0.0/16', serviceSubnet: '10.96.0.0/16' };
  return {
    provider: 'kubeadm',
    prefix: 'shop',
    nodes,
    ports: [],
    kubernetesVersion: 'v1.36.1',
    ...subnets,
    template,
    ...more,
  };
}

const brief = (differences: Difference[]) => differences.map(({ effort, field }) => `${effort} ${field}`);
const changesOf = (differences: Difference[]) => differences.flatMap(({ changes }) => changes);

const plain = templateOf({ nodes: [{ role: 'control-plane' }, { role: 'worker', count: 2 }] });
const plainNodes = [node('control-plane'), node('worker'), node('worker2')];

describe('nothing to do', () => {
  test('for the template that it was made of, known or not', () => {
    expect(compareCluster(cluster(plainNodes, plain), plain)).toEqual([]);
    expect(compareCluster(cluster(plainNodes), plain)).toEqual([]);
  });

  test('for what users did by hand: labels, taints, ports, pools', () => {
    const nodes = [
      ...plainNodes.slice(0, 2),
      node('worker2', { labels: { mine: 'yes' }, taints: [{ key: 'mine', effect: 'NoSchedule' }] }),
      node('worker3', { pool: 'by-hand' }),
    ];
    const ports = [open({ hostPort: 8080, to: { service: 'web', port: 80 } })];
    expect(compareCluster(cluster(nodes, plain, { ports }), plain)).toEqual([]);
  });

  test('for a template with everything, on the cluster that has it', () => {
    const taint = { key: 'dedicated', value: 'gpu', effect: 'NoSchedule' as const };
    const wanted = templateOf({
      kubernetes: { version: '1.36' },
      nodes: [
        { role: 'control-plane', count: 3 },
        {
          role: 'worker',
          name: 'gpu',
          labels: { tier: 'b' },
          taints: [taint],
          resources: { cpus: 1.5, memory: '2Gi' },
        },
        { role: 'worker' },
        { role: 'worker', labels: { tier: 'c' } },
      ],
      ports: [
        { hostPort: 8080, to: { service: 'web', port: 80 } },
        { hostPort: 0, to: { nodePort: 30080 } },
      ],
      environment: { A: 'b' },
    });
    const resources = { cpus: 1.5, memory: 2 * 2 ** 30 };
    const nodes = [
      ...['control-plane', 'control-plane2', 'control-plane3'].map((name) => node(name)),
      node('worker', { pool: 'gpu', labels: { tier: 'b', other: 'x' }, taints: [taint], resources }),
      node('worker2'),
      node('worker3', { labels: { tier: 'c' } }),
    ];
    const ports = [
      open({ hostPort: 8080, to: { service: 'web', port: 80 } }),
      open({ hostPort: 45_000, to: { nodePort: 30_080 } }),
    ];
    expect(compareCluster(cluster(nodes, wanted, { ports }), wanted)).toEqual([]);
  });
});

describe('nodes', () => {
  test('come in their pool, with what it says', () => {
    const labels = { tier: 'b' };
    const wanted = templateOf({
      nodes: [
        { role: 'control-plane', count: 3 },
        { role: 'worker', count: 2 },
        { role: 'worker', name: 'web', count: 2, labels },
      ],
    });
    const found = compareCluster(cluster(plainNodes, plain), wanted);
    expect(brief(found)).toEqual(['in-place nodes[control-plane].count', 'in-place nodes[web].count']);
    expect(changesOf(found)).toMatchObject([
      { kind: 'add-nodes', role: 'control-plane', count: 2 },
      { kind: 'add-nodes', role: 'worker', count: 2, pool: 'web', labels },
    ]);
    expect(found[0]).toMatchObject({ from: '1', to: '3' });
  });

  test('go, the last made first', () => {
    const nodes = [node('control-plane'), ...['worker', 'worker2', 'worker3'].map((name) => node(name))];
    const wanted = templateOf({ nodes: [{ role: 'control-plane' }, { role: 'worker' }] });
    const found = compareCluster(cluster(nodes, plain), wanted);
    expect(changesOf(found)).toEqual([
      { kind: 'remove-node', node: 'shop-worker3', force: false },
      { kind: 'remove-node', node: 'shop-worker2', force: false },
    ]);
  });

  test('go with a pool that the template has given up, after what comes', () => {
    const before = templateOf({ nodes: [{ role: 'control-plane' }, { role: 'worker', name: 'old' }] });
    const wanted = templateOf({ nodes: [{ role: 'control-plane' }, { role: 'worker', name: 'new' }] });
    const nodes = [node('control-plane'), node('worker', { pool: 'old' })];
    expect(changesOf(compareCluster(cluster(nodes, before), wanted)).map(({ kind }) => kind)).toEqual([
      'add-nodes',
      'remove-node',
    ]);
  });

  test('follow labels, and lose only those that a template gave', () => {
    const pool = (labels: object) => templateOf({ nodes: [{ role: 'control-plane' }, { role: 'worker', labels }] });
    const nodes = [node('control-plane'), node('worker', { labels: { a: '1', b: '2', mine: 'x' } })];
    const found = compareCluster(cluster(nodes, pool({ a: '1', b: '2' })), pool({ a: '3' }));
    expect(changesOf(found)).toEqual([{ kind: 'label-node', node: 'shop-worker', labels: { a: '3', b: null } }]);
  });

  test('follow taints in the same way', () => {
    const pool = (...taints: object[]) =>
      templateOf({ nodes: [{ role: 'control-plane' }, { role: 'worker', taints }] });
    const [old, fresh, mine] = ['old', 'fresh', 'mine'].map((key) => ({ key, effect: 'NoSchedule' as const }));
    if (!old || !fresh || !mine) throw new Error('three taints');
    const nodes = [node('control-plane'), node('worker', { taints: [old, mine] })];
    const found = compareCluster(cluster(nodes, pool(old)), pool(fresh));
    expect(changesOf(found)).toEqual([{ kind: 'taint-node', node: 'shop-worker', taints: [mine, fresh] }]);
  });

  test('get limits while they run; lifting one makes workers anew, and takes a new cluster for a control plane', () => {
    const limited = (role: string, resources: object) =>
      templateOf({
        nodes: role === 'worker' ? [{ role: 'control-plane' }, { role, resources }] : [{ role, resources }],
      });
    const nodes = [node('control-plane'), node('worker', { resources: { cpus: 1 } })];
    const raised = compareCluster(cluster(nodes), limited('worker', { cpus: 2, memory: '1Gi' }));
    expect(changesOf(raised)).toEqual([
      { kind: 'limit-node', node: 'shop-worker', resources: { cpus: 2, memory: '1Gi' } },
    ]);
    const lifted = compareCluster(cluster(nodes), limited('worker', {}));
    expect(brief(lifted)).toEqual(['rolling nodes[worker].resources']);
    expect(changesOf(lifted)).toEqual([{ kind: 'replace-node', node: 'shop-worker', force: false }]);
    const alone = compareCluster(
      cluster([node('control-plane', { resources: { cpus: 1 } })]),
      limited('control-plane', {}),
    );
    expect(brief(alone)).toEqual(['new-cluster nodes[control-plane].resources']);
  });

  test('are made anew for what a container is made with', () => {
    const pool = (more: object) =>
      templateOf({ nodes: [{ role: 'control-plane' }, { role: 'worker', count: 2, ...more }] });
    const mounts = [{ hostPath: '/data', containerPath: '/data' }];
    const found = compareCluster(cluster(plainNodes, pool({})), pool({ mounts }));
    expect(brief(found)).toEqual(['rolling nodes[worker].mounts']);
    expect(found[0]?.nodes).toEqual(['shop-worker', 'shop-worker2']);
    const other = compareCluster(cluster(plainNodes, pool({})), pool({ image: 'mine/node:v1.36.1' }));
    expect(other[0]).toMatchObject({ effort: 'rolling', field: 'nodes[worker].image', to: 'mine/node:v1.36.1' });
  });

  test('are made anew for a shared mount, those that it means', () => {
    const shared = (mount: object) =>
      templateOf({ nodes: plain.spec.nodes, mounts: [{ hostPath: '/a', containerPath: '/a', ...mount }] });
    const found = compareCluster(cluster(plainNodes, plain), shared({ nodes: ['worker2'] }));
    expect(found).toMatchObject([{ effort: 'rolling', field: 'mounts', nodes: ['shop-worker2'] }]);
    const moved = compareCluster(cluster(plainNodes, shared({ nodes: ['worker2'] })), shared({ nodes: ['worker'] }));
    expect(moved[0]?.nodes).toEqual(['shop-worker', 'shop-worker2']);
  });

  test('that come to belong to another pool are made anew as that has it', () => {
    const pools = (...counts: number[]) =>
      templateOf({
        nodes: [
          { role: 'control-plane' },
          { role: 'worker', count: counts[0] },
          { role: 'worker', count: counts[1], image },
        ],
      });
    const nodes = ['control-plane', 'worker', 'worker2', 'worker3'].map((name) => node(name));
    const found = compareCluster(cluster(nodes, pools(1, 2)), pools(2, 1));
    expect(found).toMatchObject([{ effort: 'rolling', field: 'nodes[worker].image', nodes: ['shop-worker2'] }]);
  });

  test('are no newer than the API server, and control planes are not made anew', () => {
    const pools = (lead: object, worker: object) =>
      templateOf({
        nodes: [
          { role: 'control-plane', ...lead },
          { role: 'worker', count: 2, ...worker },
        ],
      });
    const newer = compareCluster(cluster(plainNodes, plain), pools({}, { image: 'mine/node:v1.37.0' }));
    expect(newer).toMatchObject([{ effort: 'new-cluster', what: { code: 'version-fixed' } }]);
    const comes = pools({}, { count: 3, image: 'mine/node:v1.37.0' });
    expect(brief(compareCluster(cluster(plainNodes, comes), comes))).toContain('new-cluster nodes[worker].image');
    const older = compareCluster(cluster(plainNodes, plain), pools({}, { image: 'mine/node:v1.35.2' }));
    expect(brief(older)).toEqual(['rolling nodes[worker].image']);
    const mounts = [{ hostPath: '/data', containerPath: '/data' }];
    const lead = compareCluster(cluster(plainNodes, plain), pools({ mounts }, {}));
    expect(lead).toMatchObject([
      { effort: 'new-cluster', nodes: ['shop-control-plane'], what: { code: 'control-planes-stay' } },
    ]);
  });
});

test('a node that is made anew is made so once, and comes with all else', () => {
  const mounts = [{ hostPath: '/data', containerPath: '/data' }];
  const pool = (more: object) => templateOf({ nodes: [{ role: 'control-plane' }, { role: 'worker', ...more }] });
  const nodes = [node('control-plane'), node('worker', { resources: { cpus: 1 } })];
  const found = compareCluster(cluster(nodes, pool({})), pool({ mounts, labels: { tier: 'b' } }));
  expect(brief(found)).toEqual([
    'in-place nodes[worker].labels',
    'rolling nodes[worker].resources',
    'rolling nodes[worker].mounts',
  ]);
  expect(changesOf(found)).toEqual([{ kind: 'replace-node', node: 'shop-worker', force: false }]);
});

describe('ports', () => {
  const ports = (...wanted: object[]) => templateOf({ nodes: plain.spec.nodes, ports: wanted });
  const web = { hostPort: 8080, to: { service: 'web', port: 80 } };

  test('are opened, closed when a template had them, and led elsewhere', () => {
    const is = (before: ClusterTemplate, ...has: object[]) => cluster(plainNodes, before, { ports: has.map(open) });
    expect(changesOf(compareCluster(is(plain), ports(web)))).toMatchObject([{ kind: 'open-port', port: web }]);
    expect(changesOf(compareCluster(is(ports(web), web), plain))).toEqual([
      { kind: 'close-port', port: { hostAddress: '127.0.0.1', hostPort: 8080, protocol: 'TCP' } },
    ]);
    const moved = compareCluster(is(ports(web), web), ports({ ...web, to: { nodePort: 30_080 } }));
    expect(brief(moved)).toEqual(['in-place ports[127.0.0.1:8080/tcp]']);
    expect(moved[0]).toMatchObject({ from: 'service default/web:80', to: 'node port 30080' });
    expect(changesOf(moved).map(({ kind }) => kind)).toEqual(['close-port', 'open-port']);
  });

  test('with any number are content with the one that they got', () => {
    const any = { hostPort: 0, to: { nodePort: 30_080 } };
    const has = cluster(plainNodes, ports(any), { ports: [open({ ...any, hostPort: 41_000 })] });
    expect(compareCluster(has, ports(any))).toEqual([]);
    expect(compareCluster(has, ports(any, any)).map(({ what }) => what.code)).toEqual(['port-opened']);
    expect(changesOf(compareCluster(has, plain)).map(({ kind }) => kind)).toEqual(['close-port']);
  });
});

test('mirrors follow', () => {
  const mirrors = { 'docker.io': ['https://mirror.example.com'] };
  const found = compareCluster(
    cluster(plainNodes, plain),
    templateOf({ nodes: plain.spec.nodes, registry: { mirrors } }),
  );
  expect(brief(found)).toEqual(['in-place registry.mirrors']);
  expect(changesOf(found)).toEqual([{ kind: 'set-mirrors', mirrors }]);
});

describe('a new cluster is needed for', () => {
  const base = { nodes: plain.spec.nodes };
  test.each([
    ['networking.podSubnet', { networking: { podSubnet: '10.245.0.0/16' } }],
    ['networking.serviceSubnet', { networking: { serviceSubnet: '10.97.0.0/16' } }],
    ['networking.kubeProxy', { networking: { kubeProxy: 'ipvs' } }],
    ['networking.cni', { networking: { cni: 'none' } }],
    ['kubernetes.version', { kubernetes: { version: '1.34' } }],
    ['provider', { provider: 'k3s' }],
    ['featureGates', { featureGates: { A: true } }],
    ['patches', { patches: { containerd: ['version = 2'] } }],
    ['environment', { environment: { A: 'b' } }],
    ['mounts', { mounts: [{ hostPath: '/a', containerPath: '/a' }] }],
  ])('%s', (field, more) => {
    const found = compareCluster(cluster(plainNodes, plain), templateOf({ ...base, ...more }));
    expect(brief(found)).toEqual([`new-cluster ${field}`]);
    expect(changesOf(found)).toEqual([]);
  });

  test('never shows values that may be secret', () => {
    const secret = (value: string) => templateOf({ ...base, environment: { TOKEN: value } });
    const found = compareCluster(cluster(plainNodes, secret('hunter2')), secret('hunter3'));
    expect(JSON.stringify(found)).not.toContain('hunter');
  });

  test('not for an image of the same version by another name', () => {
    const wanted = templateOf({ ...base, kubernetes: { image: 'localhost:5000/node:v1.36.1' } });
    expect(compareCluster(cluster(plainNodes, plain), wanted)).toEqual([]);
  });
});

test('a cluster of k3s, by its own names and images; its mirrors are fixed', () => {
  const image = 'rancher/k3s:v1.35.5-k3s1';
  const names = ['server-0', 'agent-0', 'agent-1'];
  const nodes = names.map((name) =>
    node(name, { name: `k3d-shop-${name}`, role: name.startsWith('server') ? 'control-plane' : 'worker', image }),
  );
  const subnets = { podSubnet: '10.42.0.0/16', serviceSubnet: '10.43.0.0/16' };
  const of = (more: object = {}, workers: object = {}) =>
    templateOf({
      provider: 'k3s',
      networking: subnets,
      nodes: [{ role: 'control-plane' }, { role: 'worker', count: 2, ...workers }],
      ...more,
    });
  const is = cluster(nodes, of(), { provider: 'k3s', prefix: 'k3d-shop', kubernetesVersion: 'v1.35.5', ...subnets });
  expect(compareCluster(is, of({ kubernetes: { version: '1.35' } }))).toEqual([]);
  expect(changesOf(compareCluster(is, of({}, { count: 3 })))).toMatchObject([{ kind: 'add-nodes', count: 1 }]);
  const mounts = [{ hostPath: '/a', containerPath: '/a', nodes: ['agent-1'] }];
  expect(changesOf(compareCluster(is, of({ mounts })))).toEqual([
    { kind: 'replace-node', node: 'k3d-shop-agent-1', force: false },
  ]);
  const mirrors = { 'docker.io': ['https://mirror.example.com'] };
  expect(brief(compareCluster(is, of({ registry: { mirrors } })))).toEqual(['new-cluster registry.mirrors']);
  expect(brief(compareCluster(is, of({ kubernetes: { version: '1.36' } })))).toEqual([
    'new-cluster kubernetes.version',
  ]);
});

test('every word of a difference is filled', () => {
  const wanted = templateOf({
    kubernetes: { version: '1.34' },
    nodes: [
      { role: 'control-plane', labels: { a: 'b' } },
      { role: 'worker', resources: { cpus: 1 } },
    ],
    ports: [{ hostPort: 8080, to: { node: 'worker', port: 80 } }],
  });
  for (const { what } of compareCluster(cluster(plainNodes, plain), wanted)) {
    expect(Object.keys(applyWords)).toContain(what.code);
    expect(what.text).not.toMatch(/\{\{|undefined/);
  }
});
