// The samples on a real cluster: each is copied, built, deployed and answers as its README says, and a save of one goes in without a build.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loopRequestSchema } from '../../../../shared/model/devloop/loop';
import { nodeImage, openTestCore, succeeded, type TestCore, testEngine } from '../../testing/core';
import { type FollowedLoop, followLoop } from '../../testing/dev-project';
import { removeLeftovers } from '../../testing/leftovers';
import { docker } from '../../testing/programs';
import { makeSampleBase } from '../../testing/sample-base';

const name = 'bh-core-samples';
const base = 'bh-samples/base';
const engine = testEngine('28.5');
const template = `
apiVersion: boathouse.dev/v1
kind: ClusterTemplate
metadata: {id: samples, title: Samples, description: One node}
spec:
  nodes: [{role: control-plane}]
`;

let core: TestCore;
let hasBase = false;

beforeAll(async () => {
  if (!engine) return;
  core = await openTestCore(engine.host);
  await removeLeftovers(core, name);
  const wanted = { name, template: { yaml: template, from: 'samples.yaml' }, image: nodeImage };
  const [made] = await Promise.all([
    makeSampleBase(base, core.environment),
    core.client.clusters.create(wanted).then((id) => succeeded(core.client, id)),
  ]);
  hasBase = made;
});
afterAll(async () => {
  if (!core) return;
  await removeLeftovers(core, name);
  await docker(core, 'rmi', '-f', base, `${base}-parts`).catch(() => {});
  await core.close();
});

/** Copies a sample, with base images that are there, and starts its loop in a namespace of its own. */
async function begin(sample: string): Promise<{ dir: string; id: string; loop: FollowedLoop }> {
  const dir = join(core.directory, sample);
  await core.client.devloop.startSample({ name: sample, dir });
  const paths = (await readdir(dir, { recursive: true })).filter((path) => path.endsWith('skaffold.yaml'));
  for (const path of paths) {
    const text = await readFile(join(dir, path), 'utf8');
    const other = text.replace(/default "busybox:[^"]*"/, 'default "testbed/busybox:1"');
    await writeFile(join(dir, path), other.replace(/default "(python|node):[^"]*"/, `default "${base}"`));
  }
  const request = { dir, context: `kind-${name}`, namespace: `bh-sample-${sample}` };
  const { id } = await core.client.loops.start(loopRequestSchema.parse(request));
  const loop = followLoop(core.client, id);
  await loop.settled(0, 'done');
  await loop.until(({ forwards }) => forwards.some(({ state, url, declared }) => declared && url && state === 'open'));
  return { dir, id, loop };
}

/** What the port that the project declares answers; empty while nothing does. */
async function answer(loop: FollowedLoop, path: string): Promise<string> {
  const url = loop.now()?.forwards.find(({ declared }) => declared)?.url;
  const page = await fetch(`${url}${path}`, { signal: AbortSignal.timeout(5000) }).catch(() => undefined);
  return page?.ok ? page.text() : '';
}

test.skipIf(!engine)('a static page is served', { timeout: 200_000 }, async () => {
  const { id, loop } = await begin('static-page');
  expect(await answer(loop, '/')).toContain('<html');
  await core.client.loops.stop({ id, keep: false });
  expect((await loop.until(({ state }) => state === 'ended')).problems).toEqual([]);
  loop.close();
});

test.skipIf(!engine)('a Node service answers, and with a save otherwise', { timeout: 200_000 }, async (context) => {
  if (!hasBase) return context.skip('this computer has no programs for its base image');
  const { dir, id, loop } = await begin('node-service');
  await expect.poll(() => answer(loop, '/?name=Ana'), { timeout: 30_000 }).toContain('Hello, Ana!');
  const source = await readFile(join(dir, 'server.js'), 'utf8');
  await writeFile(join(dir, 'server.js'), source.replace("'Hello'", "'Ahoy'"));
  await loop.until(({ state, changes }) => state === 'watching' && changes[0]?.way === 'sync');
  await expect.poll(() => answer(loop, '/?name=Ana'), { timeout: 30_000 }).toContain('Ahoy, Ana!');
  await core.client.loops.stop({ id, keep: false });
  loop.close();
});

test.skipIf(!engine)('a queue, its page and its worker work together', { timeout: 200_000 }, async (context) => {
  if (!hasBase) return context.skip('this computer has no programs for its base image');
  const { id, loop } = await begin('python-queue');
  await expect.poll(() => answer(loop, '/?text=boathouse'), { timeout: 60_000 }).toContain('boathouse: esuohtaob');
  await core.client.loops.stop({ id, keep: false });
  loop.close();
});
