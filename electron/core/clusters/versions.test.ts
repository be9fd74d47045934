// Versions to choose from: what is offered, what is here, and node images that are only here.
import { expect, test } from 'vitest';
import { k3sImages } from './providers/k3s/node-image';
import { kubeadmImages } from './providers/kubeadm/node-image';
import { type EngineImage, versionsOf } from './versions';

const now = new Date('2026-11-20T12:00:00Z');
const [newest, second] = kubeadmImages.offered;
const digestOf = (reference = '') => reference.split('@')[1] ?? '';

function image(change: Partial<EngineImage>): EngineImage {
  return { id: 'sha256:1', references: [], size: 900_000_000, entrypoint: ['/app'], ...change };
}
const kubeadm = (...images: EngineImage[]) => versionsOf('kubeadm', kubeadmImages, images, now);

test('the catalogue, newest first, with how long each is mended', () => {
  const versions = kubeadm();
  expect(versions.map(({ version }) => version)).toEqual(kubeadmImages.offered.map((one) => one.kubernetesVersion));
  expect(versions[0]).toEqual({
    provider: 'kubeadm',
    version: 'v1.36.1',
    image: newest?.reference,
    support: { state: 'supported', until: '2027-06-28' },
    offered: true,
    usual: true,
    here: false,
  });
  expect(versions.filter(({ usual }) => usual)).toHaveLength(1);
  expect(versions.at(-1)?.support.state).toBe('ended');
});

test.each(['', 'docker.io/'])('an image that was pulled by digest from %sKIND is the catalogue’s', (registry) => {
  const versions = kubeadm(image({ references: [`${registry}kindest/node@${digestOf(second?.reference)}`] }));
  expect(versions.filter(({ here }) => here)).toMatchObject([
    { version: second?.kubernetesVersion, size: 900_000_000 },
  ]);
  expect(versions).toHaveLength(kubeadmImages.offered.length);
});

test('the same tag with other content is not the catalogue’s, and stands behind it', () => {
  const versions = kubeadm(image({ references: ['kindest/node:v1.36.1'] }));
  expect(versions.slice(0, 2)).toMatchObject([
    { version: 'v1.36.1', offered: true, here: false },
    { version: 'v1.36.1', offered: false, here: true, usual: false, image: 'kindest/node:v1.36.1' },
  ]);
});

test('node images of any name are found by the program they begin with; others are none', () => {
  const own = image({ references: ['mine/kube:1'], entrypoint: kubeadmImages.entrypoint });
  const old = image({ references: ['testbed/node:v1.20.2'], size: 700_000_000 });
  const nameless = image({ id: 'sha256:2', entrypoint: kubeadmImages.entrypoint });
  const stranger = image({ references: ['postgres:17'] });
  const here = kubeadm(stranger, nameless, own, old).filter((version) => version.here);
  expect(here).toEqual([
    {
      provider: 'kubeadm',
      version: 'v1.20.2',
      image: 'testbed/node:v1.20.2',
      support: { state: 'ended', until: '2022-02-28' },
      offered: false,
      usual: false,
      here: true,
      size: 700_000_000,
    },
    expect.objectContaining({ image: 'sha256:2', support: { state: 'unknown' } }),
    expect.objectContaining({ image: 'mine/kube:1', support: { state: 'unknown' } }),
  ]);
});

test('k3s by tag', () => {
  const pulled = image({ references: ['rancher/k3s:v1.35.5-k3s1', `rancher/k3s@sha256:${'0'.repeat(64)}`] });
  const own = image({ references: ['testbed/k3s:v1.20.2-k3s1'], entrypoint: k3sImages.entrypoint });
  const versions = versionsOf('k3s', k3sImages, [pulled, own], now);
  expect(versions.filter(({ here }) => here)).toMatchObject([
    { version: 'v1.35.5+k3s1', offered: true, support: { state: 'supported', until: '2027-02-28' } },
    { version: 'v1.20.2+k3s1', offered: false, image: 'testbed/k3s:v1.20.2-k3s1' },
  ]);
  expect(kubeadm(pulled, own).filter(({ here }) => here)).toEqual([]);
});
