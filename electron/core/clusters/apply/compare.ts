// What a running cluster and a template differ in, and what it takes to make the one like the other: pure.
import type { Difference } from '../../../../shared/model/apply';
import { type ClusterChange, portText } from '../../../../shared/model/change';
import type { OpenPort } from '../../../../shared/model/cluster';
import type { ClusterTemplate, NodePool } from '../../../../shared/model/template';
import { nodePoolSchema } from '../../../../shared/model/template/pools';
import type { TemplatePort } from '../../../../shared/model/template/ports';
import { poolOf } from '../change/pool-of';
import { chooseImage } from '../providers/choose-image';
import { k3sImages } from '../providers/k3s/node-image';
import {
  compareKubernetesVersions,
  formatKubernetesVersion,
  parseKubernetesVersion,
} from '../providers/kubeadm/kubernetes-version';
import { kubeadmImages } from '../providers/kubeadm/node-image';
import { mountsOn } from '../providers/kubeadm/nodes';
import type { Observed, ObservedNode } from './observed';
import { type MatchedPool, matchPools, poolDifferences, removal, replacement } from './pools';
import { difference, same } from './words';

type Spec = ClusterTemplate['spec'];

/**
 * In the order in which they are done: what comes before what goes. Empty when the cluster is as the template says. Images, manifests
 * and the sample are given to a new cluster and not compared: users have them in their hands since.
 */
export function compareCluster(observed: Observed, { spec }: ClusterTemplate): Difference[] {
  const { pools, dropped } = matchPools(observed, spec.nodes);
  const ofPools = pools.flatMap(poolDifferences);
  const adds = ofPools.filter(({ changes }) => changes.some(({ kind }) => kind === 'add-nodes'));
  const rest = ofPools.filter((one) => !adds.includes(one));
  const gone = dropped.length > 0 ? [removal({ field: 'nodes', from: poolsOf(dropped) }, dropped)] : [];
  return eachOnce([
    ...fixedDifferences(observed, spec),
    ...imageDifferences(observed, spec),
    ...surroundingDifferences(observed, spec),
    ...mountDifferences(observed, spec, pools),
    ...mirrorDifferences(observed, spec),
    ...adds,
    ...portDifferences(observed, spec.ports),
    ...rest,
    ...pools.flatMap((one) => ownDifferences(observed, one)),
    ...gone,
  ]);
}

/** A node that is made anew comes with its labels, taints and limits, and is made anew once, for whatever reasons. */
function eachOnce(differences: readonly Difference[]): Difference[] {
  const anew = new Set(differences.flatMap(({ changes }) => changes.flatMap(replacedNode)));
  const done = new Set<string>();
  const remains = (change: ClusterChange) => {
    const [node] = replacedNode(change);
    if (node === undefined) return !('node' in change && anew.has(change.node));
    if (done.has(node)) return false;
    done.add(node);
    return true;
  };
  return differences.map((one) => ({ ...one, changes: one.changes.filter(remains) }));
}

function replacedNode(change: ClusterChange): string[] {
  return change.kind === 'replace-node' ? [change.node] : [];
}

function poolsOf(nodes: readonly ObservedNode[]): string {
  return [...new Set(nodes.map(({ pool, role }) => pool ?? role))].join(', ');
}

/** What all of Kubernetes is configured by, and the addresses. */
const fixed = [
  'provider',
  'networking.ipFamily',
  'networking.podSubnet',
  'networking.serviceSubnet',
  'networking.cni',
  'networking.kubeProxy',
  'networking.apiServer.address',
  'networking.dnsSearch',
  'featureGates',
  'runtimeConfig',
  'patches',
  'registry.enabled',
  'k3s',
] as const;

