// A dev loop on a real cluster: saves are built, synced or ignored, breaks are told and mended, and it leaves nothing behind, whatever came.
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type LoopLine, loopRequestSchema } from '../../../../shared/model/devloop/loop';
import { nodeImage, openTestCore, succeeded, type TestCore, testEngines } from '../../testing/core';
import {
  createDevProject,
  type DevProject,
  dockerfile,
  type FollowedLoop,
  followLoop,
  manifest,
  settings,
  skaffold,
} from '../../testing/dev-project';
import { killDuring } from '../../testing/kill-core';
import { removeLeftovers } from '../../testing/leftovers';
import { docker, kubectl } from '../../testing/programs';
import { digestsBelow, editAtRandom } from '../../testing/random-edits';

/** A cluster that stands already, for trying: then none is made. */
const standing = process.env.BOATHOUSE_TEST_STANDING_CLUSTER;
const name = standing ?? 'bh-core-devloop';
const context = `kind-${name}`;
const engine = testEngines().find((one) => one.name.includes('28.5')) ?? testEngines()[0];
const template = `
apiVersion: boathouse.dev/v1
kind: ClusterTemplate
metadata: {id: loop, title: Loop, description: One node}
spec:
  nodes: [{role: control-plane}]
`;

let core: TestCore;
let project: DevProject;
let followed: FollowedLoop | undefined;
let namespace = '';
let image = '';
const inCluster = (...words: string[]) => kubectl(core, name, '-n', namespace, ...words);
const request = (more: object = {}) => loopRequestSchema.parse({ dir: project.dir, context, namespace, ...more });

async function start(more: object = {}): Promise<{ id: string; loop: FollowedLoop }> {
  const { id } = await core.client.loops.start(request(more));
  followed = followLoop(core.client, id);
  return { id, loop: followed };
}

/** As the loop's own forward to the Service serves it; undefined while nothing does. */
async function served(loop: FollowedLoop): Promise<string | undefined> {
  const url = loop.now()?.forwards.find(({ resourceName }) => resourceName === 'web')?.url;
  const page = url && (await fetch(`${url}/page.txt`, { signal: AbortSignal.timeout(5000) }).catch(() => undefined));
  return page ? (await page.text()).trim() : undefined;
}

/** What a loop can have made and not taken away. */
async function leftOf(id: string): Promise<string[]> {
  const kinds = 'deployments,services,configmaps,pods';
  const objects = await inCluster('get', kinds, '-l', `dev.boathouse.loop=${id}`, '-o', 'name');
  const gone = objects.split('\n').filter((line) => line !== '' && !line.startsWith('pod/'));
  const images = await docker(core, 'images', '-q', image);
  const forwards = (await firstOf(await core.client.forwards.watch())).filter(
    ({ target }) => target.namespace === namespace,
  ).length;
  return [...gone, ...(images ? [`images ${images}`] : []), ...(forwards ? [`${forwards} forwards`] : [])];
}

/** Stops it; nothing may have kept it from taking away what it made. */
async function stop(id: string, loop: FollowedLoop): Promise<void> {
  await core.client.loops.stop({ id, keep: false });
  expect((await loop.until(({ state }) => state === 'ended')).problems).toEqual([]);
}

async function firstOf<Item>(feed: AsyncIterable<{ type: string; items?: readonly Item[] }>): Promise<readonly Item[]> {
  for await (const message of feed) return message.items ?? [];
  return [];
}

beforeAll(async () => {
  if (!engine) return;
  core = await openTestCore(engine.host, standing && process.env.KUBECONFIG);
  if (standing) return;
  await removeLeftovers(core, name);
  const wanted = { name, template: { yaml: template, from: 'loop.yaml' }, image: nodeImage };
  await succeeded(core.client, await core.client.clusters.create(wanted));
});
afterEach(async () => {
  followed?.close();
  if (standing && core)
    await kubectl(core, name, 'delete', 'namespace', namespace, '--ignore-not-found', '--wait=false');
});
afterAll(async () => {
  if (!core) return;
  if (!standing) await removeLeftovers(core, name);
  await core.close();
});

