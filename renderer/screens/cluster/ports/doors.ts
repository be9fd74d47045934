// Every way from this computer into a cluster as rows of one table, whoever made the cluster.
import type { Cluster, ClusterNode, OpenPort } from '../../../../shared/model/cluster';

export interface Door {
  key: string;
  hostAddress: string;
  hostPort: number;
  protocol: 'TCP' | 'UDP' | 'SCTP';
  leadsTo: { to: 'api' } | { to: 'node'; node: string; port: number } | { to: 'port'; port: OpenPort };
  state: ClusterNode['state'];
}

/** The API first, then open ports by number, then what the containers of other programs publish. */
export function doorsOf(cluster: Cluster): Door[] {
  const api = apiDoor(cluster);
  const open = (cluster.ports ?? []).map((port): Door => {
    const { hostAddress, hostPort, protocol, state, containerId } = port;
    return { key: containerId, hostAddress, hostPort, protocol, state, leadsTo: { to: 'port', port } };
  });
  const published = [...cluster.nodes, ...(cluster.entrance ? [cluster.entrance] : [])].flatMap((node) =>
    (node.published ?? []).map(({ port, ...host }): Door => {
      return {
        key: `${node.name}/${port}/${host.hostPort}`,
        ...host,
        state: node.state,
        leadsTo: { to: 'node', node: node.name, port },
      };
    }),
  );
  const others = published.filter(({ hostPort, protocol }) => protocol !== 'TCP' || hostPort !== api?.hostPort);
  return [...(api ? [api] : []), ...open, ...others];
}

function apiDoor({ apiServer, entrance, nodes }: Cluster): Door | undefined {
  if (!apiServer || !URL.canParse(apiServer)) return undefined;
  const { hostname, port } = new URL(apiServer);
  const state = (entrance ?? nodes.find(({ role }) => role === 'control-plane'))?.state ?? 'exited';
  const hostAddress = hostname.replace(/^\[|\]$/g, '');
  return { key: 'api', hostAddress, hostPort: Number(port || 443), protocol: 'TCP', state, leadsTo: { to: 'api' } };
}

/** Whether other computers can reach it. */
export function isOpenToOthers({ hostAddress }: Pick<Door, 'hostAddress'>): boolean {
  return !/^(127\.|::1$|localhost$)/.test(hostAddress);
}

/** What a browser on this computer opens. */
export function webAddress({ hostAddress, hostPort }: Pick<Door, 'hostAddress' | 'hostPort'>): string {
  const host =
    { '0.0.0.0': '127.0.0.1', '::': '[::1]' }[hostAddress] ??
    (hostAddress.includes(':') ? `[${hostAddress}]` : hostAddress);
  return `http://${host}:${hostPort}`;
}
