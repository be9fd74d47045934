// A dev loop on a real cluster: saves are built, synced or ignored, breaks are told and mended, and it leaves nothing behind, whatever came.
import { createHash } from 'node:crypto';
import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
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
  skaffold,
} from '../../testing/dev-project';
import { killDuring } from '../../testing/kill-core';
import { removeLeftovers } from '../../testing/leftovers';
import { docker, kubectl } from '../../testing/programs';

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
const settings = `---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {a: one}\n`;

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

/** Numbers of its edits: it runs when they are given, for it has been seen to end without an object of the folder (97684). */
const seed = process.env.BOATHOUSE_TEST_SEED;

test.runIf(engine && seed)('fifty random edits end with what the folder says', { timeout: 400_000 }, async () => {
  await open('edits');
  const random = randomOf(Number(seed));
  const { id, loop } = await start();
  await project.write('skaffold.yaml', skaffold(image, "{infer: ['src/**']}"));
  await loop.settled(0, 'done');
  const files: string[] = [];
  const pick = () => files[Math.floor(random() * files.length)];
  const write = async (count: number) => {
    const names = Array.from({ length: count }, () => `src/d${Math.floor(random() * 4)}/f${Math.floor(random() * 50)}`);
    await Promise.all([...new Set(names)].map((path) => project.write(path, `${random()}`)));
    files.push(...names);
  };
  const edits: (() => Promise<unknown>)[] = [
    () => write(1),
    () => write(1),
    () => project.page(`${random()}`),
    () => rm(join(project.dir, pick() ?? 'src/none'), { force: true }),
    () => rename(join(project.dir, pick() ?? 'src/none'), join(project.dir, 'src/moved')).catch(() => {}),
    () => rename(join(project.dir, 'src/d1'), join(project.dir, `src/d${9 + random()}`)).catch(() => {}),
    // A branch is switched: many files at once, the manifests with them.
    async () => {
      await rm(join(project.dir, 'src/d2'), { recursive: true, force: true });
      await Promise.all([write(60), project.write('k8s.yaml', manifest(image) + (random() < 0.5 ? settings : ''))]);
    },
    () => project.write('Dockerfile', random() < 0.5 ? dockerfile : `${dockerfile}RUN false\n`),
    () => inCluster('delete', 'pod', '-l', 'app=web', '--wait=false'),
    // Where no pod runs at the moment there is nothing to kill.
    () =>
      inCluster('exec', '--pod-running-timeout=1s', 'deploy/web', '--', 'sh', '-c', 'kill -9 $(pidof busybox)').catch(
        () => {},
      ),
  ];
  for (let edit = 0; edit < 50; edit += 1) {
    if (edit === 20) {
      const node = `${name}-control-plane`;
      if (!standing) await docker(core, 'pause', node);
      await project.page('while nothing answers');
      await pause(1500);
      if (!standing) await docker(core, 'unpause', node);
    }
    await edits[Math.floor(random() * edits.length)]?.();
    await pause(random() < 0.2 ? 1500 : random() * 200);
  }
  await project.write('Dockerfile', dockerfile);
  await project.page(`last ${seed}`);
  await loop.until(
    ({ state, changes, problems }) => state === 'watching' && changes[0]?.state === 'done' && problems.length === 0,
  );
  await expect.poll(() => served(loop), { timeout: 60_000 }).toBe(`last ${seed}`);
  await loop.until(({ state, changes }) => state === 'watching' && changes[0]?.state === 'done');
  const list = 'cd /src && find . -type f | while read -r f; do echo "$(md5sum < "$f" | cut -c1-32) $f"; done';
  const inside = (await inCluster('exec', 'deploy/web', '--', 'sh', '-c', list)).split('\n').sort();
  expect(inside).toEqual(await digests(join(project.dir, 'src')));
  const wanted = (await readFile(join(project.dir, 'k8s.yaml'), 'utf8')).includes('settings')
    ? 'configmap/settings'
    : '';
  expect(await inCluster('get', 'configmap', 'settings', '--ignore-not-found', '-o', 'name')).toBe(wanted);
  await stop(id, loop);
  expect(await leftOf(id)).toEqual([]);
});

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

/** mulberry32: the same numbers for the same seed. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** As `md5sum` has them, of all files below a folder. */
async function digests(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const lines = files.map(async (file) => {
    const digest = createHash('md5')
      .update(await readFile(file))
      .digest('hex');
    return `${digest} ./${file.slice(folder.length + 1)}`;
  });
  return (await Promise.all(lines)).sort();
}
