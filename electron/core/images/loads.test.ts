// What a node has once a load has brought it images, and what then counts as older.
import { expect, it } from 'vitest';
import { createLoads, storeWith } from './loads';
import { parseSurvey } from './node-store';
import { digestOf, dockerManifest } from './oci';
import { staleWorkloads } from './stale';

const layer = { digest: `sha256:${'a'.repeat(64)}`, size: 1 };
const config = Buffer.from(
  JSON.stringify({ os: 'linux', architecture: 'amd64', rootfs: { diff_ids: [layer.digest] } }),
);
const name = 'docker.io/shop/web:dev';
const image = {
  names: [name],
  id: digestOf(config),
  config,
  manifest: { mediaType: '', content: dockerManifest(config, [layer]) },
  platform: { os: 'linux', architecture: 'amd64' },
  layers: [],
};
const pod = (running: string) => ({
  metadata: { name: 'web', namespace: 'shop' },
  spec: { nodeName: 'node', containers: [{ name: 'web', image: 'shop/web:dev' }] },
  status: { phase: 'Running', containerStatuses: [{ name: 'web', image: 'shop/web:dev', imageID: running }] },
});

it('is the old store with what came, by which pods of the old image are stale', () => {
  const store = parseSurvey('machine x86_64\ncontent /c\nend\n');
  if (!store) throw new Error('no survey');
  const stores = new Map([['node', storeWith(store, [image])]]);
  const stale = (running: string) => staleWorkloads({ stores, pods: [pod(running)] }, [name]).map((one) => one.name);
  expect(stale(`sha256:${'0'.repeat(64)}`)).toEqual(['web']);
  expect(stale(image.id)).toEqual([]);
  expect(stale(`docker.io/shop/web@${digestOf(image.manifest.content)}`)).toEqual([]);
  expect(store.names.size).toBe(0);
});

it('remembers the last loads alone', () => {
  const loads = createLoads();
  const load = { stores: new Map(), failed: new Set(), images: [] } as never;
  for (let number = 0; number < 25; number += 1) loads.note(`${number}`, load);
  expect(loads.find('24')).toBe(load);
  expect(() => loads.find('4')).toThrow('no such load');
});
