// What a node's answer means, and what it lacks of an image.
import { expect, test } from 'vitest';
import { idsByDigest, layerSizes, missingIn, parseSurvey, storedImages } from './node-store';
import { chainIds } from './oci';
import type { SourceImage } from './source';
import { staleWorkloads } from './stale';

const hex = (letter: string) => letter.repeat(64);
const digest = (letter: string) => `sha256:${hex(letter)}`;
const layers = ['1', '2'].map((letter) => ({ digest: digest(letter), diffId: digest(letter), size: 100 }));
const chain = chainIds(layers.map(({ diffId }) => diffId));
const manifest = {
  config: { digest: digest('c'), size: 10 },
  layers: layers.map(({ digest: d, size }) => ({ digest: d, size })),
};
const config = { os: 'linux', architecture: 'amd64', rootfs: { diff_ids: layers.map(({ diffId }) => diffId) } };
const image: SourceImage = {
  names: ['docker.io/shop/web:dev'],
  id: digest('c'),
  config: Buffer.from(JSON.stringify(config)),
  manifest: { mediaType: '', content: Buffer.from(JSON.stringify(manifest)) },
  platform: { os: 'linux', architecture: 'amd64' },
  layers,
};

function survey(...more: string[]) {
  const store = parseSurvey(
    ['machine x86_64', 'content /content', 'snapshotter overlayfs', ...more, 'end', ''].join('\n'),
  );
  if (!store) throw new Error('the survey is not whole');
  return store;
}
const whole = [
  `image ${digest('d')} docker.io/shop/web:dev`,
  `image ${digest('d')} sha256:${hex('c')}`,
  `json ${hex('d')} ${JSON.stringify(manifest)}`,
  `json ${hex('c')} ${JSON.stringify(config)}`,
];

test('an answer that is cut off is none', () => {
  expect(parseSurvey('machine x86_64\ncontent /content\n')).toBeUndefined();
});

test('an image has all its names and one size', () => {
  const store = survey(...whole);
  expect(store.architecture).toBe('amd64');
  expect(storedImages(store)).toEqual([{ id: digest('c'), names: ['docker.io/shop/web:dev', digest('c')], size: 210 }]);
  expect(idsByDigest(store).get(digest('d'))).toBe(digest('c'));
});

test('everything is missing from an empty node', () => {
  expect(missingIn(survey(), [image])).toMatchObject({ bytes: 200, present: 0, nothing: false });
});

test('a layer that is unpacked need not travel, though its blob was discarded', () => {
  const missing = missingIn(survey(`snapshot ${chain[0]}`), [image]);
  expect(missing).toMatchObject({ bytes: 100, present: 100, nothing: false });
  expect([...missing.digests]).toEqual([digest('2')]);
});

test('a blob of another size is a broken one', () => {
  expect(missingIn(survey(`blob ${hex('1')} 100`, `blob ${hex('2')} 99`), [image])).toMatchObject({ bytes: 100 });
});

test('nothing is to be done only when it is unpacked and named', () => {
  const unpacked = chain.map((one) => `snapshot ${one}`);
  expect(missingIn(survey(...unpacked), [image])).toMatchObject({ bytes: 0, nothing: false });
  expect(missingIn(survey(...whole), [image])).toMatchObject({ nothing: false });
  expect(missingIn(survey(...unpacked, ...whole), [image])).toMatchObject({ nothing: true });
});

test('a pod that runs another image than its name means now is stale', () => {
  const store = survey(...whole);
  const pod = (imageID: string, owner = 'web-5f7') => ({
    metadata: {
      namespace: 'shop',
      name: `${owner}-x`,
      labels: { 'pod-template-hash': '5f7' },
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: owner, uid: '1', controller: true }],
    },
    spec: { nodeName: 'worker', containers: [{ name: 'web', image: 'shop/web:dev' }] },
    status: { phase: 'Running', containerStatuses: [{ name: 'web', image: 'shop/web:dev', imageID }] },
  });
  const stale = (imageID: string, names?: string[]) =>
    staleWorkloads({ stores: new Map([['worker', store]]), pods: [pod(imageID)] }, names);
  expect(stale(digest('c'))).toEqual([]);
  expect(stale(`docker.io/library/import-2026-01-01@${digest('d')}`)).toEqual([]);
  expect(stale(digest('b'))).toEqual([
    { kind: 'Deployment', namespace: 'shop', name: 'web', images: ['shop/web:dev'], pods: ['web-5f7-x'] },
  ]);
  expect(stale(digest('b'), ['docker.io/shop/other:dev'])).toEqual([]);
});

test('the sizes of layers are known from manifests, where the digest is that of the plain bytes', () => {
  const plain = { mediaType: 'application/vnd.docker.image.rootfs.diff.tar', digest: digest('1'), size: 100 };
  const packed = { mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip', digest: digest('2'), size: 50 };
  const mixed = JSON.stringify({ config: { digest: digest('c'), size: 10 }, layers: [plain, packed] });
  expect(layerSizes([survey(), survey(`json ${hex('d')} ${mixed}`)])).toEqual(new Map([[digest('1'), 100]]));
});
