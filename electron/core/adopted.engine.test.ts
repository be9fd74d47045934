// Clusters of k3d and minikube in our hands: seen, stopped, started and deleted as their own programs would, on real engines.
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { abilitiesOf } from '../../shared/model/cluster';
import type { Engine } from './engine/engine';
import { openTestEngine, testImage } from './engine/testing';
import { ended, openTestCore, refusalOf, succeeded, type TestCore, testEngines } from './testing/core';
import { makeK3dCluster, makeK3dRegistry, removeK3dCluster, unlessGone } from './testing/k3d';
import { sayNoRealK3s } from './testing/k3s/image';
import { makeMinikubeCluster, removeMinikubeCluster, writeProfile } from './testing/minikube';
import { docker, inNode } from './testing/programs';

sayNoRealK3s();
console.warn('Neither k3d nor minikube was run: containers were made with their labels, names, mounts and networks.');

const others = `clusters: [{name: prod, cluster: {server: "https://prod.example"}}]
contexts: [{name: prod, context: {cluster: prod, user: prod}}]
users: [{name: prod, user: {token: secret}}]
`;
const lines = (text: string) => text.split('\n').filter((line) => line !== '');

describe.each(testEngines())('on $name', ({ host, name: on }) => {
  let core: TestCore;
  let engine: Engine;
  const find = async (name: string) => (await core.client.clusters.list()).find((cluster) => cluster.name === name);
  const do_ = async (verb: 'start' | 'stop' | 'delete', name: string) =>
    succeeded(core.client, await core.client.clusters[verb]({ name }));
  /** When the engine started the containers last, in that order. */
  const inOrderOfStart = async (names: readonly string[]) => {
    const started = await Promise.all(
      names.map(async (name) => ({ name, at: (await engine.docker.getContainer(name).inspect()).State.StartedAt })),
    );
    return started.sort((a, b) => (a.at < b.at ? -1 : 1)).map(({ name }) => name);
  };

  beforeAll(async () => {
    engine = await openTestEngine(host);
  });

  describe('a cluster of k3d', () => {
    const name = 'bh-ad';
    const node = (suffix: string) => `k3d-${name}-${suffix}`;
    const shared = 'k3d-bh-ad-shared';
    const elsewhere = 'bh-ad-elsewhere';
    const port = on.includes('28') ? 23412 : 23411;

    beforeAll(async () => {
      core = await openTestCore(host);
      await tidy();
      await makeK3dCluster(engine, { name, servers: 1, agents: 1, port });
      await makeK3dRegistry(engine, node('registry'), name, [`k3d-${name}`]);
      await engine.docker.createNetwork({ Name: elsewhere });
      await makeK3dRegistry(engine, shared, '', [`k3d-${name}`, elsewhere]);
      const k3ds = `- {name: k3d-${name}, cluster: {server: "https://0.0.0.0:${port}"}}`;
      const text = others
        .replace('clusters: [{', `clusters:\n${k3ds}\n- {`)
        .replace('prod.example"}}]', 'prod.example"}}')
        .replace('users: [{', `users:\n- {name: admin@k3d-${name}, user: {client-key-data: a2V5}}\n- {`)
        .replace('secret}}]', 'secret}}');
      await mkdir(join(core.directory, 'kube'), { recursive: true });
      await writeFile(core.kubeconfig, text);
      await mkdir(join(core.directory, '.config', 'k3d'), { recursive: true });
      await writeFile(join(core.directory, '.config', 'k3d', `kubeconfig-${name}.yaml`), `name: k3d-${name}\n`);
    });
    afterAll(async () => {
      await tidy();
      await core.close();
    });

    async function tidy() {
      await removeK3dCluster(engine, name);
      for (const container of [shared, `${name}-control-plane`]) {
        await engine.docker.getContainer(container).remove({ force: true, v: true }).catch(unlessGone);
      }
      await engine.docker.getNetwork(elsewhere).remove().catch(unlessGone);
    }

    test('is listed with its nodes, roles, version, address and context', async () => {
      expect(await find(name)).toMatchObject({
        provider: 'k3s',
        madeBy: 'k3d',
        state: 'running',
        kubernetesVersion: 'v1.20.2+k3s1',
        apiServer: `https://127.0.0.1:${port}`,
        context: `k3d-${name}`,
        network: `k3d-${name}`,
        abilities: abilitiesOf({ provider: 'k3s', madeBy: 'k3d' }),
        nodes: [
          { name: node('server-0'), role: 'control-plane', state: 'running', address: expect.stringContaining('.') },
          { name: node('agent-0'), role: 'worker' },
        ],
        entrance: { name: node('serverlb'), state: 'running' },
      });
    });

    test('tells its nodes’ readiness, and gives a kubeconfig that its API accepts', async () => {
      const { nodes, state } = await core.client.clusters.get({ name });
      expect(state).toBe('running');
      expect(nodes.flatMap(({ ready }) => (ready === undefined ? [] : [ready]))).toEqual([true, true]);
      const { yaml } = await core.client.clusters.kubeconfig({ name });
      expect(parse(yaml)).toMatchObject({
        clusters: [{ name: `k3d-${name}`, cluster: { server: `https://127.0.0.1:${port}` } }],
        users: [{ name: `admin@k3d-${name}` }],
        'current-context': `k3d-${name}`,
      });
    });

    test('stops whole, keeps its address, and starts in k3d’s order with its names restored', async () => {
      await do_('stop', name);
      expect(await find(name)).toMatchObject({ state: 'stopped', apiServer: `https://127.0.0.1:${port}` });
      const operation = await do_('start', name);
      expect(operation.steps.map(({ id }) => id)).toContain('dns');
      const names = ['serverlb', 'agent-0', 'server-0'].map(node);
      expect(await inOrderOfStart(names)).toEqual(['server-0', 'agent-0', 'serverlb'].map(node));
      expect(await core.client.clusters.get({ name })).toMatchObject({ state: 'running' });

      const { IPAM } = await engine.docker.getNetwork(`k3d-${name}`).inspect();
      const gateway = IPAM?.Config?.[0]?.Gateway ?? '';
      for (const one of [node('server-0'), node('agent-0')]) {
        const hosts = lines(await inNode(core, one, 'cat', '/etc/hosts'));
        expect(hosts).toEqual(expect.arrayContaining([`${gateway} host.k3d.internal`, '192.0.2.7 db.test']));
      }
      const nodeHosts = () =>
        inNode(
          core,
          node('server-0'),
          'kubectl',
          '-n',
          'kube-system',
          'get',
          'cm',
          'coredns',
          '-o',
          'jsonpath={.data.NodeHosts}',
        );
      await expect.poll(nodeHosts, { timeout: 20_000, interval: 300 }).toContain(`${gateway} host.k3d.internal`);
      for (const suffix of ['server-0', 'agent-0', 'serverlb', 'registry']) {
        expect(await nodeHosts()).toMatch(new RegExp(`^[0-9.]+ ${node(suffix)}$`, 'm'));
      }
    });

    test('keeps its own when a cluster of the same name comes: each has a name to be called by', async () => {
      await engine.docker.createContainer({
        name: `${name}-control-plane`,
        Image: testImage,
        Cmd: ['sleep', '3600'],
        Labels: { 'io.x-k8s.kind.cluster': name, 'io.x-k8s.kind.role': 'control-plane' },
      });
      expect(await find(name)).toMatchObject({ madeBy: 'kind', context: `kind-${name}` });
      expect(await find(`k3d-${name}`)).toMatchObject({ madeBy: 'k3d', context: `k3d-${name}`, state: 'running' });
    });

    test('goes with everything that k3d’s delete removes, and with nothing that others use', async () => {
      await do_('delete', `k3d-${name}`);
      const label = `label=k3d.cluster=${name}`;
      expect(await docker(core, 'ps', '-aq', '--filter', label)).toBe('');
      expect(await docker(core, 'volume', 'ls', '-q', '--filter', label)).toBe('');
      expect(await docker(core, 'network', 'ls', '-q', '--filter', `name=k3d-${name}$`)).toBe('');
      expect(parse(await readFile(core.kubeconfig, 'utf8'))).toEqual(parse(others));
      expect(existsSync(join(core.directory, '.config', 'k3d', `kubeconfig-${name}.yaml`))).toBe(false);
      const { State, NetworkSettings } = await engine.docker.getContainer(shared).inspect();
      expect(State.Running).toBe(true);
      expect(Object.keys(NetworkSettings.Networks).sort()).toEqual([elsewhere, 'bridge'].sort());
      expect(await find(name)).toMatchObject({ madeBy: 'kind' });
    });
  });

  describe('a cluster of minikube', () => {
    const name = 'bh-admk';
    let home: string;

    beforeAll(async () => {
      core = await openTestCore(host);
      home = join(core.directory, '.minikube');
      await makeMinikubeCluster(engine, name, 2);
      await writeProfile(home, name, 2);
      await writeProfile(home, 'other', 1);
      const minikubes = `clusters:
- {name: prod, cluster: {server: "https://prod.example"}}
- name: ${name}
  cluster: {certificate-authority: ${home}/ca.crt, server: "https://127.0.0.1:1"}
contexts: [{name: ${name}, context: {cluster: ${name}, user: ${name}}}]
users: [{name: ${name}, user: {client-key: ${home}/profiles/${name}/client.key}}]
current-context: ${name}
`;
      await mkdir(join(core.directory, 'kube'), { recursive: true });
      await writeFile(core.kubeconfig, minikubes);
    });
    afterAll(async () => {
      await removeMinikubeCluster(engine, name);
      await core.close();
    });

    test('is listed with what its profile knows', async () => {
      expect(await find(name)).toMatchObject({
        provider: 'minikube',
        madeBy: 'minikube',
        state: 'running',
        kubernetesVersion: 'v1.20.2',
        apiServer: expect.stringMatching(/^https:\/\/127\.0\.0\.1:\d+$/),
        context: name,
        current: true,
        network: name,
        nodes: [
          { name, role: 'control-plane' },
          { name: `${name}-m02`, role: 'worker' },
        ],
      });
    });

    test('gives a kubeconfig of its own', async () => {
      const { apiServer } = await core.client.clusters.get({ name });
      const { yaml } = await core.client.clusters.kubeconfig({ name });
      expect(parse(yaml)).toMatchObject({
        clusters: [{ name, cluster: { server: apiServer } }],
        users: [{ name }],
        'current-context': name,
      });
    });

    test('stops from the last to the first', async () => {
      await do_('stop', name);
      const stopped = await Promise.all(
        [name, `${name}-m02`].map(async (one) => (await engine.docker.getContainer(one).inspect()).State.FinishedAt),
      );
      expect(stopped[0]?.localeCompare(stopped[1] ?? '')).toBe(1);
      expect(await find(name)).toMatchObject({ state: 'stopped' });
    });

    test('is not started without minikube’s program, and the refusal says where to get it', async () => {
      expect(await find(name)).toMatchObject({ abilities: { start: 'needs-minikube', stop: 'yes' } });
      expect(await refusalOf(core.client.clusters.start({ name }))).toMatchObject({
        code: 'program-missing',
        params: { name, program: 'minikube' },
        hints: [{ url: 'https://minikube.sigs.k8s.io/docs/start/' }],
      });
      expect((await engine.docker.getContainer(name).inspect()).State.Running).toBe(false);
    });

    test('is started by minikube’s program, on our engine, with the current context left alone', async () => {
      const said = join(core.directory, 'said');
      const minikube = join(core.directory, 'bin', 'minikube');
      await mkdir(join(core.directory, 'bin'));
      await writeFile(
        minikube,
        `#!/bin/sh\nprintf '%s\\n' "$*" "$DOCKER_HOST" "$KUBECONFIG" >${said}\nexec docker start ${name} ${name}-m02\n`,
      );
      await chmod(minikube, 0o755);
      expect(await find(name)).toMatchObject({ abilities: { start: 'yes' } });
      const { steps } = await do_('start', name);
      expect(steps.map(({ id }) => id)).toEqual([
        'program-run',
        'api-server',
        `node-ready:${name}`,
        `node-ready:${name}-m02`,
      ]);
      const words = ['start', '--profile', name, '--keep-context', '--interactive=false'].join(' ');
      expect(lines(await readFile(said, 'utf8'))).toEqual([words, host, core.kubeconfig]);
      expect(await core.client.clusters.get({ name })).toMatchObject({ state: 'running' });
    });

    test('a start that minikube fails says what it said', async () => {
      await do_('stop', name);
      const minikube = join(core.directory, 'bin', 'minikube');
      await writeFile(minikube, '#!/bin/sh\necho "Exiting due to GUEST_PROVISION"\nexit 80\n');
      const operation = await ended(core.client, await core.client.clusters.start({ name }));
      expect(operation).toMatchObject({
        state: 'failed',
        error: { code: 'exec-failed', params: { exitCode: 80 }, detail: expect.stringContaining('GUEST_PROVISION') },
      });
    });

    test('goes with its volumes, network, files and kubeconfig entries; other profiles stay', async () => {
      await do_('delete', name);
      expect(await docker(core, 'ps', '-a', '--filter', `name=${name}`, '--format', '{{.Names}}')).toBe('');
      expect(await docker(core, 'volume', 'ls', '-q', '--filter', `name=${name}`)).toBe('');
      expect(await docker(core, 'network', 'ls', '-q', '--filter', `name=${name}`)).toBe('');
      expect(existsSync(join(home, 'profiles', name))).toBe(false);
      expect(existsSync(join(home, 'machines', `${name}-m02`))).toBe(false);
      expect(existsSync(join(home, 'profiles', 'other', 'config.json'))).toBe(true);
      expect(existsSync(join(home, 'machines', 'other', 'config.json'))).toBe(true);
      expect(parse(await readFile(core.kubeconfig, 'utf8'))).toEqual({
        clusters: [{ name: 'prod', cluster: { server: 'https://prod.example' } }],
        contexts: [],
        users: [],
        'current-context': '',
      });
    });
  });
});
