// The node images of k3s clusters: a catalogue of rancher/k3s by tag, and which version an image's name promises.
import type { NodeImages } from '../provider';

/** Tags of rancher/k3s, newest first (docs.k3s.io/release-notes); k3d 5.9 itself takes v1.32.5-k3s1, its successor v1.35.5-k3s1. */
const tags = [
  'v1.36.1-k3s1',
  'v1.35.5-k3s1',
  'v1.34.6-k3s1',
  'v1.33.10-k3s1',
  'v1.32.5-k3s1',
  'v1.31.14-k3s1',
  'v1.30.14-k3s2',
  'v1.29.15-k3s1',
  'v1.28.15-k3s1',
  'v1.27.16-k3s1',
  'v1.25.16-k3s4',
  'v1.23.17-k3s1',
  'v1.21.14-k3s1',
];

/** `rancher/k3s:v1.35.5-k3s1` runs what Kubernetes itself calls v1.35.5+k3s1: tags cannot hold the +. */
export function versionOfK3sImage(reference: string): string | undefined {
  const match = /:(v\d+\.\d+\.\d+(?:-[a-z]+\d+)?)-(k3s\d+)/.exec(reference);
  return match ? `${match[1]}+${match[2]}` : undefined;
}

export const k3sImages: NodeImages = {
  offered: tags.map((tag) => ({
    reference: `rancher/k3s:${tag}`,
    kubernetesVersion: tag.replace('-k3s', '+k3s'),
  })),
  versionOf: versionOfK3sImage,
  // rancher/k3s: package/Dockerfile.
  entrypoint: ['/bin/k3s'],
};
