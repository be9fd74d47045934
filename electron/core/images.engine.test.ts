// Images into the nodes of a real cluster: only what is missing travels, and what arrives is what kind would have brought.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LoadRequest } from '../../shared/model/images';
import type { Operation, Transfer } from '../../shared/model/operation';
import { openTestEngine } from './engine/testing';
import { bringImages, openAhead } from './images/bring';
import { contentFaults } from './testing/content-store';
import {
  ended,
  nodeImage,
  openTestCore,
  refusalOf,
  stepBegun,
  succeeded,
  type TestCore,
  testEngines,
} from './testing/core';
import { removeLeftovers } from './testing/leftovers';
import { halfAnIndex } from './testing/multi-platform';
import { docker, inNode, kind, kindIsMissing, kubectl } from './testing/programs';

const name = 'bh-core-images';
const nodes = [`${name}-control-plane`, `${name}-worker`];
const template = `
apiVersion: boathouse.dev/v1
kind: ClusterTemplate
metadata: {id: images, title: Images, description: One control plane and a worker}
spec:
  nodes: [{role: control-plane}, {role: worker}]
`;

/** The bytes that a load moved to each node, and those that were there. */
function moved({ steps }: Operation) {
  return Object.fromEntries(
    steps.flatMap(({ lane, transfer }) => (transfer ? [[lane.replace(`${name}-`, ''), transfer]] : [])),
  );
}

