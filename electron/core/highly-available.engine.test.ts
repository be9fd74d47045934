// Three control planes: any one container may die, and the API answers again through the same kubeconfig; they outlive restarts.
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { containersOf } from '../../shared/model/cluster';
import { nodeImage, openTestCore, roundsOf, succeeded, type TestCore, testEngine } from './testing/core';
import { removeLeftovers } from './testing/leftovers';
import { docker, inNode, kubectl } from './testing/programs';

const name = 'bh-core-ha';
const template = `
apiVersion: boathouse.dev/v1
kind: ClusterTemplate
metadata: {id: three, title: Three, description: Three control planes}
spec: {nodes: [{role: control-plane, count: 3}]}
`;
const rounds = roundsOf(2);
/** Milliseconds in which the API has to answer again. */
const limit = 10_000;

/** How etcd's members answer, asked in the first control plane's etcd. */
async function healthOfEtcd(core: TestCore): Promise<string[]> {
  const script = `
    container=$(ctr -n k8s.io tasks ls -q | while read -r id; do ctr -n k8s.io containers info "$id" | grep -q 'container.name": "etcd"' && echo "$id"; done | head -n 1)
    pki=/etc/kubernetes/pki/etcd
    ctr -n k8s.io tasks exec --exec-id "health$$" "$container" etcdctl --cacert $pki/ca.crt --cert $pki/peer.crt --key $pki/peer.key endpoint health --cluster`;
  const output = await inNode(core, `${name}-control-plane`, 'bash', '-c', `(${script}) 2>&1`);
  return output.split('\n').filter((line) => line.includes(' is healthy'));
}

// What runs in nodes is the same on every engine; on the other one control planes come and go in `apply.engine.test.ts`.
const engine = testEngine('28.5');

describe.skipIf(!engine)(`three control planes on ${engine?.name}`, () => {
  let core: TestCore;
  let configuration: string;
  const cluster = () => core.client.clusters.get({ name });

  beforeAll(async () => {
    core = await openTestCore(engine?.host ?? '');
    await removeLeftovers(core, name);
    const request = { name, template: { yaml: template, from: 'three.yaml' }, image: nodeImage };
    await succeeded(core.client, await core.client.clusters.create(request));
    configuration = await readFile(core.kubeconfig, 'utf8');
  });
  afterAll(async () => {
    await removeLeftovers(core, name);
    await core.close();
  });

  test('are what kubeadm would have joined: marked, in its configuration, and members of one etcd', async () => {
    const { nodes, entrance, state } = await cluster();
    expect([state, nodes.map((node) => node.ready)]).toEqual(['running', [true, true, true]]);
    expect(entrance?.name).toBe(`${name}-external-load-balancer`);
    const marked = await kubectl(core, name, 'get', 'nodes', '-l', 'node-role.kubernetes.io/master', '-o', 'name');
    expect(marked.split('\n')).toHaveLength(3);
    const taints = await kubectl(core, name, 'get', 'nodes', '-o', 'jsonpath={.items[*].spec.taints[*].key}');
    expect(taints.split(' ')).toEqual(Array(3).fill('node-role.kubernetes.io/master'));
    const stored = await kubectl(core, name, '-n', 'kube-system', 'get', 'configmap', 'kubeadm-config', '-o', 'yaml');
    for (const node of nodes) expect(stored).toContain(`${node.name}:`);
    expect(stored).toContain(`controlPlaneEndpoint: ${name}-external-load-balancer:6443`);
    expect(await healthOfEtcd(core)).toHaveLength(3);
  });

  test('kubeadm can still join a fourth', async () => {
    const words = ['kubeadm', 'token', 'create', '--print-join-command'];
    expect(await inNode(core, `${name}-control-plane2`, ...words)).toMatch(
      new RegExp(`^kubeadm join ${name}-external-load-balancer:6443 --token`, 'm'),
    );
  });

  test('any one container is killed: the API answers again, through the same kubeconfig', async () => {
    // The live list is what notices that an entrance is gone.
    const watching = new AbortController();
    const watch = (async () => {
      for await (const _ of await core.client.clusters.watch(undefined, { signal: watching.signal }));
    })().catch(() => {});
    const times: string[] = [];
    for (const { name: victim } of containersOf(await cluster())) {
      await docker(core, 'kill', victim);
      const killed = performance.now();
      const ask = () => kubectl(core, name, 'get', '--raw', '/readyz', '--request-timeout=2s');
      await vi.waitFor(async () => expect(await ask()).toBe('ok'), { timeout: limit, interval: 50 });
      times.push(`${victim} ${((performance.now() - killed) / 1000).toFixed(1)} s`);
      await vi.waitFor(() => kubectl(core, name, 'create', 'configmap', `after-${victim}`), { timeout: limit });
      await succeeded(core.client, await core.client.clusters.start({ name }));
    }
    console.log(`answered again after: ${times.join(', ')}`);
    watching.abort();
    await watch;
    expect((await cluster()).state).toBe('running');
    expect(await healthOfEtcd(core)).toHaveLength(3);
  });

  test(`all stopped and started ${rounds} times: Ready each time, etcd whole`, async () => {
    for (let round = 1; round <= rounds; round += 1) {
      await succeeded(core.client, await core.client.clusters.stop({ name }));
      expect((await cluster()).state).toBe('stopped');
      await succeeded(core.client, await core.client.clusters.start({ name }));
      const { state, nodes } = await cluster();
      expect([state, nodes.map((node) => node.ready)]).toEqual(['running', [true, true, true]]);
      expect(await healthOfEtcd(core)).toHaveLength(3);
    }
    expect(await readFile(core.kubeconfig, 'utf8')).toBe(configuration);
  });
});
