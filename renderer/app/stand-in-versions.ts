// Versions to choose from, for the stand-in: some offered, one of them here, and an image that is only here.
import type { NodeVersion } from '../../shared/model/version';

const gibibyte = 1024 ** 3;

function offered(
  provider: NodeVersion['provider'],
  version: string,
  image: string,
  support: NodeVersion['support'],
  more: Partial<NodeVersion> = {},
): NodeVersion {
  return { provider, version, image, support, offered: true, usual: false, here: false, ...more };
}

export const sampleVersions: NodeVersion[] = [
  offered(
    'kubeadm',
    'v1.36.1',
    'kindest/node:v1.36.1@sha256:3489c7674813ba5d8b1a9977baea8a6e553784dab7b84759d1014dbd78f7ebd5',
    { state: 'supported', until: '2027-06-28' },
    { usual: true },
  ),
  offered(
    'kubeadm',
    'v1.34.0',
    'kindest/node:v1.34.0@sha256:7416a61b42b1662ca6ca89f02028ac133a309a2a30ba309614e8ec94d976dc5a',
    { state: 'maintenance', until: '2026-10-27' },
    { here: true, size: 0.98 * gibibyte },
  ),
  offered(
    'kubeadm',
    'v1.31.0',
    'kindest/node:v1.31.0@sha256:53df588e04085fd41ae12de0c3fe4c72f7013bba32a20e7325357a1ac94ba865',
    { state: 'ended', until: '2025-11-11' },
  ),
  offered(
    'kubeadm',
    'v1.20.2',
    'testbed/node:v1.20.2',
    { state: 'ended', until: '2022-02-28' },
    { offered: false, here: true, size: 0.7 * gibibyte },
  ),
  offered(
    'k3s',
    'v1.36.1+k3s1',
    'rancher/k3s:v1.36.1-k3s1',
    { state: 'supported', until: '2027-06-28' },
    { usual: true },
  ),
  offered(
    'k3s',
    'v1.35.5+k3s1',
    'rancher/k3s:v1.35.5-k3s1',
    { state: 'supported', until: '2027-02-28' },
    { here: true, size: 0.24 * gibibyte },
  ),
];
