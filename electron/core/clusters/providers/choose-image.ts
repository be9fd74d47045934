// Which node image a request means: one that it names, or one of a catalogue by its version.
import { AppError } from '../../../../shared/model/errors';
import type { NodeImage, NodeImages } from './provider';

/**
 * The node image for a template's `kubernetes` part: the image when one is named, else the catalogue's for the version
 * (`1.34`, `v1.34` or a full version), else the newest of the catalogue.
 * @throws AppError `bad-input`, naming the known versions, when the catalogue has no such version.
 */
export function chooseImage(
  { offered, versionOf }: Pick<NodeImages, 'offered' | 'versionOf'>,
  request: { version?: string | undefined; image?: string | undefined },
): NodeImage {
  if (request.image !== undefined) {
    const kubernetesVersion = versionOf(request.image);
    return { reference: request.image, ...(kubernetesVersion !== undefined && { kubernetesVersion }) };
  }
  const [newest] = offered;
  if (request.version === undefined && newest) return newest;
  const wanted = `v${(request.version ?? '').trim().replace(/^v/, '').replace(/-k3s/, '+k3s')}`;
  const found = offered.find(({ kubernetesVersion = '' }) => namesOf(kubernetesVersion).includes(wanted));
  if (found) return found;
  const known = offered.map(({ kubernetesVersion }) => kubernetesVersion).join(', ');
  throw new AppError('bad-input', `There is no node image for Kubernetes ${wanted}`, {
    params: { version: wanted, known },
    hints: [
      { text: `Choose one of ${known}.` },
      { text: 'Or name a node image of your own in the template (kubernetes.image) or with --image.' },
    ],
  });
}

/** `v1.36.1+k3s1` is also `v1.36.1` and `v1.36`. */
function namesOf(kubernetesVersion: string): string[] {
  const release = kubernetesVersion.replace(/\+.*/, '');
  return [kubernetesVersion, release, release.replace(/\.\d+$/, '')];
}
