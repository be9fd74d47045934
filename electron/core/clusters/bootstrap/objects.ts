// The Kubernetes objects that a new cluster starts with, sent straight to its API: nodes, pod network, storage class.
import type { KubernetesObject, V1Node } from '@kubernetes/client-node';
import type { Kube } from '../../kube/connect';
import { createObjects } from '../../kube/create';
import { documentsIn } from '../../kube/yaml';
import type { StepContext } from '../../operations/operation';
import { requiredBindings } from '../providers/kubeadm/access';
import { parseKubernetesVersion } from '../providers/kubeadm/kubernetes-version';
import type { PlannedNode } from '../providers/kubeadm/nodes';
import { type Building, controlPlaneEndpoint, found } from './building';
import { clusterConfigurationOf, registrationOf } from './node-config';
import { podRangesOf } from './pod-range';

/** Role bindings that this version's administrator needs, and the nodes with their pod ranges. */
export async function registerNodes(building: Building, context: StepContext): Promise<void> {
  const version = parseKubernetesVersion(found(building.image, 'the image').kubernetesVersion);
  const kube = found(building.kube, 'the API');
  await createObjects(kube, requiredBindings(version) as unknown as KubernetesObject[], context.signal);
  const { podSubnet } = clusterConfigurationOf(building);
  await Promise.all(
    building.request.nodes.map((node, index) =>
      registerNode(kube, nodeObject(building, node, podRangesOf(podSubnet, index))),
    ),
  );
}

/**
 * Creates the node before its kubelet does: pods can be bound to it at once, and the kubelet, which asks again only after growing
 * pauses, finds it there. A kubelet that was quicker has left out the pod range and the taints, which are added then.
 */
export async function registerNode(kube: Kube, node: V1Node): Promise<void> {
  try {
    await kube.objects.create(node);
  } catch (error) {
    if ((error as { code?: unknown }).code !== 409) throw error;
    const present = (await kube.objects.read({ ...node, metadata: { name: node.metadata?.name ?? '' } })) as V1Node;
    const missing = (node.spec?.taints ?? []).filter(
      (taint) => !present.spec?.taints?.some(({ key }) => key === taint.key),
    );
    const { podCIDR, podCIDRs } = node.spec ?? {};
    const taints = [...(present.spec?.taints ?? []), ...missing];
    const { PatchStrategy } = await import('@kubernetes/client-node');
    await kube.objects.patch(
      { ...node, spec: { ...(podCIDR && podCIDRs && { podCIDR, podCIDRs }), ...(taints.length > 0 && { taints }) } },
      undefined,
      undefined,
      undefined,
      undefined,
      PatchStrategy.MergePatch,
    );
  }
}

/** The node as its kubelet would register it; without a pod range it gets one from the controller manager. */
export function nodeObject(building: Building, node: PlannedNode, podCIDRs: string[] = []): V1Node {
  const { name: cluster } = building.request;
  const registration = registrationOf(building, node);
  const [podCIDR] = podCIDRs;
  const taints = registration.taints.map(({ key, effect, value }) => ({ key, effect, ...(value && { value }) }));
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: node.name,
      labels: { ...registration.labels, 'kubernetes.io/hostname': node.name, 'kubernetes.io/os': 'linux' },
      annotations: { 'kubeadm.alpha.kubernetes.io/cri-socket': 'unix:///run/containerd/containerd.sock' },
    },
    spec: {
      ...(podCIDR && { podCIDR, podCIDRs }),
      providerID: `kind://docker/${cluster}/${node.name}`,
      ...(taints.length > 0 && { taints }),
    },
    // Kubelets up to 1.23 crash on a node without any capacity; they set the true one with their first report. Until then they refuse a
    // static pod that does not fit (kubelet 1.20: for good), and etcd's asks for 100 MiB of ephemeral storage.
    status: { capacity: roomOf(building), allocatable: roomOf(building) },
  };
}

function roomOf({ engine }: Building): Record<string, string> {
  return { cpu: String(engine.info.cpus), memory: String(engine.info.memory), pods: '110', 'ephemeral-storage': '1Gi' };
}

/** The image's own pod network. kind 0.33: two sentences in its text say that it is a template, or wants the API's address. */
export async function installPodNetwork(building: Building, context: StepContext): Promise<void> {
  const manifest = found(building.image, 'the image').podNetworkManifest;
  const { podSubnet } = clusterConfigurationOf(building);
  const text = manifest.includes('would you kindly template this file')
    ? manifest.replace(/\{\{\s*\.PodSubnet\s*\}\}/g, podSubnet)
    : manifest;
  let objects = objectsOf(text);
  if (manifest.includes('would you kindly patch this file')) {
    objects = objects.map((object) => withApiAddress(object, controlPlaneEndpoint(building)));
  }
  await createObjects(found(building.kube, 'the API'), objects, context.signal);
}

interface WithContainers extends KubernetesObject {
  spec?: { template?: { spec?: { containers?: { env?: { name: string; value: string }[] }[] } } };
}

function withApiAddress(object: KubernetesObject, endpoint: string): KubernetesObject {
  if (object.kind !== 'DaemonSet') return object;
  const copy = structuredClone(object) as WithContainers;
  const [container] = copy.spec?.template?.spec?.containers ?? [];
  if (container) container.env = [...(container.env ?? []), { name: 'CONTROL_PLANE_ENDPOINT', value: endpoint }];
  return copy;
}

/** kind 0.33: images without a storage manifest get the controller manager's own host path provisioner. */
const fallbackStorage = `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: standard, annotations: {storageclass.kubernetes.io/is-default-class: "true"}}
provisioner: kubernetes.io/host-path
`;

export async function installStorage(building: Building, context: StepContext): Promise<void> {
  const manifest = found(building.image, 'the image').storageManifest ?? fallbackStorage;
  await createObjects(found(building.kube, 'the API'), objectsOf(manifest), context.signal);
}

/** The objects of a multi-document YAML text. */
export function objectsOf(text: string): KubernetesObject[] {
  return documentsIn(text).filter(
    (object) => (object as KubernetesObject | null)?.kind !== undefined,
  ) as KubernetesObject[];
}
