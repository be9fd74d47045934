// The catalogue of k3s images, and which of them a request means.
import { describe, expect, test } from 'vitest';
import { chooseImage } from '../choose-image';
import { compareKubernetesVersions, parseKubernetesVersion } from '../kubeadm/kubernetes-version';
import { k3sImages } from './node-image';

test('the catalogue is in order, newest first, one image for each minor version', () => {
  const versions = k3sImages.offered.map(({ kubernetesVersion = '' }) => parseKubernetesVersion(kubernetesVersion));
  expect([...versions].sort((a, b) => compareKubernetesVersions(b, a))).toEqual(versions);
  expect(new Set(versions.map(({ minor }) => minor)).size).toBe(versions.length);
  for (const { reference, kubernetesVersion } of k3sImages.offered) {
    expect(k3sImages.versionOf(reference)).toBe(kubernetesVersion);
  }
});

describe('the image of a request', () => {
  test.each(['1.35', 'v1.35', '1.35.5', 'v1.35.5+k3s1', 'v1.35.5-k3s1'])('is found by version %s', (version) => {
    expect(chooseImage(k3sImages, { version })).toEqual({
      reference: 'rancher/k3s:v1.35.5-k3s1',
      kubernetesVersion: 'v1.35.5+k3s1',
    });
  });

  test('is the newest, or the one that is named', () => {
    expect(chooseImage(k3sImages, {})).toBe(k3sImages.offered[0]);
    expect(chooseImage(k3sImages, { image: 'mine/k3s', version: '1.35' })).toEqual({ reference: 'mine/k3s' });
  });

  test.each(['1.35.4', 'v1.35.5+k3s9', 'latest'])('is refused for version %s', (version) => {
    expect(() => chooseImage(k3sImages, { version })).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });
});
