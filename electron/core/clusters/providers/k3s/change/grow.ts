// A running cluster of k3s as one that is being built further: its token and address from its servers, and the nodes that come.
import { type ClusterTemplate, templateApiVersion, templateSchema } from '../../../../../../shared/model/template';
import { nodePoolSchema } from '../../../../../../shared/model/template/pools';
import type { StepContext } from '../../../../operations/operation';
import { readCertificates } from '../../../../templates/contents';
import { readServerArguments } from '../../../../templates/k3d/arguments';
import type { LiveCluster } from '../../../change/live-cluster';
import type { Entered } from '../../../change/part';
import { poolOf } from '../../../change/pool-of';
import { nodeProxies } from '../../../proxies';
import type { PlannedNode } from '../../kubeadm/nodes';
import type { K3sBuilding } from '../building';
import { inspectNodes, type K3sNode } from '../facts';
import { k3dLabels, k3dName } from '../labels';
import { versionOfK3sImage } from '../node-image';
import type { PlannedK3sNode } from '../nodes';

/** The cluster with what comes, and what is there of it, in k3d's order. */
export interface K3sGrowing {
  readonly building: K3sBuilding;
  readonly present: readonly K3sNode[];
  /** A node that comes, with its address. */
  node(name: string): PlannedK3sNode;
}

/** What the steps of new nodes share: found out once, by the first that needs it. */
export type GrowK3s = (context: StepContext) => Promise<K3sGrowing>;

export function growing(entered: Entered, nodes: readonly PlannedNode[]): GrowK3s {
  let found: Promise<K3sGrowing> | undefined;
  return ({ signal }) => {
    found ??= grow(entered, nodes, signal);
    return found;
  };
}

async function grow(entered: Entered, nodes: readonly PlannedNode[], signal: AbortSignal): Promise<K3sGrowing> {
  const { options, operation, supplies } = entered;
  const live = entered.live();
  const { engine, cluster, network, kube } = live;
  const present = await inspectNodes(engine, cluster, signal);
  const server = present.find(({ name }) => name === live.first.name);
  const labels = server?.labels ?? {};
  const template = supplies.template ?? likelyTemplate(live, server?.args ?? []);
  const coming = nodes.map((node) => ({ ...plannedNode(entered, template, node), address: live.takeAddress() }));
  const building: K3sBuilding = {
    engine,
    request: {
      name: k3dName(cluster),
      template,
      nodes: [...present.flatMap((node) => presentNode(node) ?? []), ...coming],
      image: supplies.image,
      pulls: [],
      missingImages: [],
      proxyEnvironment: await nodeProxies(options, engine, cluster.name, template),
      certificates: await readCertificates(template),
      resources: options.resources,
      creation: operation,
      version: options.version,
      kubernetesVersion: versionOfK3sImage(supplies.image),
      token: labels[k3dLabels.token] ?? '',
    },
    network,
    apiPort: Number(labels[k3dLabels.apiPort]),
    kube,
  };
  const node = (name: string) => {
    const found = coming.find((one) => one.name === name);
    if (!found) throw new Error(`${name} is no node that comes`);
    return found;
  };
  return { building, present, node };
}

/** A node that is there, as far as those that come must know it. */
function presentNode({ name, role, k3sRole, address }: K3sNode): PlannedK3sNode | undefined {
  if (role === 'external-load-balancer') return undefined;
  const pool = nodePoolSchema.parse({ role });
  return { name, role, k3sRole, pool, mounts: [], ...(address && { address }) };
}

/** k3d 5.9: a server that comes later never begins an etcd. */
function plannedNode(entered: Entered, { spec }: ClusterTemplate, node: PlannedNode): PlannedK3sNode {
  const { name, role, pool, labels, taints, resources, image, mounts = [] } = node;
  const { coming, cluster } = entered;
  const own = poolOf(spec.nodes, [...cluster.nodes, ...coming], { name, role, pool });
  const given = { role, name: pool, labels, taints, resources, image, k3sArgs: own?.k3sArgs };
  return { name, role, k3sRole: role === 'worker' ? 'agent' : 'server', pool: nodePoolSchema.parse(given), mounts };
}

/** What can be seen of the template of a cluster that remembers none: servers must be told what the others are. */
function likelyTemplate({ cluster }: LiveCluster, args: readonly string[]): ClusterTemplate {
  const id = cluster.template ?? cluster.name;
  const { networking, rest } = readServerArguments(args.filter((arg) => arg.includes('=')));
  const serverArgs = rest.filter((arg) => !/^--(node-label|node-taint|tls-san)=/.test(arg));
  return templateSchema.parse({
    apiVersion: templateApiVersion,
    kind: 'ClusterTemplate',
    metadata: { id, title: id, description: id },
    spec: { provider: 'k3s', nodes: [{ role: 'control-plane' }], networking, k3s: { serverArgs } },
  });
}
