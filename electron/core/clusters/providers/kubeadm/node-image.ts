// The node images of kubeadm clusters, and which Kubernetes version an image's name promises.
import { chooseImage } from '../choose-image';
import type { NodeImage, NodeImages } from '../provider';
import { catalogue } from './catalogue';

/**
 * The Kubernetes version in the tag of a node image: `kindest/node:v1.36.1`, `localhost:5000/mine/node:v1.20.2@sha256:...`.
 * Undefined when the repository is not called `node` or the tag is no version: then `/kind/version` has to be asked.
 */
export function versionOfImage(reference: string): string | undefined {
  const match = /(?:^|\/)node:(v\d+\.\d+\.\d+(?:[-_][\w.-]+)?)(?:@sha256:[0-9a-f]{64})?$/.exec(reference);
  // Tags cannot hold the + of build metadata; kind's own builds write _ instead.
  return match?.[1]?.replace('_', '+');
}

export const kubeadmImages: NodeImages = {
  offered: catalogue.map(({ kubernetesVersion, digest }) => ({
    reference: `kindest/node:${kubernetesVersion}@${digest}`,
    kubernetesVersion,
  })),
  versionOf: versionOfImage,
  // kind 0.33: images/base/Dockerfile and pkg/build/nodeimage.
  entrypoint: ['/usr/local/bin/entrypoint', '/sbin/init'],
};

/** The node image for a template's `kubernetes` part. Throws `bad-input`, naming the known versions. */
export function imageFor(request: { version?: string | undefined; image?: string | undefined }): NodeImage {
  return chooseImage(kubeadmImages, request);
}
