// What differs between a cluster and a template, how it can be had, and that an apply leaves nothing to do.
import { describe, expect, test } from 'vitest';
import type { OpenPort } from '../../../../shared/model/cluster';
import type { ClusterTemplate } from '../../../../shared/model/template';
import { portSchema } from '../../../../shared/model/template/ports';
import { compareCluster } from './compare';
import { brief, changesOf, cluster, image, node, plain, plainNodes, templateOf } from './testing/observed';
import { applyWords } from './words';

function open(port: object): OpenPort {
  return { ...portSchema.parse(port), name: 'p', containerId: 'c', state: 'running', image };
}

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
