// The steps that bring the control plane up: static pods, the API, the cluster's configuration, the final controller manager.
import type { KubernetesObject } from '@kubernetes/client-node';
import { execOrThrow } from '../../engine/exec';
import { connectKube } from '../../kube/connect';
import { waitForApi, waitForObjects } from '../../kube/wait';
import type { StepContext } from '../../operations/operation';
import { adminKubeconfig } from '../admin';
import { atLeastMinor, parseKubernetesVersion } from '../providers/kubeadm/kubernetes-version';
import type { PlannedNode } from '../providers/kubeadm/nodes';
import { apiServerOf, type Building, clusterAddressesOf, controlPlanesOf, firstControlPlane, found } from './building';
import { showStaticPods } from './mirror-pods';
import { storesStatus } from './node-config';
import {
  finishControllerManager,
  installDns,
  installKubeProxy,
  storeConfiguration,
  storeFurtherControlPlane,
  untilStaticPodsStart,
  writeControlPlane,
} from './scripts';

/** Milliseconds for etcd and the API server to come up; kubeadm gives them 4 minutes. */
const apiLimit = 240_000;

/**
 * Whether the controller manager starts in two stages. Up to Kubernetes 1.27 its node IPAM controller waits ten seconds before it
 * first asks for nodes, and half of the other controllers wait behind it. So it starts without (the nodes' pod ranges are set as
 * they are registered) and gets its final arguments at the end.
 */
export function needsTwoStages(kubernetesVersion: string): boolean {
  return !atLeastMinor(parseKubernetesVersion(kubernetesVersion), 28);
}

/**
 * Whether a kubelet needs five seconds more to start: up to Kubernetes 1.23 it looks for Docker that long, which no node has.
 */
export function hasSlowKubelets(kubernetesVersion: string): boolean {
  return !atLeastMinor(parseKubernetesVersion(kubernetesVersion), 24);
}

/** Writes a node's static pods, and waits until its kubelet has begun to start them. */
export async function startControlPlane(
  building: Building,
  node: PlannedNode,
  twoStages: boolean,
  context: StepContext,
): Promise<void> {
  const { signal } = context;
  const run = (script: string[]) => execOrThrow(building.engine, node.name, script, { signal, onLine: context.log });
  const members = controlPlanesOf(building).map((one) => {
    const [address] = clusterAddressesOf(building, one);
    return `${one.name}=https://${address.includes(':') ? `[${address}]` : address}:2380`;
  });
  await run(writeControlPlane(twoStages, members));
  context.progress(0.2, 'waiting for the kubelet to start them');
  await run(untilStaticPodsStart());
}

/**
 * Connects to the API when it answers and has the namespace that everything of kubeadm's goes to: the first of several API servers
 * may answer a moment before it is there.
 */
export async function connectToApi(building: Building, { signal }: StepContext): Promise<void> {
  const pki = found(building.pki, 'the certificates');
  building.kube = await connectKube(adminKubeconfig(apiServerOf(building), pki));
  await waitForApi(building.kube, signal, apiLimit);
  await waitForObjects(
    building.kube,
    '/api/v1/namespaces?fieldSelector=metadata.name%3Dkube-system',
    (namespaces) => (namespaces.size > 0 ? [] : ['the namespace kube-system']),
    { signal, limit: apiLimit },
  );
}

export async function addAddons(building: Building, context: StepContext): Promise<void> {
  const { signal } = context;
  const node = firstControlPlane(building).name;
  const run = (script: string[]) => execOrThrow(building.engine, node, script, { signal, onLine: context.log });
  const proxied = building.request.template.spec.networking.kubeProxy !== 'none';
  await Promise.all([proxied && run(installKubeProxy()), run(installDns()).then(() => askDnsOften(building))]);
}

/** kubeadm's DNS pods are asked every ten seconds whether they are ready, so that many may pass before they count. */
async function askDnsOften(building: Building): Promise<void> {
  const containers = [{ name: 'coredns', readinessProbe: { periodSeconds: 1 } }];
  const { PatchStrategy } = await import('@kubernetes/client-node');
  await found(building.kube, 'the API').objects.patch(
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'coredns', namespace: 'kube-system' },
      spec: { template: { spec: { containers } } },
    } as KubernetesObject,
    undefined,
    undefined,
    undefined,
    undefined,
    PatchStrategy.StrategicMergePatch,
  );
}

export async function storeClusterConfiguration(building: Building, context: StepContext): Promise<void> {
  await Promise.all([showControlPlanes(building, context), uploadConfiguration(building, context)]);
}

async function uploadConfiguration(building: Building, context: StepContext): Promise<void> {
  const options = { signal: context.signal, onLine: context.log };
  const [first, ...others] = controlPlanesOf(building);
  const alone = building.request.nodes.length === 1;
  await execOrThrow(building.engine, found(first, 'the control plane').name, storeConfiguration(alone), options);
  // One after another: each adds itself to what is stored.
  for (const { name } of others) {
    await execOrThrow(building.engine, name, storeFurtherControlPlane(storesStatus(building)), options);
  }
}

/** Best effort: kubelets do it later. */
async function showControlPlanes(building: Building, { signal, log }: StepContext): Promise<void> {
  const kube = found(building.kube, 'the API');
  const { kubernetesVersion } = found(building.image, 'the image');
  const leaveOut = needsTwoStages(kubernetesVersion) ? ['kube-controller-manager'] : [];
  await Promise.all(
    controlPlanesOf(building).map(({ name }) =>
      showStaticPods(kube, name, { signal, leaveOut }).catch((error: unknown) => {
        signal.throwIfAborted();
        log(`the static pods of ${name} show in a minute: ${String(error)}`);
      }),
    ),
  );
}

/** Gives the controller manager its final arguments and waits until it runs with them. */
export async function finishControlPlane(building: Building, node: PlannedNode, context: StepContext): Promise<void> {
  const options = { signal: context.signal, onLine: context.log };
  context.progress(undefined, 'waiting for the controller manager to restart');
  await execOrThrow(building.engine, node.name, finishControllerManager(), options);
}
