// Bad input, and faults of the surroundings: each ends in a clear error with a next step, nothing lost and nothing left behind.
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ErrorData } from '../../shared/model/errors';
import { ended, nodeImage, openTestCore, refusalOf, stepBegun, type TestCore, testEngine } from './testing/core';
import { leftoversOf } from './testing/leftovers';
import { docker } from './testing/programs';

const engine = testEngine('28.5');
const name = 'bh-core-faults';

describe.skipIf(!engine)('what is refused at once', () => {
  let core: TestCore;
  beforeAll(async () => {
    core = await openTestCore(engine?.host ?? '');
  });
  afterAll(() => core.close());
  afterEach(async () => expect(await leftoversOf(core, name, [])).toEqual([]));

  const request = (change: object) => ({ name, template: { id: 'single' }, image: nodeImage, ...change });
  const refusal = (change: object) => refusalOf(core.client.clusters.create(request(change)));

  test.each([
    ['empty', '', 'a cluster needs a name'],
    ['too long', 'a'.repeat(49), 'at most 48 characters'],
    ['no DNS label', 'My_Cluster', 'lower-case letters, digits and dashes'],
    ['with a dash at its end', 'shop-', 'beginning and ending with a letter or digit'],
    ['with a dot', 'shop.dev', 'lower-case letters, digits and dashes'],
  ])('a name that is %s', async (_name, bad, words) => {
    const refused = core.client.clusters.create({ ...request({}), name: bad });
    // The contract's own refusal: every front turns its issues into words.
    await expect(refused).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    const { data } = (await refused.catch((error: unknown) => error)) as { data: { issues: { message: string }[] } };
    expect(data.issues.map(({ message }) => message).join()).toContain(words);
  });

  test('a name that is taken by another container', async () => {
    const container = `${name}-control-plane`;
    await docker(core, 'create', '--name', container, 'testbed/busybox:1');
    try {
      const error = await refusal({});
      expect(error).toMatchObject({ code: 'name-taken', message: `There already is a container named ${container}` });
      expect(error.hints.length).toBeGreaterThan(0);
    } finally {
      await docker(core, 'rm', container);
    }
  });

  test('a template that nobody knows, with the one that was meant', async () => {
    const error = await refusal({ template: { id: 'three-nodes' } });
    expect(error.code).toBe('template-unknown');
    expect(wordsOf(error)).toContain('Did you mean three-node?');
  });

  test('a template with a wrong type at line 7', async () => {
    const yaml = [
      'apiVersion: boathouse.dev/v1',
      'kind: ClusterTemplate',
      'metadata: {id: mine, title: Mine, description: My own}',
      'spec:',
      '  nodes:',
      '    - role: control-plane',
      '      count: many',
    ].join('\n');
    const error = await refusal({ template: { yaml, from: 'mine.yaml' } });
    expect(error.code).toBe('template-invalid');
    expect(wordsOf(error)).toContain('line 7, column 14: spec.nodes[0].count must be a number');
  });

  test('a Kubernetes version that the catalogue does not have', async () => {
    const yaml = [
      'apiVersion: boathouse.dev/v1',
      'kind: ClusterTemplate',
      'metadata: {id: mine, title: Mine, description: My own}',
      'spec:',
      '  kubernetes: {version: v1.2.3}',
      '  nodes: [{role: control-plane}]',
    ].join('\n');
    const error = await refusalOf(core.client.clusters.plan({ name, template: { yaml, from: 'mine.yaml' } }));
    expect(error.code).toBe('bad-input');
    expect(wordsOf(error)).toContain('1.2.3');
  });

  test('a cluster, an operation and a check that do not exist', async () => {
    const { clusters, operations, diagnostics } = core.client;
    const calls = [
      clusters.get({ name: 'bh-core-ghost' }),
      clusters.start({ name: 'bh-core-ghost' }),
      clusters.stop({ name: 'bh-core-ghost' }),
      clusters.delete({ name: 'bh-core-ghost' }),
      clusters.cleanup({ name: 'bh-core-ghost' }),
      clusters.kubeconfig({ name: 'bh-core-ghost' }),
      operations.cancel({ id: 'ghost' }),
      operations.dismiss({ id: 'ghost' }),
      diagnostics.fix({ id: 'ghost' }),
    ];
    const errors = await Promise.all(calls.map(refusalOf));
    expect(errors.map(({ code }) => code)).toEqual(calls.map(() => 'not-found'));
  });
});