function fixedDifferences({ provider, template, podSubnet, serviceSubnet }: Observed, spec: Spec): Difference[] {
  const observed: Record<string, unknown> = {
    'networking.podSubnet': podSubnet,
    'networking.serviceSubnet': serviceSubnet,
    provider,
  };
  return fixed.flatMap((field) => {
    const wanted = at(spec, field);
    const is = field in observed ? observed[field] : template ? at(template.spec, field) : wanted;
    return same(is, wanted)
      ? []
      : [difference('new-cluster', 'fixed', { field, from: inWords(is), to: inWords(wanted) })];
  });
}

function at(tree: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], tree);
}

/** Short values as they are; of long ones, which may hold secrets, nothing. */
function inWords(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}

/** A template that names neither version nor image, or the same as before, is content with what there is. */
function imageDifferences(observed: Observed, { kubernetes }: Spec): Difference[] {
  const { template, nodes, kubernetesVersion } = observed;
  if (kubernetes.image === undefined && kubernetes.version === undefined) return [];
  if (template && same(template.spec.kubernetes, kubernetes)) return [];
  const { reference, kubernetesVersion: promised } = chooseImage(imagesOf(observed), kubernetes);
  // k3s' own part of its version is none of Kubernetes'.
  const version = promised && formatKubernetesVersion(parseKubernetesVersion(promised));
  const others = nodes.filter(({ image }) => image !== reference);
  const field = kubernetes.image === undefined ? 'kubernetes.version' : 'kubernetes.image';
  if (others.length === 0 || version === kubernetesVersion) return [];
  const about = { field, from: kubernetesVersion, to: version ?? reference };
  return [difference('new-cluster', 'version-fixed', about)];
}

function imagesOf({ provider }: Observed) {
  return provider === 'k3s' ? k3sImages : kubeadmImages;
}

/** What every node is given of the world around it: control planes have it, too, and are not made anew. */
const surroundings = ['environment', 'proxies', 'certificates'] as const;

function surroundingDifferences({ template, nodes }: Observed, spec: Spec): Difference[] {
  if (!template) return [];
  return surroundings.flatMap((field) =>
    same(template.spec[field], spec[field]) ? [] : [replacement({ field }, nodes)],
  );
}

/** Shared mounts: of each node those that mean it. `pools`: those of the nodes that stay. */
function mountDifferences(observed: Observed, spec: Spec, pools: readonly MatchedPool[]): Difference[] {
  const { template, prefix } = observed;
  if (!template) return [];
  const shared = ({ mounts }: Spec, node: ObservedNode, pool: NodePool | undefined) =>
    mountsOn({ mounts }, { name: node.name.slice(prefix.length + 1), pool: pool && { ...pool, mounts: [] } });
  const differing = pools.flatMap(({ pool, nodes }) =>
    nodes
      .slice(0, pool.count)
      .filter((node) => !same(shared(template.spec, node, formerPool(observed, node)), shared(spec, node, pool))),
  );
  return differing.length > 0 ? [replacement({ field: 'mounts' }, differing)] : [];
}

/** The pool that a node belonged to in the template before. */
function formerPool({ template, nodes }: Observed, node: ObservedNode): NodePool | undefined {
  return template && poolOf(template.spec.nodes, nodes, node);
}

/** k3s reads them when it starts. */
function mirrorDifferences({ provider, template }: Observed, { registry: { mirrors } }: Spec): Difference[] {
  if (!template || same(template.spec.registry.mirrors, mirrors)) return [];
  if (provider === 'k3s') return [difference('new-cluster', 'fixed', { field: 'registry.mirrors' })];
  return [
    difference('in-place', 'mirrors-set', { field: 'registry.mirrors', changes: [{ kind: 'set-mirrors', mirrors }] }),
  ];
}

/** What a pool's nodes are made with. */
const ownFields = ['image', 'mounts', 'patches', 'k3sArgs'] as const;