async function open(of: string): Promise<void> {
  namespace = `bh-devloop-${of}-${process.pid}`;
  image = `bh-devloop/${of}`;
  project = await createDevProject(join(core.directory, of), image, 'one');
}

test.skipIf(!engine)('from the first build to nothing left', { timeout: 400_000 }, async () => {
  await open('life');
  await project.write('k8s.yaml', manifest(image) + settings);
  const { id, loop } = await start({ touches: { restart: true } });
  const first = await loop.settled(0, 'done');
  expect(first.problems).toEqual([]);
  expect(first.changes[0]?.stages.map(({ kind }) => kind)).toEqual(['build', 'deliver', 'render', 'apply', 'ready']);
  const forwarded = await loop.until(({ forwards }) => forwards.some(({ state }) => state === 'open'));
  expect(forwarded.forwards).toMatchObject(
    [{ resourceName: 'web', port: 80, declared: false, url: /^http:/ }].map((forward) => ({
      ...forward,
      url: expect.stringMatching(forward.url),
    })),
  );
  expect(await served(loop)).toBe('one');

  // A save is built and runs; one that changes nothing is not.
  await project.page('two');
  await loop.settled(1, 'done');
  expect(await served(loop)).toBe('two');
  await project.page('two');
  await project.write('README', 'nothing depends on it');

  // A broken build says where, and is mended by the next save.
  await project.write('Dockerfile', `${dockerfile}RUN false\n`);
  const broken = await loop.settled(2, 'failed');
  expect(broken.problems).toMatchObject([{ stage: 'build', subject: image, place: { line: 5 } }]);
  expect(broken.changes[0]?.number).toBe(3);
  expect(await served(loop)).toBe('two');
  await project.page('three');
  await project.write('Dockerfile', dockerfile);
  await loop.until(
    ({ problems, state, changes }) => problems.length === 0 && state === 'watching' && changes[0]?.state === 'done',
  );
  expect(await served(loop)).toBe('three');

  // What vanishes from the manifests goes, by manifests alone.
  await project.write('k8s.yaml', manifest(image));
  const pruned = await loop.until(
    ({ changes, state }) => state === 'watching' && !!changes[0]?.stages.some(({ kind }) => kind === 'prune'),
  );
  expect(pruned.changes[0]?.way).toBe('deploy');
  expect(await inCluster('get', 'configmap', 'settings', '--ignore-not-found')).toBe('');

  // With rules of syncing, containers begin with what starts their process anew; what it says is told.
  const lines: LoopLine[] = [];
  const listening = new AbortController();
  void (async () => {
    for await (const some of await core.client.loops.lines({ id }, { signal: listening.signal })) lines.push(...some);
  })().catch(() => {});
  const says = dockerfile.replace('CMD [', 'CMD ["sh", "-c", "echo begins >&2; exec \\"$@\\"", "web", ');
  await project.write('Dockerfile', says);
  await project.write('skaffold.yaml', skaffold(image, "{infer: ['src/**']}"));
  const before = loop.now()?.changes[0]?.number ?? 0;
  await project.page('four');
  await loop.until(({ changes, state }) => {
    const [last] = changes;
    return state === 'watching' && last?.state === 'done' && last.number > before - 1 && last.way === 'build';
  });
  await loop.until(() => lines.some(({ source, text }) => source === 'pod' && text === 'begins'));
  const pod = await inCluster('get', 'pods', '-o', 'name', '--field-selector', 'status.phase=Running');
  const begun = lines.filter(({ text }) => text === 'begins').length;
  await project.page('synced');
  const synced = await loop.until(({ changes, state }) => state === 'watching' && changes[0]?.way === 'sync');
  expect(synced.changes[0]?.stages.map(({ kind }) => kind)).toEqual(['sync', 'restart']);
  await expect.poll(() => served(loop), { timeout: 30_000 }).toBe('synced');
  await expect.poll(() => lines.filter(({ text }) => text === 'begins').length, { timeout: 30_000 }).toBe(begun + 1);
  expect(await inCluster('get', 'pods', '-o', 'name', '--field-selector', 'status.phase=Running')).toBe(pod);

  // A container that begins anew lost what was synced: it is built.
  await inCluster('delete', 'pod', '-l', 'app=web', '--wait=false');
  await loop.until(
    ({ changes, state }) => state === 'watching' && changes[0]?.cause === 'crash' && changes[0].state === 'done',
  );
  expect(await served(loop)).toBe('synced');

  listening.abort();
  await stop(id, loop);
  expect(await leftOf(id)).toEqual([]);
});

