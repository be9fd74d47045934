// Names, chains and manifests, as containerd and kind make them.
import { expect, test } from 'vitest';
import { chainIds, digestOf, dockerManifest, fullName } from './oci';

test.each([
  ['web', 'docker.io/library/web:latest'],
  ['web:dev', 'docker.io/library/web:dev'],
  ['shop/web:dev', 'docker.io/shop/web:dev'],
  ['docker.io/web', 'docker.io/library/web:latest'],
  ['index.docker.io/shop/web:1', 'docker.io/shop/web:1'],
  ['localhost/web:dev', 'localhost/web:dev'],
  ['localhost:5000/web', 'localhost:5000/web:latest'],
  ['ghcr.io/shop/web:1', 'ghcr.io/shop/web:1'],
  [`web@sha256:${'a'.repeat(64)}`, `docker.io/library/web@sha256:${'a'.repeat(64)}`],
])('%s is %s to a kubelet', (reference, full) => {
  expect(fullName(reference)).toBe(full);
});

test('a chain begins with its lowest layer and goes on with both', () => {
  const [one, two] = [`sha256:${'1'.repeat(64)}`, `sha256:${'2'.repeat(64)}`];
  expect(chainIds([])).toEqual([]);
  expect(chainIds([one, two])).toEqual([one, digestOf(`${one} ${two}`)]);
});

test('the manifest is byte for byte that of containerd 1.6 for the same docker-archive', () => {
  // Config and layers of an image that `ctr images import` gave this digest.
  const layers = [
    { digest: 'sha256:e6e65cf4864fe00a21f99549d75a5ee740dbf139164f3d072e54405439a09cc4', size: 161187840 },
    { digest: 'sha256:c8262e19a4424a58a3d920d3214c213f31e567eea1b85663a4fd8bde954953bc', size: 3584 },
  ];
  const text = dockerManifest(Buffer.alloc(2456), layers)
    .toString()
    .replace(digestOf(Buffer.alloc(2456)), 'sha256:d382af00273846d2a50df4f721528fcc5743a777f73c103ce6f2b4ffe2d9e149');
  expect(digestOf(text)).toBe('sha256:c2536a72bc3860fe683b026dd5e2748abbbb25b9f26add001bff90cfbadc7a0d');
});