describe.each(testEngines())('images on $name', ({ host, name: engine }) => {
  // What nodes do with what they get is the same whichever engine it comes from.
  const isSecond = engine.includes('28');
  let core: TestCore;
  const load = async (request: Partial<LoadRequest>) =>
    succeeded(core.client, await core.client.images.load({ name, ...request }));
  const list = () => core.client.images.list({ name });
  /** Builds an image: busybox, a large layer, a small one with `text` in it. */
  const build = async (tag: string, text: string, large = 'large') => {
    const file = join(core.directory, 'Dockerfile');
    // Zeros and a few words: quick to make, and large enough to be cut off.
    await writeFile(
      file,
      `FROM testbed/busybox:1\nRUN dd if=/dev/urandom of=/seed bs=64k count=1 && for i in $(seq 320); do cat /seed; done >/${large}\nRUN echo ${text} >/small\n`,
    );
    await docker(core, 'build', '-q', '-t', tag, '-f', file, core.directory);
  };
  const idOn = async (node: string, image: string) =>
    (await list()).images.find((one) => one.names.includes(image) && one.nodes.includes(node))?.id;

  beforeAll(async () => {
    core = await openTestCore(host);
    await removeLeftovers(core, name);
    const request = { name, template: { yaml: template, from: 'images.yaml' }, image: nodeImage };
    await succeeded(core.client, await core.client.clusters.create(request));
  });
  afterAll(async () => {
    await removeLeftovers(core, name);
    const made = await docker(
      core,
      'images',
      '--filter',
      'reference=bh-images/*',
      '--format',
      '{{.Repository}}:{{.Tag}}',
    );
    if (made !== '') await docker(core, 'rmi', '-f', ...made.split('\n'));
    await core.close();
  });

  test('all layers the first time, one the second, none the third', async () => {
    await build('bh-images/web:dev', 'one');
    const first = moved(await load({ images: ['bh-images/web:dev'] }));
    expect(Object.keys(first)).toEqual(['control-plane', 'worker']);
    for (const { moved: bytes, total } of Object.values(first)) {
      expect(bytes).toBe(total);
      expect(bytes).toBeGreaterThan(isSecond ? 100_000 : 20_000_000);
    }
    await build('bh-images/web:dev', 'two');
    const second = moved(await load({ images: ['bh-images/web:dev'] }));
    for (const { moved: bytes, present } of Object.values(second)) {
      expect(bytes).toBeLessThan(10_000);
      expect(present).toBeGreaterThan(isSecond ? 100_000 : 20_000_000);
    }
    const third = moved(await load({ images: ['bh-images/web:dev'] }));
    for (const { moved: bytes } of Object.values(third)) expect(bytes).toBe(0);
    for (const node of nodes) expect(await contentFaults(core, node)).toBe('');
  });

  test('a pod starts from what was loaded, without a registry', async () => {
    const words = ['run', 'hello', '--image=bh-images/web:dev', '--image-pull-policy=Never', '--restart=Never'];
    await kubectl(core, name, ...words, '--command', '--', 'sh', '-c', 'cat /small; sleep 3600');
    await kubectl(core, name, 'wait', 'pod/hello', '--for=condition=Ready', '--timeout=60s');
    expect(await kubectl(core, name, 'logs', 'hello')).toBe('two');
  });

  test.skipIf(kindIsMissing())('the id and the names are those that kind gives', async () => {
    await build('bh-images/same:1', 'same', 'other');
    await load({ images: ['bh-images/same:1'] });
    const names = (node: string) =>
      inNode(core, node, 'sh', '-c', "ctr -n k8s.io images ls | grep -E 'same|import-' | sort");
    const ours = await names(nodes[0] ?? '');
    const id = await idOn(nodes[0] ?? '', 'docker.io/bh-images/same:1');
    await succeeded(core.client, await core.client.images.remove({ name, images: ['bh-images/same:1'] }));
    expect((await list()).images.some((one) => one.id === id)).toBe(false);
    await kind(core, 'load', 'docker-image', 'bh-images/same:1', '--name', name);
    expect(await idOn(nodes[0] ?? '', 'docker.io/bh-images/same:1')).toBe(id);
    const digestsOf = (text: string) =>
      [...text.matchAll(/^(\S+)\s+\S+\s+(sha256:\w+)/gm)].map(([, name, digest]) => [name, digest]);
    if (!isSecond) expect(digestsOf(await names(nodes[0] ?? ''))).toEqual(digestsOf(ours));
    await succeeded(core.client, await core.client.images.remove({ name, images: ['bh-images/same:1'] }));
  });

  test('an image that is not there is refused with what may have been meant', async () => {
    const refused = await refusalOf(core.client.images.load({ name, images: ['bh-images/wbe:dev'] }));
    expect(refused).toMatchObject({ code: 'image-missing', hints: [{ text: 'Did you mean bh-images/web:dev?' }, {}] });
    const node = await refusalOf(core.client.images.load({ name, images: ['bh-images/web:dev'], nodes: ['workr'] }));
    expect(node).toMatchObject({ code: 'not-found' });
  });

  test.runIf(isSecond)('a node whose disk is full fails by itself; the other gets the image', async () => {
    const full = nodes[1] ?? '';
    const content = '/var/lib/containerd/io.containerd.content.v1.content/boathouse';
    await build('bh-images/full:1', 'full', 'third');
    await inNode(core, full, 'sh', '-c', `mkdir -p ${content} && mount -t tmpfs -o size=64k tmpfs ${content}`);
    try {
      const operation = await ended(core.client, await core.client.images.load({ name, images: ['bh-images/full:1'] }));
      expect(operation).toMatchObject({ state: 'failed', error: { code: 'out-of-disk' } });
      const states = operation.steps.filter(({ kind }) => kind === 'image-load').map(({ state }) => state);
      expect(states).toEqual(['done', 'failed']);
    } finally {
      await inNode(core, full, 'umount', content);
    }
    expect(await idOn(nodes[0] ?? '', 'docker.io/bh-images/full:1')).toBeDefined();
    expect(await idOn(full, 'docker.io/bh-images/full:1')).toBeUndefined();
    expect(await contentFaults(core, full)).toBe('');
  });

  test('a load that is cancelled leaves the image that was there', async () => {
    const before = await idOn(nodes[0] ?? '', 'docker.io/bh-images/web:dev');
    await build('bh-images/web:dev', 'three', 'changed');
    const started = await core.client.images.load({ name, images: ['bh-images/web:dev'] });
    await stepBegun(core.client, started.operationId, 'image-load');
    await core.client.operations.cancel({ id: started.operationId });
    expect(await ended(core.client, started)).toMatchObject({ state: 'cancelled' });
    for (const node of nodes) {
      expect(await idOn(node, 'docker.io/bh-images/web:dev')).toBe(before);
      expect(await contentFaults(core, node)).toBe('');
    }
  });

  test.runIf(isSecond)('of an image of several platforms the one that is there is taken', async () => {
    const { archive, id } = await halfAnIndex('docker.io/bh-images/several:1');
    const file = join(core.directory, 'several.tar');
    await writeFile(file, archive);
    await docker(core, 'load', '-i', file);
    await load({ images: ['bh-images/several:1'] });
    for (const node of nodes) expect(await idOn(node, 'docker.io/bh-images/several:1')).toBe(id);
  });

  test('what it takes on the disk is told by node; what a cluster that is gone left behind goes, and nothing else', async () => {
    const volume = 'bh-core-images-left';
    await docker(core, 'volume', 'create', '--label', 'dev.boathouse.cluster=bh-core-gone', volume);
    const { owners, cleanups } = await core.client.disk.usage();
    const own = owners.find((one) => one.kind === 'cluster' && one.name === name);
    expect(own?.parts.map((part) => part.name)).toEqual(expect.arrayContaining(nodes));
    expect(own?.bytes).toBeGreaterThan(20_000_000);
    const left = cleanups.find(({ id }) => id === 'left-volumes');
    expect(left?.parts.map((part) => part.name)).toContain(volume);
    await succeeded(core.client, await core.client.disk.clean({ cleanups: ['left-volumes'] }));
    expect(await docker(core, 'volume', 'ls', '-q', '--filter', `name=${volume}`)).toBe('');
    expect((await core.client.clusters.get({ name })).state).toBe('running');
  });

  test.runIf(isSecond)('two loads at once, by two programs, both end well', async () => {
    const other = await openTestCore(host, core.kubeconfig);
    try {
      const started = await Promise.all(
        [core, other].map(async ({ client }) =>
          succeeded(client, await client.images.load({ name, images: ['bh-images/web:dev'] })),
        ),
      );
      expect(started).toHaveLength(2);
      const ids = await Promise.all(nodes.map((node) => idOn(node, 'docker.io/bh-images/web:dev')));
      expect(new Set(ids).size).toBe(1);
      for (const node of nodes) expect(await contentFaults(core, node)).toBe('');
    } finally {
      await other.close();
    }
  });

  test('what was just built is brought to nodes that were asked ahead, by its id', async () => {
    await load({ images: ['bh-images/web:dev'] });
    await build('bh-images/web:dev', 'ahead', 'changed');
    const id = await docker(core, 'image', 'inspect', '-f', '{{.Id}}', 'bh-images/web:dev');
    const signal = AbortSignal.timeout(60_000);
    const opened = await openTestEngine(host);
    const moved = new Map<string, number>();
    const hooksOf = (node: string) => ({ transfer: (bytes: Transfer) => void moved.set(node, bytes.moved) });
    const ahead = openAhead(opened, nodes, signal);
    expect(await bringImages(opened, { images: [id], nodes, ahead, hooksOf }, signal)).toEqual(new Map());
    await ahead.close();
    expect([...moved.keys()].sort()).toEqual(nodes);
    for (const bytes of moved.values()) expect(bytes).toBeLessThan(10_000);
    const ids = await Promise.all(nodes.map((node) => idOn(node, 'docker.io/bh-images/web:dev')));
    expect(new Set(ids).size).toBe(1);
    if (!engine.includes('28')) expect(ids[0]).toBe(id);
    expect(
      await bringImages(opened, { images: ['bh-images/web:dev'], nodes: [...nodes, 'bh-core-no-node'] }, signal),
    ).toEqual(new Map([['bh-core-no-node', expect.objectContaining({ code: 'not-found' })]]));
  });

  test('an archive is loaded like an image of the engine, also when nothing is missing', async () => {
    const archive = join(core.directory, 'web.tar');
    await docker(core, 'save', '-o', archive, 'bh-images/web:dev');
    const operation = await load({ archive, images: ['bh-images/archived:1'], nodes: ['worker'] });
    expect(moved(operation).worker).toMatchObject({ moved: 0 });
    const worker = nodes[1] ?? '';
    expect(await idOn(worker, 'docker.io/bh-images/archived:1')).toBe(
      await idOn(worker, 'docker.io/bh-images/web:dev'),
    );
    expect(await inNode(core, nodes[0] ?? '', 'ctr', '-n', 'k8s.io', 'images', 'ls', '-q')).not.toContain('archived');
  });

  test.runIf(isSecond)('what runs an older image under the same name is told, and restarted', async () => {
    await kubectl(core, name, 'create', 'deployment', 'web', '--image=bh-images/web:dev', '--', 'sleep', '3600');
    await kubectl(
      core,
      name,
      'patch',
      'deployment',
      'web',
      '-p',
      '{"spec":{"template":{"spec":{"terminationGracePeriodSeconds":0}}}}',
    );
    await kubectl(core, name, 'rollout', 'status', 'deployment/web', '--timeout=60s');
    await build('bh-images/web:dev', 'four');
    const loaded = await load({ images: ['bh-images/web:dev'] });
    const { stale } = await list();
    expect(await core.client.images.stale({ operationId: loaded.id })).toEqual(stale);
    expect(stale).toMatchObject([
      { kind: 'Pod', name: 'hello' },
      { kind: 'Deployment', name: 'web' },
    ]);
    await build('bh-images/web:dev', 'five');
    await load({ images: ['bh-images/web:dev'], restart: true });
    expect((await list()).stale.map((one) => one.name)).toEqual(['hello']);
    const used = await refusalOf(core.client.images.remove({ name, images: ['bh-images/web:dev'] }));
    expect(used.code).toBe('busy');
    const prunable = (await core.client.images.prunable({ name })).flatMap(({ names }) => names);
    expect(prunable).toContain('docker.io/bh-images/full:1');
    expect(prunable).not.toContain('docker.io/bh-images/web:dev');
  });

  test('a node that is killed half-way keeps the image that it had; the other gets the new one', async () => {
    const [other = '', killed = ''] = nodes;
    const image = 'docker.io/bh-images/web:dev';
    const before = await idOn(killed, image);
    await build('bh-images/web:dev', 'killed', 'killed');
    const killing = (await openTestEngine(host)).docker.getContainer(killed);
    const started = await core.client.images.load({ name, images: ['bh-images/web:dev'] });
    await stepBegun(core.client, started.operationId, 'image-load');
    // At once: by the time that a command has asked the engine for it, all may be there.
    await killing.kill();
    expect(await ended(core.client, started)).toMatchObject({ state: 'failed' });
    const now = await idOn(other, image);
    expect(now).not.toBe(before);
    await succeeded(core.client, await core.client.clusters.start({ name }));
    expect(await idOn(killed, image)).toBe(before);
    await load({ images: ['bh-images/web:dev'] });
    expect(await idOn(killed, image)).toBe(now);
    for (const node of nodes) expect(await contentFaults(core, node)).toBe('');
  });

  // The last: without the build cache, images that are built again are others.
  test.runIf(isSecond)(
    'each kind of what nobody misses goes when it is chosen, and nothing that has a use',
    async () => {
      const old = 'kindest/node:v0.0.1-bh-images';
      await docker(core, 'tag', 'testbed/busybox:1', old);
      const file = join(core.directory, 'Dockerfile');
      for (const salt of ['1', '2']) {
        await writeFile(file, `FROM testbed/busybox:1\nRUN echo ${salt}-${Date.now()} >/salt\n`);
        await docker(core, 'build', '-q', '-t', 'bh-images/salted:1', '-f', file, core.directory);
      }
      const chosen = ['build-cache', 'untagged-images', 'unused-node-images'] as const;
      const found = async () => {
        const { cleanups } = await core.client.disk.usage();
        return cleanups.filter(({ id }) => chosen.some((one) => one === id));
      };
      const before = await found();
      expect(before.map(({ id }) => id)).toEqual([...chosen]);
      expect(before.at(-1)?.parts.map((part) => part.name)).toContain(old);
      await succeeded(core.client, await core.client.disk.clean({ cleanups: [...chosen] }));
      expect(await found()).toEqual([]);
      expect(await docker(core, 'images', '-q', 'bh-images/salted:1')).not.toBe('');
      expect(await docker(core, 'images', '-q', 'testbed/busybox:1')).not.toBe('');
      expect(await docker(core, 'images', '-q', nodeImage)).not.toBe('');
      await docker(core, 'rmi', 'bh-images/salted:1');
    },
  );
});
