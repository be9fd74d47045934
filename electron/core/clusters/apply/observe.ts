// Reads a running cluster for a comparison with a template: its containers' limits, its nodes' labels and taints, what it remembers.
import type { V1Node } from '@kubernetes/client-node';
import type { Cluster, ClusterNode } from '../../../../shared/model/cluster';
import type { NodePool } from '../../../../shared/model/template';
import type { Engine } from '../../engine/engine';
import { explained } from '../../engine/failures';
import { ownTaints } from '../change/node-settings';
import { byOrdinal } from '../change/pool-of';
import { waysOf } from '../change/ways';
import { formatKubernetesVersion } from '../providers/kubeadm/kubernetes-version';
import type { Observed, ObservedNode } from './observed';

/** Throws `not-ready` when the cluster does not run. */
export async function observe(engine: Engine, cluster: Cluster, signal: AbortSignal): Promise<Observed> {
  const ways = waysOf(cluster);
  const live = await ways.enter(engine, cluster, new Set(), signal);
  const { items } = await live.kube.get<{ items: V1Node[] }>('/api/v1/nodes', signal);
  const known = new Map(items.map((node) => [node.metadata?.name, node]));
  const { template, podSubnet, serviceSubnet, version } = live;
  return {
    provider: cluster.provider,
    prefix: ways.naming(cluster).cluster,
    nodes: await Promise.all(
      byOrdinal(cluster.nodes).map((node) => observeNode(engine, node, known.get(node.name), signal)),
    ),
    ports: cluster.ports ?? [],
    kubernetesVersion: formatKubernetesVersion(version),
    podSubnet,
    serviceSubnet,
    template,
  };
}

async function observeNode(
  engine: Engine,
  node: ClusterNode,
  known: V1Node | undefined,
  signal: AbortSignal,
): Promise<ObservedNode> {
  const { HostConfig, Config } = await explained(() =>
    engine.docker.getContainer(node.containerId).inspect({ abortSignal: signal }),
  );
  const { NanoCpus = 0, Memory = 0 } = HostConfig;
  return {
    name: node.name,
    role: node.role === 'control-plane' ? 'control-plane' : 'worker',
    pool: node.pool,
    image: Config.Image,
    labels: known?.metadata?.labels ?? {},
    taints: ownTaints(known).map(({ key, value, effect }) => ({
      key,
      ...(value && { value }),
      effect: effect as NodePool['taints'][number]['effect'],
    })),
    resources: { ...(NanoCpus && { cpus: NanoCpus / 1e9 }), ...(Memory && { memory: Memory }) },
  };
}
