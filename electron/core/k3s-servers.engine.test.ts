// Several servers of k3s: one etcd that they join in turn, an entrance that leads past those that are gone, and servers that come and go.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ClusterChange } from '../../shared/model/change';
import { createAuthority } from './clusters/providers/kubeadm/certificate';
import { openTestEngine } from './engine/testing';
import { refusalOf, succeeded, type TestCore, testEngine } from './testing/core';
import { removeK3dCluster } from './testing/k3d';
import { k3sTemplate, kubectlByContext as kubectl, openRecorded, tracesOf } from './testing/k3s/core';
import { sayNoRealK3s } from './testing/k3s/image';
import { docker, inNode } from './testing/programs';
import type { Recorder } from './testing/recorder';

sayNoRealK3s();

const engine = testEngine('28.5');

describe.skipIf(!engine)(`three servers on ${engine?.name}`, () => {
  const name = 'bh-k3sha';
  let core: TestCore;
  let recorder: Recorder;
  const trusted = createAuthority('company', new Date(), new Date(Date.now() + 86_400_000)).certificate;
  const trustedOn = (node: string) => inNode(core, node, 'cat', '/etc/ssl/certs/boathouse-company.pem');
  let close: () => Promise<void>;

  beforeAll(async () => {
    ({ core, recorder, close } = await openRecorded(engine?.host ?? ''));
    await removeK3dCluster(await openTestEngine(engine?.host ?? ''), name);
  });
  afterAll(async () => {
    await removeK3dCluster(await openTestEngine(engine?.host ?? ''), name);
    await close();
  });

  test('the first begins the etcd, the others join it one after another; the API is reached past any of them', async () => {
    const spec = '  nodes: [{role: control-plane, count: 3}]';
    const three = k3sTemplate(
      'three',
      `${spec}\n  certificates: [{name: company, inline: ${JSON.stringify(trusted)}}]`,
    );
    const operation = await succeeded(core.client, await core.client.clusters.create({ name, template: three }));
    const started = (node: number) => operation.steps.find(({ id }) => id === `k3s-start:k3d-${name}-server-${node}`);
    expect(started(1)?.startedAt).toBeGreaterThanOrEqual(started(0)?.endedAt ?? Number.POSITIVE_INFINITY);
    expect(started(2)?.startedAt).toBeGreaterThanOrEqual(started(1)?.endedAt ?? Number.POSITIVE_INFINITY);
    const servers = recorder.created.filter((one) => /-server-\d$/.test(one.name));
    const facts = servers.map(({ body }) => {
      const { Cmd, Env, Labels } = body as { Cmd: string[]; Env: string[]; Labels: Record<string, string> };
      return [Labels['k3d.server.init'], Cmd.includes('--cluster-init'), Env.some((one) => one.startsWith('K3S_URL='))];
    });
    expect(facts.sort()).toEqual([
      ['false', false, true],
      ['false', false, true],
      ['true', true, false],
    ]);
    await docker(core, 'kill', `k3d-${name}-server-2`);
    // Asked through the entrance again and again: none of the questions may end at the server that is gone.
    const ask = () => kubectl(core, 'get', '--raw', '/livez', '--request-timeout=3s').catch(String);
    const answers = async () => Promise.all([ask(), ask(), ask()]);
    await expect.poll(answers, { timeout: 15_000 }).toEqual(['ok', 'ok', 'ok']);
  });

  test('the one that is gone is removed, and another comes in its place; the one at which others join stays', async () => {
    const change = (...changes: ClusterChange[]) => core.client.clusters.change({ name, changes });
    const remove = (server: number) =>
      change({ kind: 'remove-node', node: `k3d-${name}-server-${server}`, force: false });
    expect(await refusalOf(remove(0))).toMatchObject({ code: 'not-possible', params: { why: 'joined-at' } });
    await succeeded(core.client, await remove(2));
    const servers = async () =>
      (await core.client.clusters.get({ name })).nodes.map((node) => `${node.name.slice(-1)} ${node.ready}`);
    expect(await servers()).toEqual(['0 true', '1 true']);
    const balancer = () => inNode(core, `k3d-${name}-serverlb`, 'cat', '/etc/confd/values.yaml', '/edge/routes');
    expect(await balancer()).not.toContain('server-2');
    const before = recorder.created.length;
    const adding = { role: 'control-plane', count: 1, labels: {}, taints: [], resources: {} } as const;
    await succeeded(core.client, await change({ kind: 'add-nodes', ...adding, taints: [] }));
    expect(await servers()).toEqual(['0 true', '1 true', '2 true']);
    expect(await balancer()).toContain('server-2');
    expect(await trustedOn(`k3d-${name}-server-2`)).toBe(trusted.trim());
    const made = recorder.created.slice(before).map((one) => one.name);
    expect(made).toEqual([`k3d-${name}-server-2`]);
    const [joined, anew] = ['server-1', 'server-2'].map((server) => {
      const found = recorder.created.filter((one) => one.name === `k3d-${name}-${server}`).at(-1);
      const body = (found?.body ?? {}) as { Cmd?: string[]; Env?: string[]; Labels?: Record<string, string> };
      const { Cmd, Env, Labels = {} } = body;
      return { Cmd, Env, init: Labels['k3d.server.init'], token: Labels['k3d.cluster.token'] };
    });
    expect(anew).toEqual(joined);
  });

  test('goes with everything', async () => {
    await succeeded(core.client, await core.client.clusters.delete({ name }));
    expect(await tracesOf(core, name)).toBe('');
  });
});