describe.skipIf(!engine)('what fails on the way', () => {
  let core: TestCore;
  beforeAll(async () => {
    core = await openTestCore(engine?.host ?? '');
  });
  afterAll(() => core.close());

  test('an image that cannot be pulled', async () => {
    const image = '127.0.0.1:9/nowhere/node:v1';
    const plan = await core.client.clusters.plan({ name, template: { id: 'single' }, image });
    expect(plan.plan.steps.map(({ kind }) => kind)).toContain('image-pull');
    const started = await core.client.clusters.create({ name, template: { id: 'single' }, image });
    const operation = await ended(core.client, started);
    expect(operation).toMatchObject({ state: 'failed', leftovers: [], error: { code: 'image-pull-failed' } });
    expect(operation.error?.hints.length).toBeGreaterThan(0);
    expect(await leftoversOf(core, name, [])).toEqual([]);
  });

  const notANode = { name, template: { id: 'single' }, image: 'testbed/busybox:1' };

  test('an image that is no node image: taken back', async () => {
    const operation = await ended(core.client, await core.client.clusters.create(notANode));
    expect(operation).toMatchObject({ state: 'failed', leftovers: [], error: { code: 'node-boot-failed' } });
    expect(operation.error?.message).toContain('testbed/busybox:1 is not a Kubernetes node image');
    expect(await leftoversOf(core, name, [])).toEqual([]);
    expect((await core.client.clusters.list()).map((cluster) => cluster.name)).not.toContain(name);
  });

  test('kept on failure: it shows as incomplete, also to another core, until it is cleaned up', async () => {
    const started = await core.client.clusters.create({ ...notANode, keepOnFailure: true });
    const operation = await ended(core.client, started);
    expect(operation.state).toBe('failed');
    expect(wordsOf(operation.error)).toContain(`boathouse cleanup ${name}`);
    expect((await leftoversOf(core, name, [])).sort()).toEqual([
      `container ${name}-control-plane`,
      `network boathouse-${name}`,
    ]);
    await core.restart();
    const stateNow = async () => (await core.client.clusters.list()).find((cluster) => cluster.name === name)?.state;
    expect(await stateNow()).toBe('incomplete');
    expect(await refusalOf(core.client.clusters.create(notANode))).toMatchObject({ code: 'name-taken' });
    expect(await ended(core.client, await core.client.clusters.cleanup({ name }))).toMatchObject({ state: 'done' });
    expect(await leftoversOf(core, name, [])).toEqual([]);
    expect(await stateNow()).toBeUndefined();
    expect((await core.client.diagnostics.checks()).filter(({ id }) => id.includes(name))).toEqual([]);
  });
});

const foreign = `# My clusters
apiVersion: v1
kind: Config
clusters:
- {name: kind-${name}, cluster: {server: https://prod.example.com}}
contexts:
- {name: kind-${name}, context: {cluster: kind-${name}, user: me}}
users:
- {name: me, user: {token: secret}}
current-context: kind-${name}
`;

describe.skipIf(!engine)('a kubeconfig that cannot take the cluster', () => {
  let core: TestCore;
  const request = { name, template: { id: 'single' }, image: nodeImage };
  beforeEach(async () => {
    core = await openTestCore(engine?.host ?? '');
    await mkdir(dirname(core.kubeconfig), { recursive: true });
  });
  afterEach(async () => {
    expect(await leftoversOf({ ...core, kubeconfig: '' }, name, [])).toEqual([]);
    await core.close();
  });

  test.each([
    ['is not YAML', 'clusters: [', 'kubeconfig-invalid'],
    ['has an entry of somebody else', foreign, 'kubeconfig-foreign-entry'],
  ])('%s: refused before anything is made', async (_name, text, code) => {
    await writeFile(core.kubeconfig, text);
    const error = await refusalOf(core.client.clusters.create(request));
    expect(error).toMatchObject({ code, params: { file: core.kubeconfig } });
    expect(error.hints.length).toBeGreaterThan(0);
    expect(await readFile(core.kubeconfig, 'utf8')).toBe(text);
  });

  test.each(['locked', 'protected'])('is %s: failed before anything is made', async (how) => {
    await writeFile(core.kubeconfig, '# mine\n');
    if (how === 'locked') await writeFile(`${core.kubeconfig}.lock`, '');
    else await chmod(core.kubeconfig, 0o444);
    const operation = await ended(core.client, await core.client.clusters.create(request));
    const code = how === 'locked' ? 'kubeconfig-locked' : 'kubeconfig-unwritable';
    expect(operation).toMatchObject({ state: 'failed', error: { code, params: { file: core.kubeconfig } } });
    expect(operation.error?.hints.length).toBeGreaterThan(0);
    expect(operation.steps.filter(({ state }) => state === 'done')).toEqual([]);
    expect(await readFile(core.kubeconfig, 'utf8')).toBe('# mine\n');
  });

  test('is where nobody can write: failed before anything is made', async () => {
    const nowhere = await openTestCore(engine?.host ?? '', '/sys/boathouse/config');
    try {
      const operation = await ended(nowhere.client, await nowhere.client.clusters.create(request));
      expect(operation).toMatchObject({ state: 'failed', error: { code: 'kubeconfig-unwritable' } });
      expect(operation.steps.filter(({ state }) => state === 'done')).toEqual([]);
    } finally {
      await nowhere.close();
    }
  });

  test('gets an entry of somebody else while the cluster is made: the cluster is taken back, the entry stays', async () => {
    const { operationId } = await core.client.clusters.create(request);
    await stepBegun(core.client, operationId, 'control-plane-start');
    await writeFile(core.kubeconfig, foreign);
    const operation = await ended(core.client, { operationId });
    expect(operation.error).toMatchObject({ code: 'kubeconfig-foreign-entry', params: { file: core.kubeconfig } });
    expect(operation).toMatchObject({ state: 'failed', leftovers: [] });
    expect(operation.steps.find(({ id }) => id === 'dns')?.state).toBe('done');
    expect(await readFile(core.kubeconfig, 'utf8')).toBe(foreign);
    // The node is gone, its last words are kept.
    const logs = await core.client.operations.nodeLogs({ id: operationId });
    const kept = new Map(logs.map(({ path, text }) => [path, text]));
    expect(kept.get(`${name}-control-plane/kubelet.log`)).toContain('kubelet');
    expect(kept.get(`${name}-control-plane/control-plane.log`)).toContain('kube-apiserver');
    expect(operation.nodeLogs).toContain(core.directory);
  });
});

function wordsOf(error: ErrorData | undefined): string {
  return [error?.message, error?.detail, ...(error?.hints ?? []).map(({ text }) => text)].join('\n');
}