/** Of the numbers that its edits follow from: the same edits again are BOATHOUSE_TEST_SEED. */
const seed = process.env.BOATHOUSE_TEST_SEED ?? String(Math.floor(Math.random() * 100_000));
/** Freezes the only node meanwhile: nothing answers then. Some engines do not thaw what they froze where cgroups are of version 1. */
const freeze = standing === undefined && engine?.name.includes('28.5');

test.skipIf(!engine)('fifty random edits end with what the folder says', { timeout: 300_000 }, async () => {
  await open('edits');
  console.log(`the edits of BOATHOUSE_TEST_SEED=${seed}${freeze ? '' : '; no node is frozen on this engine'}`);
  const { id, loop } = await start();
  await project.write('skaffold.yaml', skaffold(image, "{infer: ['src/**']}"));
  await loop.settled(0, 'done');
  await editAtRandom({ project, image, seed: Number(seed), edits: 50, inCluster, frozen });
  await project.write('Dockerfile', dockerfile);
  await project.page(`last ${seed}`);
  await loop.until(
    ({ state, changes, problems }) => state === 'watching' && changes[0]?.state === 'done' && problems.length === 0,
  );
  await expect.poll(() => served(loop), { timeout: 60_000 }).toBe(`last ${seed}`);
  await loop.until(({ state, changes }) => state === 'watching' && changes[0]?.state === 'done');
  const list = 'cd /src && find . -type f | while read -r f; do echo "$(md5sum < "$f" | cut -c1-32) $f"; done';
  const inside = (await inCluster('exec', 'deploy/web', '--', 'sh', '-c', list)).split('\n').sort();
  expect(inside).toEqual(await digestsBelow(join(project.dir, 'src')));
  const wanted = (await readFile(join(project.dir, 'k8s.yaml'), 'utf8')).includes('settings')
    ? 'configmap/settings'
    : '';
  expect(await inCluster('get', 'configmap', 'settings', '--ignore-not-found', '-o', 'name')).toBe(wanted);
  await stop(id, loop);
  expect(await leftOf(id)).toEqual([]);
});

/** Does something while the node is frozen. */
async function frozen(work: () => Promise<unknown>): Promise<void> {
  const node = `${name}-control-plane`;
  if (freeze) await docker(core, 'pause', node);
  try {
    await work();
  } finally {
    if (freeze) await docker(core, 'unpause', node);
  }
}

