// What differs in nodes: they come and go by their pools, follow them in place, and are made anew for the rest.
import { describe, expect, test } from 'vitest';
import { compareCluster } from './compare';
import { brief, changesOf, cluster, image, node, plain, plainNodes, templateOf } from './testing/observed';

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
