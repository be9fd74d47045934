// What of a template cannot go together with its Kubernetes version: said before anything is made.
import { AppError } from '../../../../../shared/model/errors';
import type { ClusterTemplate } from '../../../../../shared/model/template';
import type { TemplateSpec } from '../../../../../shared/model/template/spec';
import { kubeadmDocuments } from './kubeadm-config';
import type { KubeadmConfigRequest } from './kubeadm-config-request';
import type { KubeadmPatches } from './kubeadm-patches';
import { unusedPatches } from './kubeadm-patches';
import { atLeastMinor, parseKubernetesVersion } from './kubernetes-version';
import { type PlannedNode, plannedNodes } from './nodes';

/** The first minor versions with what a template can ask for (Kubernetes: KEP-3866, KEP-563; kind 0.33: dual stack from 1.20 on). */
const firstMinors: readonly { asks(spec: TemplateSpec): boolean; minor: number; what: string; field: string }[] = [
  {
    asks: ({ networking }) => networking.kubeProxy === 'nftables',
    minor: 29,
    what: 'kube-proxy with nftables',
    field: 'networking.kubeProxy',
  },
  {
    asks: ({ networking }) => networking.ipFamily === 'dual',
    minor: 20,
    what: 'a dual-stack cluster',
    field: 'networking.ipFamily',
  },
];

/** The error for a template that asks for more than this version has. */
export function versionProblem(spec: TemplateSpec, kubernetesVersion: string): AppError | undefined {
  const version = parseKubernetesVersion(kubernetesVersion);
  const early = firstMinors.find(({ asks, minor }) => asks(spec) && !atLeastMinor(version, minor));
  if (!early) return undefined;
  const { what, minor, field } = early;
  return new AppError(
    'template-invalid',
    `The template asks for ${what}, which Kubernetes has from 1.${minor} on, and not ${kubernetesVersion}`,
    {
      params: { file: field, problem: `${what}: 1.${minor}, ${kubernetesVersion}`, count: 1 },
      hints: [{ text: `Choose Kubernetes 1.${minor} or later, or change ${field}.` }],
    },
  );
}

/** A configuration like those of the cluster's nodes, for what can be told of it before it has addresses. */
function likelyRequest(cluster: string, { spec }: ClusterTemplate, version: string, node: PlannedNode) {
  const { networking, featureGates, runtimeConfig } = spec;
  return {
    kubernetesVersion: version,
    clusterName: cluster,
    node: { ...node, address: '10.0.0.2' },
    controlPlaneEndpoint: `${cluster}-control-plane:6443`,
    certSANs: [],
    podSubnet: networking.podSubnet,
    serviceSubnet: networking.serviceSubnet,
    ipFamily: networking.ipFamily,
    kubeProxy: networking.kubeProxy,
    featureGates,
    runtimeConfig,
    token: 'abcdef.0123456789abcdef',
    cgroupVersion: '2',
    singleControlPlane: true,
    singleNode: false,
  } as const satisfies KubeadmConfigRequest;
}

function patchesOf({ spec }: ClusterTemplate, node: PlannedNode): KubeadmPatches[] {
  return [{ at: 'patches', ...spec.patches }, ...(node.patches ? [node.patches] : [])];
}

/** Throws `template-invalid`, naming the patch, when one does not apply to what this version is configured with. */
export function checkPatches(cluster: string, template: ClusterTemplate, kubernetesVersion: string): void {
  for (const node of plannedNodes(cluster, template.spec)) {
    const patches = patchesOf(template, node);
    kubeadmDocuments({ ...likelyRequest(cluster, template, kubernetesVersion, node), patches });
  }
}

/** Patches that are for no document of the configuration, each once. */
export function patchesInVain(template: ClusterTemplate, kubernetesVersion: string): { at: string; kind: string }[] {
  const found = plannedNodes('cluster', template.spec).flatMap((node) => {
    const documents = kubeadmDocuments(likelyRequest('cluster', template, kubernetesVersion, node));
    return patchesOf(template, node).flatMap((patches) => unusedPatches(documents, patches));
  });
  return [...new Map(found.map((one) => [one.at + one.kind, one])).values()];
}