test.skipIf(!engine)(
  'what goes wrong is said where it does, and the next save goes on',
  { timeout: 300_000 },
  async () => {
    await open('wrong');
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const ports = `portForward: [{resourceType: service, resourceName: web, port: 80, localPort: ${port}}]\n`;
    await project.write('skaffold.yaml', skaffold(image) + ports);
    const { id, loop } = await start();
    await loop.settled(0, 'done');

    // A port that somebody has: another one leads there, and it says so.
    const [forward] = (await loop.until(({ forwards }) => forwards.some(({ state }) => state === 'open'))).forwards;
    expect(forward?.note).toMatchObject({ code: 'port-elsewhere', params: { port } });
    expect(await served(loop)).toBe('one');
    taken.close();

    // What the API refuses, in its words at its line.
    await project.write(
      'k8s.yaml',
      `${manifest(image)}---\napiVersion: v1\nkind: Service\nmetadata: {name: Wrong_Name}\n`,
    );
    const refused = await loop.settled(1, 'failed');
    expect(refused.problems).toMatchObject([{ stage: 'apply', error: { code: 'kubernetes-refused' } }]);
    expect(refused.problems[0]?.error.message).toContain('Wrong_Name');
    expect(refused.problems[0]?.place?.file).toBe(join(project.dir, 'k8s.yaml'));
    expect(refused.problems[0]?.place?.line).toBeGreaterThan(20);

    // A build that hangs is ended by the save that mends it.
    await project.write('Dockerfile', `${dockerfile}RUN sleep 3600\n`);
    await project.write('k8s.yaml', manifest(image));
    await loop.until(
      ({ changes }) => !!changes[0]?.stages.some(({ kind, note }) => kind === 'build' && note?.text.includes('sleep')),
    );
    await project.write('Dockerfile', dockerfile);
    await project.page('after a build that hung');
    const mended = await loop.until(
      ({ problems, state, changes }) => problems.length === 0 && state === 'watching' && changes[0]?.state === 'done',
    );
    expect(mended.changes.some(({ state }) => state === 'superseded')).toBe(true);
    expect(await served(loop)).toBe('after a build that hung');

    // Another project with the same objects leaves them to the first.
    const other = await createDevProject(join(core.directory, 'other'), `${image}-other`, 'other');
    const second = await core.client.loops.start(request({ dir: other.dir }));
    const rival = followLoop(core.client, second.id);
    const busy = await rival.settled(0, 'failed');
    expect(busy.problems).toMatchObject([{ stage: 'apply', error: { code: 'busy', params: { operation: id } } }]);
    await core.client.loops.stop({ id: second.id, keep: false });
    await rival.until(({ state }) => state === 'ended');
    rival.close();
    await core.client.loops.dismiss({ id: second.id });
    expect((await firstOf(await core.client.loops.watch())).map((one) => one.id)).not.toContain(second.id);
    expect(await served(loop)).toBe('after a build that hung');

    // A node that is frozen while it works is noticed, and what was saved runs when it is back.
    if (freeze) {
      await frozen(async () => {
        await project.page('while nothing answers');
        const waiting = await loop.until(({ state }) => state === 'waiting', 60);
        expect(waiting.note).toMatchObject({ code: 'cluster-silent' });
      });
      const back = await loop.until(({ state, changes }) => state === 'watching' && changes[0]?.state === 'done');
      expect([back.note, back.changes[0]?.cause]).toEqual([undefined, 'cluster']);
      expect(await served(loop)).toBe('while nothing answers');
    }
    await stop(id, loop);
    expect(await leftOf(id)).toEqual([]);
  },
);

test.skipIf(!engine)('a core that is killed leaves what the next one clears away', { timeout: 300_000 }, async () => {
  await open('killed');
  const stages = ['build', 'deliver', 'apply', 'ready'];
  const stage = stages[Math.floor(Math.random() * stages.length)] ?? 'build';
  const later = Math.floor(Math.random() * 300);
  console.log(`killed ${later} ms after the beginning of ${stage}`);
  const { directory, kubeconfig } = core;
  await killDuring(stage, { directory, engine: engine?.host ?? '', kubeconfig, work: { loop: request() } }, later);
  await core.restart();
  const ours = async () => (await firstOf(await core.client.loops.watch())).find(({ dir }) => dir === project.dir);
  const orphan = await ours();
  expect(orphan).toMatchObject({ state: 'orphaned', context, namespace });
  await core.client.loops.stop({ id: orphan?.id ?? '', keep: false });
  expect(await leftOf(orphan?.id ?? '')).toEqual([]);
  expect(await ours()).toBeUndefined();
  expect(await readdir(join(directory, 'state', 'devloops'))).not.toContain(`${orphan?.id}.json`);
});

// The last one: it takes the cluster with it.
test.skipIf(!engine || standing)(
  'a cluster that is deleted under a loop is said to be gone',
  { timeout: 200_000 },
  async () => {
    await open('gone');
    const { id, loop } = await start();
    await loop.settled(0, 'done');
    await succeeded(core.client, await core.client.clusters.delete({ name }));
    const waiting = await loop.until(({ note }) => note?.code === 'cluster-gone', 60);
    expect(waiting).toMatchObject({ state: 'waiting', note: { params: { context } } });
    await stop(id, loop);
    expect(await docker(core, 'images', '-q', image)).toBe('');
    expect(await readdir(join(core.directory, 'state', 'devloops'))).not.toContain(`${id}.json`);
  },
);
