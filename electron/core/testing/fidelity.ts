// For tests: what a program in or beside a cluster can tell about it, without what must differ between two clusters.
import { parse } from 'yaml';
import { differences } from '../clusters/providers/kubeadm/differences';
import type { TestCore } from './core';
import { kubectlJson } from './programs';

interface Listed<Item> {
  items: Item[];
}
interface Metadata {
  name: string;
  namespace?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
}
interface Node {
  metadata: Metadata;
  spec: { podCIDR?: string; podCIDRs?: string[]; providerID?: string; taints?: { key: string }[] };
  status: { nodeInfo: { kubeletVersion: string; containerRuntimeVersion: string }; addresses: { address: string }[] };
}
interface Container {
  name: string;
  image: string;
  command?: string[];
  args?: string[];
  env?: { name: string; value?: string }[];
  [field: string]: unknown;
}
interface Pod {
  metadata: Metadata;
  spec: { containers: Container[]; nodeName: string; [field: string]: unknown };
}

/** Kinds whose objects a new cluster has by its bootstrap and add-ons, not by what happens in it. */
const kinds = [
  'namespaces',
  'configmaps',
  'secrets',
  'serviceaccounts',
  'services',
  'daemonsets',
  'deployments',
  'roles',
  'rolebindings',
  'clusterroles',
  'clusterrolebindings',
  'storageclasses',
  'priorityclasses',
  'csidrivers',
  'ingressclasses',
];

/** Each node's registration: labels, taints, pod range, identity. */
export async function nodesOf(core: TestCore, cluster: string) {
  const { items } = await kubectlJson<Listed<Node>>(core, cluster, 'get', 'nodes');
  return neutral(
    cluster,
    items,
    items.map(({ metadata, spec, status }) => ({
      name: metadata.name,
      labels: metadata.labels,
      annotations: metadata.annotations,
      spec: { ...spec, taints: spec.taints?.filter(isLasting) ?? [] },
      kubelet: status.nodeInfo.kubeletVersion,
      runtime: status.nodeInfo.containerRuntimeVersion,
    })),
  );
}

/** Kubernetes takes its own taints away a moment after a node has become Ready. */
function isLasting({ key }: { key: string }): boolean {
  return !key.startsWith('node.kubernetes.io/');
}

/** Every pod with its containers, whatever its random name ending. */
export async function podsOf(core: TestCore, cluster: string) {
  const nodes = await kubectlJson<Listed<Node>>(core, cluster, 'get', 'nodes');
  const { items } = await kubectlJson<Listed<Pod>>(core, cluster, 'get', 'pods', '--all-namespaces');
  const pods = items.map(({ metadata, spec }) => ({
    pod: `${metadata.namespace}/${withoutRandom(metadata.name)}`,
    labels: Object.keys(metadata.labels ?? {}).sort(),
    node: metadata.name.startsWith('coredns') ? 'any' : spec.nodeName,
    hostNetwork: spec.hostNetwork,
    priorityClassName: spec.priorityClassName,
    tolerations: spec.tolerations,
    containers: spec.containers.map(
      ({ name, image, command, args, env, resources, livenessProbe, readinessProbe }) => ({
        name,
        image,
        command: command?.filter((argument) => !isListed(argument)),
        args,
        env,
        resources,
        livenessProbe,
        readinessProbe,
      }),
    ),
  }));
  const sorted = pods.sort((a, b) => `${a.pod} ${a.node}`.localeCompare(`${b.pod} ${b.node}`));
  return neutral(cluster, nodes.items, sorted);
}

/** The names of the static pods that the API knows: their kubelets make mirrors of them there. */
export async function staticPodsOf(core: TestCore, cluster: string): Promise<string[]> {
  const words = ['--namespace', 'kube-system', 'get', 'pods', '--selector', 'tier=control-plane'];
  const { items } = await kubectlJson<Listed<Pod>>(core, cluster, ...words);
  return items.map(({ metadata }) => metadata.name);
}

/** The names of all objects of the bootstrap and the add-ons. */
export async function objectNamesOf(core: TestCore, cluster: string): Promise<string[]> {
  type Named = Listed<{ kind: string; metadata: Metadata }>;
  const { items } = await kubectlJson<Named>(core, cluster, 'get', kinds.join(), '--all-namespaces');
  const names = items.map(({ kind, metadata }) => {
    const place = metadata.namespace ? `${metadata.namespace}/` : '';
    return `${kind} ${place}${kind === 'Secret' ? withoutRandom(metadata.name) : metadata.name}`;
  });
  return names.sort();
}

/** A YAML document in a ConfigMap of kube-system, without the fields in which ours differ by a reason that is written down. */
export async function configurationOf(core: TestCore, cluster: string, map: string, key: string): Promise<unknown> {
  const nodes = await kubectlJson<Listed<Node>>(core, cluster, 'get', 'nodes');
  const words = ['--namespace', 'kube-system', 'get', 'configmap', map];
  const { data } = await kubectlJson<{ data: Record<string, string> }>(core, cluster, ...words);
  const document = parse(neutral(cluster, nodes.items, data)[key] ?? '') as Record<string, unknown>;
  for (const { path } of differences) {
    const [kind, ...fields] = path.split('.');
    if (kind === document.kind) removeAt(document, fields);
  }
  return document;
}

function removeAt(parent: Record<string, unknown>, [field = '', ...rest]: string[]): void {
  const child = parent[field];
  if (rest.length === 0 || typeof child !== 'object' || child === null) delete parent[field];
  else removeAt(child as Record<string, unknown>, rest);
  if (typeof child === 'object' && child !== null && Object.keys(child).length === 0) delete parent[field];
}

/** Whether an argument of a component is one that ours has otherwise, by a reason that is written down. */
function isListed(argument: string): boolean {
  const flag = /^--([a-z-]+)=/.exec(argument)?.[1];
  return flag !== undefined && differences.some(({ path }) => path.endsWith(`.extraArgs.${flag}`));
}

/** `coredns-74ff55c5b-abcde`, `default-token-abcde`, `bootstrap-token-abcdef`: without what is drawn by lot. */
function withoutRandom(name: string): string {
  return name
    .replace(/^(bootstrap-token-)[a-z0-9]{6}$/, '$1*')
    .replace(/-[a-z0-9]{8,10}-[a-z0-9]{5}$/, '-*-*')
    .replace(/-[bcdfghjklmnpqrstvwxz2456789]{5}$/, '-*');
}

/** The same with neutral words for the cluster's name and its nodes' addresses. */
function neutral<Value>(cluster: string, nodes: readonly Node[], value: Value): Value {
  let text = JSON.stringify(value).replaceAll(cluster, 'CLUSTER');
  for (const { metadata, status } of nodes) {
    for (const { address } of status.addresses) {
      if (/^[\d.]+$/.test(address)) {
        const escaped = address.replaceAll('.', '\\.');
        text = text.replace(new RegExp(`${escaped}(?!\\d)`, 'g'), `ADDRESS-OF-${metadata.name.replace(cluster, '')}`);
      }
    }
  }
  return JSON.parse(text) as Value;
}
