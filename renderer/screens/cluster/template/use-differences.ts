// What a cluster and a template differ in, asked anew when either changes.
import type { Client } from '../../../../shared/contract';
import type { Cluster, ClusterNode, CreateRequest } from '../../../../shared/model/cluster';
import { type Asked, useAsked } from '../../../parts/use-asked';

/** What a cluster is to be like: a template, with values for its parameters. */
export type Wanted = Pick<CreateRequest, 'template' | 'parameters'>;

export type Differences = Awaited<ReturnType<Client['clusters']['planApply']>>;

/** @param wanted nothing while there is nothing to ask about, or the cluster cannot be changed now */
export function useDifferences(cluster: Cluster, wanted: Wanted | undefined): Asked<Differences> {
  const { name } = cluster;
  return useAsked(wanted && { asked: { name, ...wanted }, seen: signs(cluster) }, (client, { asked }, signal) =>
    client.clusters.planApply(asked, { signal }),
  );
}

/** What of a cluster a template can say, as far as the window sees it. */
function signs({ nodes, ports = [] }: Cluster): unknown[] {
  return [
    nodes.map(signsOfNode),
    ports.map(({ hostAddress, hostPort, protocol, to }) => [hostAddress, hostPort, protocol, to]),
  ];
}

function signsOfNode({ containerId, state, limits, kubernetes }: ClusterNode): unknown[] {
  return [containerId, state, limits, kubernetes?.labels, kubernetes?.taints];
}
