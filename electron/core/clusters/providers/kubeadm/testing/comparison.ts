// For tests: the clusters for which our kubeadm configuration is held against the real kind's, and the comparison itself.
import { parseAllDocuments } from 'yaml';
import { type Difference, differences } from '../differences';
import { kubeadmConfig } from '../kubeadm-config';
import { type ComparedCluster, fieldClusters } from './field-clusters';
import { differingPaths, explanation, type Fields, fieldsOf } from './fields';

export type { ComparedCluster };

const worker = { tier: 'front', 'example.com/zone': 'b' };

export const comparedClusters: readonly ComparedCluster[] = [
  ...['v1.20.2', 'v1.22.17', 'v1.24.17', 'v1.30.13', 'v1.34.8', 'v1.36.1'].map((kubernetesVersion) => ({
    kubernetesVersion,
    worker,
  })),
  { kubernetesVersion: 'v1.36.1' },
  ...fieldClusters.filter(({ title }) => title === 'dual' || title === 'patched'),
];

/** Held against kind's recorded output only: further fields, and pre-releases, which kind counts as the version they lead to. */
export const comparedRecordings: readonly ComparedCluster[] = [
  ...fieldClusters.filter(({ title }) => title !== 'dual' && title !== 'patched'),
  { kubernetesVersion: 'v1.21.0-beta.1', worker },
  { kubernetesVersion: 'v1.23.0-rc.0', worker },
  { kubernetesVersion: 'v1.24.0-alpha.1', worker },
  { kubernetesVersion: 'v1.36.0-rc.0', worker },
];

/** The name of a cluster in words, also a file name. */
export function titleOf(cluster: ComparedCluster): string {
  return `${cluster.kubernetesVersion}${cluster.title ? `-${cluster.title}` : cluster.worker ? '' : '-single'}`;
}

interface KindDocument {
  readonly kind: string;
  readonly clusterName?: string;
  readonly localAPIEndpoint?: { readonly advertiseAddress: string };
}

/**
 * kind's fields as we write them for a node that joins: what stands in JoinConfiguration also in InitConfiguration, which our kubelets
 * are started by.
 */
function asJoining(fields: Fields): Fields {
  const [join, init] = ['JoinConfiguration.nodeRegistration', 'InitConfiguration.nodeRegistration'];
  const others = [...fields].filter(([path]) => !path.startsWith(`${init}.`));
  const joining = others.filter(([path]) => path.startsWith(`${join}.`));
  return new Map([...others, ...joining.map(([path, value]) => [path.replace(join, init), value] as const)]);
}

export interface Comparison {
  /** `path: kind's value, our value` of every field that differs and is not listed. */
  readonly unexplained: string[];
  readonly explained: ReadonlySet<Difference>;
}

/** Makes our configuration for the node that kind printed `text` for, and holds the two against each other. */
export function compareWithKind(cluster: ComparedCluster, nodeName: string, text: string): Comparison {
  const documents = parseAllDocuments(text, { version: '1.1' }).map((document) => document.toJS() as KindDocument);
  const clusterName = documents.find(({ kind }) => kind === 'ClusterConfiguration')?.clusterName ?? '';
  const address = documents.find(({ localAPIEndpoint }) => localAPIEndpoint)?.localAPIEndpoint?.advertiseAddress ?? '';
  const [, second] = /node-ip"?(?::|\n *value:) *"?[^,\s"]+,([^\s"]+)/.exec(text) ?? [];
  const role = nodeName.endsWith('-control-plane') ? 'control-plane' : 'worker';
  const ours = kubeadmConfig({
    kubernetesVersion: cluster.kubernetesVersion,
    clusterName,
    node: {
      name: nodeName,
      role,
      address,
      secondAddress: second,
      labels: role === 'worker' ? (cluster.worker ?? {}) : {},
      taints: [],
    },
    controlPlaneEndpoint: `${clusterName}-control-plane:6443`,
    certSANs: [`${clusterName}-external-load-balancer`],
    podSubnet: '10.244.0.0/16',
    serviceSubnet: '10.96.0.0/16',
    token: 'a1b2c3.d4e5f6a7b8c9d0e1',
    cgroupVersion: '1',
    singleControlPlane: true,
    singleNode: cluster.worker === undefined,
    joins: role === 'worker',
    ...cluster.ours?.(role),
  });
  const kindFields = role === 'worker' ? asJoining(fieldsOf(text)) : fieldsOf(text);
  const ourFields = fieldsOf(ours);
  const explained = new Set<Difference>();
  const unexplained: string[] = [];
  for (const path of differingPaths(kindFields, ourFields)) {
    const listed = explanation(path, differences);
    if (listed) explained.add(listed);
    else unexplained.push(`${path}: ${kindFields.get(path)}, ${ourFields.get(path)}`);
  }
  return { unexplained, explained };
}
