// What is left when a create is torn off in the middle: it is known for what it is, offered for clean-up, and then gone.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Wire, wireToEngine } from './engine/testing';
import { ended, nodeImage, openTestCore, stepBegun, succeeded, type TestCore, testEngine } from './testing/core';
import { killDuring } from './testing/kill-core';
import { leftoversOf, volumesOf } from './testing/leftovers';
import { kubectlJson } from './testing/programs';

const engine = testEngine('20.10');

const stateOf = async (core: TestCore, name: string) =>
  (await core.client.clusters.list()).find((cluster) => cluster.name === name)?.state;
const checkOf = async (core: TestCore, name: string) =>
  (await core.client.diagnostics.checks()).find(({ id }) => id.includes(name));

describe.skipIf(!engine)('the core is killed', () => {
  const name = 'bh-core-killed';
  let core: TestCore;
  beforeAll(async () => {
    core = await openTestCore(engine?.host ?? '');
  });
  afterAll(() => core.close());

  const order = () => ({
    directory: core.directory,
    engine: engine?.host ?? '',
    work: { create: { name, image: nodeImage } },
  });

  test('with the nodes half-made: the next core says so, the doctor offers to clean up, and does', async () => {
    await killDuring('control-plane-start', order());
    const volumes = await volumesOf(core, name);
    expect(volumes.length).toBe(1);
    expect(await leftoversOf(core, name, volumes)).toContain(`container ${name}-control-plane`);
    expect(await stateOf(core, name)).toBe('incomplete');
    const check = await checkOf(core, name);
    expect(check).toMatchObject({ group: 'clusters', verdict: 'problem', code: 'create-interrupted' });
    expect(check?.fix).toContain(name);
    const { text } = await core.client.diagnostics.fix({ id: check?.id ?? '' });
    expect(text).toContain(name);
    expect(await leftoversOf(core, name, volumes)).toEqual([]);
    expect(await checkOf(core, name)).toBeUndefined();
    expect(await stateOf(core, name)).toBeUndefined();
  });

  test('before anything but the network was made: the network is not taken for garbage of others, and mended', async () => {
    await killDuring('network-create', order());
    expect(await checkOf(core, name)).toMatchObject({ verdict: 'problem' });
    // The engine may still be making what the killed core asked for: what comes after a mending is told and mended, too.
    await vi.waitFor(
      async () => {
        const check = await checkOf(core, name);
        if (check) await core.client.diagnostics.fix({ id: check.id });
        expect(await leftoversOf(core, name, [])).toEqual([]);
        expect(await checkOf(core, name)).toBeUndefined();
      },
      { timeout: 30_000, interval: 500 },
    );
  });

  test('and its remains deleted by hand: a new cluster of that name is a whole one, of one node that runs pods', async () => {
    const request = { name, template: { id: 'single' }, image: nodeImage, switchContext: false };
    await killDuring('node-boot', order());
    await succeeded(core.client, await core.client.clusters.delete({ name }));
    await succeeded(core.client, await core.client.clusters.create(request));
    expect(await core.client.clusters.get({ name })).toMatchObject({ state: 'running', current: false });
    expect(await checkOf(core, name)).toBeUndefined();

    type Nodes = { items: { metadata: { labels: Record<string, string> }; spec: { taints?: unknown } }[] };
    const { items } = await kubectlJson<Nodes>(core, name, 'get', 'nodes');
    expect(items.map(({ spec }) => spec.taints)).toEqual([undefined]);
    expect(Object.keys(items[0]?.metadata.labels ?? {})).toContain('node-role.kubernetes.io/control-plane');
    expect(Object.keys(items[0]?.metadata.labels ?? {})).not.toContain(
      'node.kubernetes.io/exclude-from-external-load-balancers',
    );
    expect(await core.client.kubeconfig.use({ name })).toEqual({ context: `kind-${name}`, file: core.kubeconfig });
    expect((await core.client.clusters.get({ name })).current).toBe(true);
    await succeeded(core.client, await core.client.clusters.delete({ name }));
  });
});

describe.skipIf(!engine)('the engine goes away', () => {
  const name = 'bh-core-cut';
  let directory: string;
  let wire: Wire;
  let core: TestCore;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'boathouse-wire-'));
    wire = await wireToEngine(join(directory, 'docker.sock'));
    core = await openTestCore(`unix://${join(directory, 'docker.sock')}`);
  });
  afterAll(async () => {
    await core.close();
    await wire.close();
    await rm(directory, { recursive: true, force: true });
  });

  test('in the middle of a create: a clear error that names what is left; with the engine back it can be cleaned up', async () => {
    const { operationId } = await core.client.clusters.create({ name, template: { id: 'single' }, image: nodeImage });
    await stepBegun(core.client, operationId, 'control-plane-start');
    const volumes = await volumesOf(core, name);
    await wire.close();
    const operation = await ended(core.client, { operationId });
    expect(operation).toMatchObject({ state: 'failed', error: { code: 'engine-unreachable' } });
    expect(operation.error?.hints.length).toBeGreaterThan(0);
    expect(operation.leftovers).toEqual([expect.stringContaining('containers and network')]);

    wire = await wireToEngine(join(directory, 'docker.sock'));
    expect(await stateOf(core, name)).toBe('incomplete');
    const check = await checkOf(core, name);
    expect(check).toMatchObject({ verdict: 'problem', code: 'left-behind' });
    await core.client.diagnostics.fix({ id: check?.id ?? '' });
    expect(await leftoversOf(core, name, volumes)).toEqual([]);
    expect(await readFile(core.kubeconfig, 'utf8').catch(() => '')).toBe('');
    expect(await checkOf(core, name)).toBeUndefined();
  });
});