/** Of a pool that the template before did not know, its nodes are as plain ones are. */
function ownDifferences(observed: Observed, { pool, nodes, field }: MatchedPool): Difference[] {
  if (!observed.template) return [];
  const plain = nodePoolSchema.parse({ role: pool.role });
  const before = (node: ObservedNode) => formerPool(observed, node) ?? plain;
  return ownFields.flatMap((own) => {
    const differing = nodes.slice(0, pool.count).filter((node) => !same(before(node)[own], pool[own]));
    const comes = nodes.length < pool.count;
    if (own === 'image' && (comes || differing.length > 0) && isNewer(pool.image, observed)) {
      const about = { field: `${field}.${own}`, from: observed.kubernetesVersion, to: pool.image };
      return [difference('new-cluster', 'version-fixed', about)];
    }
    const [first] = differing;
    if (!first) return [];
    const about = { field: `${field}.${own}`, from: inWords(before(first)[own]), to: inWords(pool[own]) };
    return [replacement(about, differing)];
  });
}

/** Kubernetes' policy of version skew: a kubelet is never newer than the API server. */
function isNewer(image: string | undefined, observed: Observed): boolean {
  const { kubernetesVersion } = observed;
  const version = image && imagesOf(observed).versionOf(image);
  if (!version) return false;
  const [kubelet, api] = [version, kubernetesVersion].map(parseKubernetesVersion);
  return kubelet !== undefined && api !== undefined && compareKubernetesVersions(kubelet, api) > 0;
}

/** Ports that neither template knows of were opened by hand, and stay. Host port 0 is content with any. */
function portDifferences({ ports, template }: Observed, wanted: readonly TemplatePort[]): Difference[] {
  const left = [...ports];
  const take = (fits: (port: OpenPort) => boolean) => {
    const index = left.findIndex(fits);
    return index < 0 ? undefined : left.splice(index, 1)[0];
  };
  const numbered = wanted.filter(({ hostPort }) => hostPort !== 0);
  const open = (port: TemplatePort) => ({ kind: 'open-port' as const, port });
  const found = numbered.flatMap((port): Difference[] => {
    const text = portText(port);
    const field = `ports[${text}]`;
    const has = take((one) => portText(one) === text);
    if (has && same(has.to, port.to)) return [];
    if (!has)
      return [
        difference('in-place', 'port-opened', { field, to: targetText(port), changes: [open(port)] }, { port: text }),
      ];
    const { hostAddress, hostPort, protocol } = has;
    const changes = [{ kind: 'close-port' as const, port: { hostAddress, hostPort, protocol } }, open(port)];
    const about = { field, from: targetText(has), to: targetText(port), changes };
    return [difference('in-place', 'port-moved', about, { port: text })];
  });
  const free = wanted
    .filter(({ hostPort }) => hostPort === 0)
    .flatMap((port): Difference[] => {
      const fits = (one: OpenPort) =>
        one.hostAddress === port.hostAddress && one.protocol === port.protocol && same(one.to, port.to);
      if (take(fits)) return [];
      const about = { field: `ports[${targetText(port)}]`, to: targetText(port), changes: [open(port)] };
      return [difference('in-place', 'port-opened', about, { port: targetText(port) })];
    });
  const former = template?.spec.ports ?? [];
  const closing = left.filter((port) =>
    former.some((one) => portText(one) === portText(port) || (one.hostPort === 0 && same(one.to, port.to))),
  );
  return [
    ...found,
    ...free,
    ...closing.map(({ hostAddress, hostPort, protocol, to }) => {
      const port = { hostAddress, hostPort, protocol };
      const about = {
        field: `ports[${portText(port)}]`,
        from: targetText({ to }),
        changes: [{ kind: 'close-port' as const, port }],
      };
      return difference('in-place', 'port-closed', about, { port: portText(port) });
    }),
  ];
}

function targetText({ to }: Pick<TemplatePort, 'to'>): string {
  if ('service' in to) return `service ${to.namespace}/${to.service}:${to.port}`;
  return 'nodePort' in to ? `node port ${to.nodePort}` : `${to.node}:${to.port}`;
}
