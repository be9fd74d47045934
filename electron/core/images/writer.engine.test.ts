// Layers written for several nodes at once, with real volumes: one that is full fails by itself.
import { createHash, randomBytes } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import type { Engine } from '../engine/engine';
import { execOrThrow } from '../engine/exec';
import { createTestContainer, openTestEngine, removeTestContainer, testName } from '../engine/testing';
import { testEngines } from '../testing/core';
import type { NodeStore } from './node-store';
import { openSharedWriter } from './writer';

const content = '/var/lib/containerd/content';
const id = 'of-the-test';

describe.each(testEngines())('on $name', ({ host }) => {
  const signal = AbortSignal.timeout(60_000);
  const names = ['small', 'one', 'two'];
  let engine: Engine;

  afterEach(async () => {
    for (const name of names) {
      await removeTestContainer(engine, name);
      await engine.docker.getVolume(testName(name)).remove();
    }
  });

  /** A container with a volume of its own where a node keeps its images; `size`: bytes that have room in it. */
  async function nodeOf(name: string, size?: number) {
    const options = { type: 'tmpfs', device: 'tmpfs', o: `size=${size}` };
    await engine.docker.createVolume({ Name: testName(name), ...(size && { DriverOpts: options }) });
    const binds = { HostConfig: { Binds: [`${testName(name)}:/var`] } };
    const container = await createTestContainer(engine, name, binds);
    await container.start();
    const look = `mkdir -p ${content}/boathouse && stat -c %d:%i ${content}/boathouse`;
    const { stdout } = await execOrThrow(engine, container.id, ['sh', '-c', look], { signal });
    const store: NodeStore = {
      architecture: 'amd64',
      content,
      snapshotter: 'overlayfs',
      staging: stdout.trim(),
      names: new Map(),
      snapshots: new Set(),
      blobs: new Map(),
      documents: new Map(),
    };
    return { node: container.id, id, store };
  }

  test('a node without room fails by itself; the others have the layer whole', async () => {
    engine = await openTestEngine(host);
    const nodes = [await nodeOf('small', 1024 * 1024), await nodeOf('one'), await nodeOf('two')];
    const [small] = nodes;
    const layer = randomBytes(4 * 1024 * 1024);
    const hex = createHash('sha256').update(layer).digest('hex');
    const writer = await openSharedWriter(engine, nodes, signal);
    try {
      expect(nodes.map(({ node }) => writer.reaches(node))).toEqual([true, true, true]);
      await writer.begin(hex, layer.length, nodes);
      await writer.write(layer);
      const failures = await writer.end();
      expect([...failures.keys()]).toEqual([small?.node]);
      expect(failures.get(small?.node ?? '')?.detail).toMatch(/no space left on device/i);
      await writer.finish();
    } finally {
      await writer.close();
    }
    const sums = nodes.map(async ({ node }) => {
      const path = `${content}/boathouse/${id}/layers/${hex}`;
      return (await execOrThrow(engine, node, ['sha256sum', path], { signal })).stdout.split(' ')[0];
    });
    const [cut, ...whole] = await Promise.all(sums);
    expect(cut).not.toBe(hex);
    expect(whole).toEqual([hex, hex]);
  });
});
