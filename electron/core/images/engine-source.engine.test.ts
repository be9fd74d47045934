// The engine's images as sources: the same image, however the engine keeps it.
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { openTestEngine, testImage } from '../engine/testing';
import { testEngines } from '../testing/core';
import { findEngineImage } from './engine-images';
import { openEngineSource, openReader } from './engine-source';

test.each(testEngines())('on $name an image is read layer by layer, each as its digest says', async ({ host }) => {
  const signal = AbortSignal.timeout(60_000);
  const engine = await openTestEngine(host);
  const image = await findEngineImage(engine, testImage, signal);
  const said: string[] = [];
  const request = {
    images: [image],
    architecture: Promise.resolve('amd64'),
    reader: openReader(engine, testImage, signal),
    known: Promise.resolve(new Map()),
    log: (line: string) => said.push(line),
  };
  const source = await openEngineSource(engine, request, signal);
  try {
    expect(said).toEqual([]);
    expect(source.images).toMatchObject([
      { names: ['docker.io/testbed/busybox:1'], platform: { os: 'linux', architecture: Promise.resolve('amd64') } },
    ]);
    const layers = source.images[0]?.layers ?? [];
    expect(layers.length).toBeGreaterThan(1);
    const read = new Map<string, number>();
    for await (const layer of source.read(new Set(layers.map(({ digest }) => digest)), signal)) {
      const hash = createHash('sha256');
      let bytes = 0;
      for await (const chunk of layer.content) {
        hash.update(chunk);
        bytes += chunk.length;
      }
      expect(`sha256:${hash.digest('hex')}`).toBe(layer.digest);
      read.set(layer.digest, bytes);
    }
    expect(read).toEqual(new Map(layers.map(({ digest, size }) => [digest, size])));
  } finally {
    await source.close();
  }
});
