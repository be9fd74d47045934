// A dev loop on a real cluster: saves are built, synced or ignored, breaks are told and mended, and it leaves nothing behind.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Change, Loop } from '../../../../shared/model/devloop/loop';
import { loopRequestSchema } from '../../../../shared/model/devloop/loop';
import { applyFeed, emptyFeed } from '../../../../shared/model/feed';
import { nodeImage, openTestCore, succeeded, type TestCore, testEngines } from '../../testing/core';
import { removeLeftovers } from '../../testing/leftovers';
import { docker, kubectl } from '../../testing/programs';

/** A cluster that stands already, for trying: then none is made. */
const standing = process.env.BOATHOUSE_TEST_STANDING_CLUSTER;
const name = standing ?? 'bh-core-devloop';
const context = `kind-${name}`;
const namespace = `bh-devloop-${process.pid}`;
const engine = testEngines().find((one) => one.name.includes('28.5')) ?? testEngines()[0];
const template = `
apiVersion: boathouse.dev/v1
kind: ClusterTemplate
metadata: {id: loop, title: Loop, description: One node}
spec:
  nodes: [{role: control-plane}]
`;

let core: TestCore;
let dir = '';
const write = (path: string, text: string) => writeFile(join(dir, path), text);
const page = (text: string) => write('src/page', text);
const dockerfile = 'FROM testbed/busybox:1\nCOPY src /src\nWORKDIR /src\nCMD ["busybox", "sleep", "3600"]\n';
const deployment = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: bh-devloop/web, imagePullPolicy: Always}]}
`;
const settings = (value: string) =>
  `\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {a: ${value}}\n`;

/** Watches the loop until `enough`; at most four minutes. */
async function until(id: string, enough: (loop: Loop) => boolean): Promise<Loop> {
  const stop = AbortSignal.timeout(240_000);
  let feed = emptyFeed<Loop>();
  let last: Loop | undefined;
  try {
    for await (const message of await core.client.loops.watch(undefined, { signal: stop })) {
      feed = applyFeed(feed, message, (loop) => loop.id);
      last = feed.items.get(id);
      if (last && enough(last)) return last;
    }
  } catch (error) {
    if (!stop.aborted) throw error;
  }
  throw new Error(
    `it did not come to that: ${JSON.stringify(last?.changes.slice(0, 2))} ${last?.state} ${core.log.join('\n')}`,
  );
}
const ends = (id: string, number: number, state: Change['state'] = 'done') =>
  until(
    id,
    (loop) =>
      loop.changes.some((change) => change.number >= number && change.state === state) && loop.state === 'watching',
  );
const inCluster = (...words: string[]) => kubectl(core, name, '-n', namespace, ...words);
const served = () => inCluster('exec', 'deploy/web', '--', 'cat', '/src/page');

beforeAll(async () => {
  if (!engine) return;
  core = await openTestCore(engine.host, standing && process.env.KUBECONFIG);
  dir = join(core.directory, 'project');
  await mkdir(join(dir, 'src'), { recursive: true });
  if (standing) return;
  await removeLeftovers(core, name);
  const request = { name, template: { yaml: template, from: 'loop.yaml' }, image: nodeImage };
  await succeeded(core.client, await core.client.clusters.create(request));
});
afterAll(async () => {
  if (!core) return;
  if (standing) await kubectl(core, name, 'delete', 'namespace', namespace, '--ignore-not-found', '--wait=false');
  else await removeLeftovers(core, name);
  await core.close();
  await rm(dir, { recursive: true, force: true });
});

test.skipIf(!engine)(
  'from the first build to nothing left',
  async () => {
    await write('Dockerfile', dockerfile);
    await page('one');
    await write('k8s.yaml', deployment + settings('one'));
    const skaffold = (sync: string) => `apiVersion: skaffold/v4beta11
kind: Config
metadata: {name: web}
build:
  artifacts:
    - image: bh-devloop/web
${sync}manifests: {rawYaml: [k8s.yaml]}
`;
    await write('skaffold.yaml', skaffold(''));
    const { id } = await core.client.loops.start(loopRequestSchema.parse({ dir, context, namespace }));
    const first = await ends(id, 1);
    expect(first.problems).toEqual([]);
    expect(await served()).toBe('one');
    expect(first.changes[0]?.stages.map(({ kind }) => kind)).toEqual(['build', 'deliver', 'render', 'apply', 'ready']);

    // A save is built and runs; one that changes nothing is not.
    await page('two');
    await ends(id, 2);
    expect(await served()).toBe('two');
    await page('two');
    await write('README', 'nothing depends on it');

    // A broken build says where, and is mended by the next save.
    await write('Dockerfile', `${dockerfile}RUN false\n`);
    const broken = await ends(id, 3, 'failed');
    expect(broken.problems).toMatchObject([{ stage: 'build', subject: 'bh-devloop/web', place: { line: 5 } }]);
    expect(broken.changes[0]?.number).toBe(3);
    expect(await served()).toBe('two');
    await page('three');
    await write('Dockerfile', dockerfile);
    await until(
      id,
      (loop) => loop.problems.length === 0 && loop.state === 'watching' && loop.changes[0]?.state === 'done',
    );
    expect(await served()).toBe('three');

    // What vanishes from the manifests goes, by manifests alone.
    await write('k8s.yaml', deployment);
    const pruned = await until(
      id,
      ({ changes, state }) =>
        state === 'watching' && (changes[0]?.stages.some(({ kind }) => kind === 'prune') ?? false),
    );
    expect(pruned.changes[0]?.way).toBe('deploy');
    expect(await inCluster('get', 'configmap', 'settings', '--ignore-not-found')).toBe('');

    // Synced without a build, deletions too.
    await write('skaffold.yaml', skaffold("      sync: {infer: ['src/**']}\n"));
    const pod = await inCluster('get', 'pods', '-o', 'name');
    await page('synced');
    const synced = await until(id, ({ changes, state }) => state === 'watching' && changes[0]?.way === 'sync');
    expect(synced.changes[0]?.stages.map(({ kind }) => kind)).toEqual(['sync']);
    expect(await served()).toBe('synced');
    expect(await inCluster('get', 'pods', '-o', 'name')).toBe(pod);

    // A container that begins anew lost what was synced: it is built.
    await inCluster('exec', 'deploy/web', '--', 'kill', '1').catch(() => '');
    await inCluster('delete', 'pod', '-l', 'app=web', '--wait=false');
    await until(
      id,
      ({ changes, state }) => state === 'watching' && changes[0]?.cause === 'crash' && changes[0].state === 'done',
    );
    expect(await served()).toBe('synced');

    await core.client.loops.stop({ id, keep: false });
    expect(await inCluster('get', 'deployment', 'web', '--ignore-not-found')).toBe('');
    expect(await docker(core, 'images', '-q', 'bh-devloop/web')).toBe('');
  },
  400_000,
);
