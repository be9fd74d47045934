// Our clusters and those of the real kind, side by side: alike to everything in and beside them, and in each other's hands.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { ended, nodeImage, openTestCore, succeeded, type TestCore, testEngine } from './testing/core';
import { configurationOf, nodesOf, objectNamesOf, podsOf, staticPodsOf } from './testing/fidelity';
import { leftoversOf, volumesOf } from './testing/leftovers';
import { docker, kind, kindIsMissing, kubectl } from './testing/programs';

const engine = testEngine('20.10');
const missing = kindIsMissing();
if (missing) console.warn(`Skipped: our clusters beside the real kind's, because ${missing}`);

const ours = 'bh-core-ours';
const theirs = 'bh-core-theirs';
const template = `
apiVersion: boathouse.dev/v1
kind: ClusterTemplate
metadata: {id: pair, title: Pair, description: One control plane and one worker}
spec: {nodes: [{role: control-plane}, {role: worker}]}
`;
const kindConfig = JSON.stringify({
  kind: 'Cluster',
  apiVersion: 'kind.x-k8s.io/v1alpha4',
  nodes: [{ role: 'control-plane' }, { role: 'worker' }],
});

describe.skipIf(!engine || missing)('beside the real kind', () => {
  let core: TestCore;
  const find = async (name: string) => (await core.client.clusters.list()).find((cluster) => cluster.name === name);

  beforeAll(async () => {
    core = await openTestCore(engine?.host ?? '');
    await kind(core, 'delete', 'clusters', ours, theirs);
    const config = join(core.directory, 'kind.yaml');
    await writeFile(config, kindConfig);
    const request = { name: ours, template: { yaml: template, from: 'pair.yaml' }, image: nodeImage };
    await succeeded(core.client, await core.client.clusters.create(request));
    await kind(core, 'create', 'cluster', '--name', theirs, '--image', nodeImage, '--config', config, '--wait', '5m');
    await kubectl(core, theirs, 'wait', '--for=condition=Ready', 'nodes', '--all', '--timeout=120s');
    await kubectl(core, theirs, '-n', 'kube-system', 'rollout', 'status', 'deployment/coredns', '--timeout=120s');
    // A kubelet that starts before its API server shows its static pods there when it next goes through them.
    for (const cluster of [ours, theirs]) {
      const complete = async () => expect(await staticPodsOf(core, cluster)).toHaveLength(4);
      await vi.waitFor(complete, { timeout: 120_000, interval: 1000 });
    }
  });
  afterAll(async () => {
    await kind(core, 'delete', 'clusters', ours, theirs);
    if (await find(ours)) await ended(core.client, await core.client.clusters.cleanup({ name: ours }));
    await core.close();
  });

  describe('alike', () => {
    test('nodes: labels, annotations, taints, pod ranges, identity', async () => {
      expect(await nodesOf(core, ours)).toEqual(await nodesOf(core, theirs));
    });

    test('pods in all namespaces: images, commands, environment, resources, probes', async () => {
      const pods = await podsOf(core, ours);
      // Ours asks DNS every second whether it is ready, where kubeadm's asks every ten: a cluster is ready when DNS is.
      for (const { containers } of pods.filter(({ pod }) => pod.includes('coredns'))) {
        for (const { readinessProbe } of containers) {
          expect(readinessProbe).toMatchObject({ periodSeconds: 1 });
          Object.assign(readinessProbe as object, { periodSeconds: 10 });
        }
      }
      expect(pods).toEqual(await podsOf(core, theirs));
    });

    test('objects: configuration, accounts, roles, tokens, add-ons, storage', async () => {
      const names = await objectNamesOf(core, ours);
      expect(names).toEqual(await objectNamesOf(core, theirs));
      expect(names).toEqual(
        expect.arrayContaining(['ConfigMap kube-public/cluster-info', 'Secret kube-system/bootstrap-token-*']),
      );
    });

    test('the configuration that kubeadm and kubelets read, beyond the differences that are written down', async () => {
      for (const [map, key] of [
        ['kubelet-config-1.20', 'kubelet'],
        ['kubeadm-config', 'ClusterStatus'],
        ['kube-proxy', 'config.conf'],
      ] as const) {
        expect(await configurationOf(core, ours, map, key)).toEqual(await configurationOf(core, theirs, map, key));
      }
      const own = await configurationOf(core, ours, 'kubeadm-config', 'ClusterConfiguration');
      const kinds = await configurationOf(core, theirs, 'kubeadm-config', 'ClusterConfiguration');
      // kubeadm 1.20 notes its default here when one process runs all its phases.
      const { apiServer } = kinds as { apiServer: { extraArgs: Record<string, string> } };
      expect(apiServer.extraArgs['authorization-mode']).toBe('Node,RBAC');
      delete apiServer.extraArgs['authorization-mode'];
      expect(own).toEqual(kinds);
    });
  });

  describe('ours in kind’s hands', () => {
    test('get clusters, get nodes, export kubeconfig', async () => {
      expect((await kind(core, 'get', 'clusters')).split('\n')).toEqual(expect.arrayContaining([ours, theirs]));
      const nodes = await kind(core, 'get', 'nodes', '--name', ours);
      // kind counts load balancers among the nodes here, as behind its own several control planes.
      expect(nodes.split('\n').sort()).toEqual(
        ['control-plane', 'external-load-balancer', 'worker'].map((role) => `${ours}-${role}`),
      );
      const file = join(core.directory, 'exported');
      await kind(core, 'export', 'kubeconfig', '--name', ours, '--kubeconfig', file);
      expect(await kubectl(core, ours, '--kubeconfig', file, 'get', '--raw', '/readyz')).toBe('ok');
      const clusterIn = (text: string, name: string) =>
        (parse(text) as { clusters: { name: string; cluster: object }[] }).clusters.find((one) => one.name === name);
      const exported = clusterIn(await readFile(file, 'utf8'), `kind-${ours}`);
      expect(clusterIn(await readFile(core.kubeconfig, 'utf8'), `kind-${ours}`)).toMatchObject(exported ?? {});
    });

    test('load docker-image: a pod runs from it on each node, and DNS answers it', async () => {
      await kind(core, 'load', 'docker-image', 'testbed/busybox:1', '--name', ours);
      for (const node of [`${ours}-control-plane`, `${ours}-worker`]) {
        const container = {
          name: 'main',
          image: 'testbed/busybox:1',
          imagePullPolicy: 'Never',
          command: ['nslookup', 'kubernetes.default.svc.cluster.local'],
        };
        const pod = { spec: { nodeName: node, restartPolicy: 'Never', containers: [container] } };
        const job = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: node }, spec: { template: pod } };
        const file = join(core.directory, `${node}.json`);
        await writeFile(file, JSON.stringify(job));
        await kubectl(core, ours, 'apply', '-f', file);
        await kubectl(core, ours, 'wait', '--for=condition=complete', `job/${node}`, '--timeout=60s');
        expect(await kubectl(core, ours, 'logs', `job/${node}`)).toMatch(/10\.96\.0\.1\b/);
      }
    });
  });

  describe('kind’s in ours', () => {
    test('it is in the list for what it is', async () => {
      expect(await find(theirs)).toMatchObject({
        madeBy: 'kind',
        state: 'running',
        kubernetesVersion: 'v1.20.2',
        network: 'kind',
        context: `kind-${theirs}`,
        current: true,
        apiServer: expect.stringMatching(/^https:\/\/127\.0\.0\.1:\d+$/),
        nodes: [{ role: 'control-plane' }, { role: 'worker' }],
      });
      expect((await core.client.clusters.get({ name: theirs })).nodes.map(({ ready }) => ready)).toEqual([true, true]);
    });

    test('the local registry is given to it without restarting a node, and taken from it again', async () => {
      const registry = 'boathouse-registry';
      const remove = async () => {
        await docker(core, 'rm', '-fv', registry).catch(() => {});
        await docker(core, 'volume', 'rm', '-f', registry);
      };
      await remove();
      await succeeded(core.client, await core.client.registry.create({}));
      try {
        const startOf = () => docker(core, 'inspect', '-f', '{{.State.StartedAt}}', `${theirs}-worker`);
        const own = async () => (await core.client.registry.list()).find(({ name }) => name === registry);
        const announced = () =>
          kubectl(core, theirs, '-n', 'kube-public', 'get', 'configmap', '-o', 'name').then((names) =>
            names.includes('local-registry-hosting'),
          );
        const before = await startOf();
        await succeeded(core.client, await core.client.registry.connect({ cluster: theirs }));
        expect(await own()).toMatchObject({ clusters: [theirs] });
        expect(await announced()).toBe(true);
        const image = `${(await own())?.address}/demo/kind:1`;
        await docker(core, 'tag', 'testbed/busybox:1', image);
        await docker(core, 'push', image);
        await docker(core, 'rmi', image);
        await kubectl(core, theirs, 'run', 'pushed', `--image=${image}`, '--restart=Never', '--', 'sleep', '600');
        await kubectl(core, theirs, 'wait', '--for=condition=Ready', 'pod/pushed', '--timeout=60s');
        await kubectl(core, theirs, 'delete', 'pod', 'pushed', '--now');
        expect(await startOf()).toBe(before);
        await succeeded(core.client, await core.client.registry.disconnect({ cluster: theirs }));
        expect(await announced()).toBe(false);
      } finally {
        await remove();
      }
    });

    test('stopped and started, its nodes have their addresses and are Ready', async () => {
      const addresses = async () => (await find(theirs))?.nodes.map(({ address }) => address);
      const before = await addresses();
      await succeeded(core.client, await core.client.clusters.stop({ name: theirs }));
      expect(await find(theirs)).toMatchObject({ state: 'stopped' });
      await succeeded(core.client, await core.client.clusters.start({ name: theirs }));
      expect(await addresses()).toEqual(before);
      expect((await core.client.clusters.get({ name: theirs })).nodes.map(({ ready }) => ready)).toEqual([true, true]);
      expect(await kubectl(core, theirs, 'get', '--raw', '/readyz')).toBe('ok');
    });

    test('deleted, nothing of it is left but the network that all of kind’s share', async () => {
      const volumes = await volumesOf(core, theirs);
      expect(volumes.length).toBe(2);
      await succeeded(core.client, await core.client.clusters.delete({ name: theirs }));
      expect(await leftoversOf(core, theirs, volumes)).toEqual([]);
      expect(await docker(core, 'network', 'ls', '--format', '{{.Name}}')).toMatch(/^kind$/m);
    });
  });

  test('ours deleted by kind: its network goes with our next look, when nobody uses it any more', async () => {
    const volumes = await volumesOf(core, ours);
    const guest = await docker(core, 'create', '--network', `boathouse-${ours}`, 'testbed/busybox:1', 'sleep', '600');
    await docker(core, 'start', guest);
    await kind(core, 'delete', 'cluster', '--name', ours);
    expect(await find(ours)).toBeUndefined();
    expect(await leftoversOf(core, ours, volumes)).toEqual([`network boathouse-${ours}`]);
    await docker(core, 'rm', '-f', guest);
    await core.client.clusters.list();
    expect(await leftoversOf(core, ours, volumes)).toEqual([]);
  });
});
