// A cluster that is to be made, as far as it matters to whether this computer can take it.
import { type ClusterTemplate, nodeCount } from '../../../shared/model/template';

export interface WantedCluster {
  name: string;
  nodes: number;
  kubernetesVersion: string | undefined;
  /** Ports of this computer that it asks for by number. */
  ports: readonly { address: string; port: number; protocol: 'TCP' | 'UDP' | 'SCTP' }[];
  podSubnet: string;
  serviceSubnet: string;
}

export function wantedCluster(
  name: string,
  { spec }: ClusterTemplate,
  kubernetesVersion: string | undefined,
): WantedCluster {
  const { podSubnet, serviceSubnet, apiServer } = spec.networking;
  const api = { address: apiServer.address, port: apiServer.port, protocol: 'TCP' as const };
  const ports = spec.ports.map(({ hostAddress, hostPort, protocol }) => ({
    address: hostAddress,
    port: hostPort,
    protocol,
  }));
  return {
    name,
    nodes: nodeCount(spec.nodes),
    kubernetesVersion,
    ports: [api, ...ports].filter(({ port }) => port > 0),
    podSubnet,
    serviceSubnet,
  };
}
