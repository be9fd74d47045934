// A cluster as a closer look shows it: the list's word on it, with what Kubernetes and the engine tell of its nodes.
import { useDocumentVisibility } from '@mantine/hooks';
import { useMemo } from 'react';
import type { Cluster } from '../../../shared/model/cluster';
import type { Usage } from '../../../shared/model/node-facts';
import { useTopic } from '../../stores/use-topic';

/** The cluster with its nodes' facts, as far as they are known; `degraded` when a node is not Ready while nothing works on it. */
export function useDetails(name: string, cluster: Cluster | undefined): Cluster | undefined {
  const details = useTopic(cluster && name, (client, subject, signal) =>
    client.clusters.watchOne({ name: subject }, { signal }),
  );
  return useMemo(() => cluster && (details ? withDetails(cluster, details) : cluster), [cluster, details]);
}

/** The list may be a moment ahead of the details, so it decides which nodes there are. */
function withDetails(cluster: Cluster, details: Cluster): Cluster {
  const looked = new Map(
    [...details.nodes, ...(details.entrance ? [details.entrance] : [])].map((one) => [one.containerId, one]),
  );
  const add = (node: Cluster['nodes'][number]) => ({ ...looked.get(node.containerId), ...node });
  const worse = cluster.state === 'running' && !cluster.operationId && details.state === 'degraded';
  return {
    ...cluster,
    state: worse ? 'degraded' : cluster.state,
    nodes: cluster.nodes.map(add),
    ...(cluster.entrance && { entrance: add(cluster.entrance) }),
  };
}

/** What the nodes use, while the window can be seen. */
export function useUsage(cluster: Cluster): Record<string, Usage> {
  const visible = useDocumentVisibility() === 'visible';
  const runs = cluster.nodes.some((node) => node.state === 'running');
  const usage = useTopic(visible && runs ? cluster.name : undefined, (client, name, signal) =>
    client.clusters.usage({ name }, { signal }),
  );
  return usage ?? {};
}
