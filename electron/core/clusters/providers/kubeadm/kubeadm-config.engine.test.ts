// Holds our kubeadm configuration against what the real kind prints for the same cluster, field by field.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Difference, differences } from './differences';
import {
  type ComparedCluster,
  comparedClusters,
  comparedRecordings,
  compareWithKind,
  titleOf,
} from './testing/comparison';
import { differingPaths, fieldsOf } from './testing/fields';
import {
  imageSaying,
  type KindRun,
  kindUpToConfiguration,
  lightNodeImage,
  type ThrowAwayImage,
  whatIsMissing,
} from './testing/real-kind';

const recordings = join(import.meta.dirname, 'testdata/kind-0.33');
const missing = await whatIsMissing();
if (missing) console.warn(`kubeadm configurations are not compared with the real kind: ${missing}`);

const recording = Boolean(process.env.BOATHOUSE_TEST_RECORD);
const clusters = recording ? [...comparedClusters, ...comparedRecordings] : comparedClusters;

async function runKind(cluster: ComparedCluster, base: ThrowAwayImage): Promise<KindRun> {
  const image = await imageSaying(cluster.kubernetesVersion, base.reference);
  try {
    return await kindUpToConfiguration({
      name: 'bh-cmp-config',
      image: image.reference,
      ...(cluster.worker && { workerLabels: cluster.worker }),
      config: cluster.config,
      nodes: cluster.nodes,
    });
  } finally {
    await image.remove();
  }
}

/** Addresses are the engine's choice, all else is kind's. */
function withoutAddresses(text: string): string {
  return text
    .replace(/(advertiseAddress|node-ip|value): \d+\.\d+\.\d+\.\d+/g, '$1: 172.18.0.2')
    .replace(/\bfc00:[0-9a-f:]+/g, 'fc00::2');
}

function recordingOf(cluster: ComparedCluster, node: string): string {
  return join(recordings, `${titleOf(cluster)}.${node.replace('bh-cmp-config-', '')}.conf`);
}

describe.skipIf(missing)('the kubeadm configuration beside the real kind', () => {
  const occurred = new Set<Difference>();
  let base: ThrowAwayImage;

  beforeAll(async () => {
    base = await lightNodeImage();
  });
  afterAll(() => base?.remove());

  test.each(clusters.map((cluster) => [titleOf(cluster), cluster] as const))('%s', async (_, cluster) => {
    const { configurations } = await runKind(cluster, base);
    expect(configurations.size).toBe(cluster.worker ? 2 : 1);
    for (const [node, text] of configurations) {
      const { unexplained, explained } = compareWithKind(cluster, node, text);
      expect(unexplained, node).toEqual([]);
      for (const difference of explained) occurred.add(difference);
      const file = recordingOf(cluster, node);
      if (recording) await writeFile(file, withoutAddresses(text));
      const recorded = await readFile(file, 'utf8');
      const drift = differingPaths(fieldsOf(recorded), fieldsOf(withoutAddresses(text)));
      expect(drift, `${file} is not what kind prints; record it anew with BOATHOUSE_TEST_RECORD=1`).toEqual([]);
    }
  });

  test('every listed difference occurs', () => {
    expect(differences.filter((difference) => !occurred.has(difference)).map(({ path }) => path)).toEqual([]);
  });
});
