// k3d's labels on a k3s cluster's containers, network and volume: the only state that k3d keeps.

/** k3d 5.9: pkg/types/types.go. */
export const k3dLabels = {
  /** `k3d` on everything of k3d; what lacks it is unknown to k3d. */
  app: 'app',
  version: 'k3d.version',
  role: 'k3d.role',
  cluster: 'k3d.cluster',
  /** Where nodes find the first server, and with which token. */
  url: 'k3d.cluster.url',
  token: 'k3d.cluster.token',
  /** Volume that images go through onto the nodes: `k3d cluster start` and `k3d image import` need it. */
  imageVolume: 'k3d.cluster.imageVolume',
  /** Name of the network, its id and range, and whether k3d found it there (`true`): then it is not the cluster's to delete. */
  network: 'k3d.cluster.network',
  networkId: 'k3d.cluster.network.id',
  networkRange: 'k3d.cluster.network.iprange',
  networkExternal: 'k3d.cluster.network.external',
  /** Names for addresses (JSON) that are restored at each start. */
  hostAliases: 'k3d.cluster.start.hostaliases',
  /** How the API is reached from outside; on servers. */
  apiHost: 'k3d.server.api.host',
  apiHostAddress: 'k3d.server.api.hostIP',
  apiPort: 'k3d.server.api.port',
  /** Name of the container that stands before the servers. */
  loadBalancer: 'k3d.server.loadbalancer',
  /** `true` on the server that began an embedded etcd, `false` on those that joined it; absent on an only server. */
  init: 'k3d.server.init',
  staticAddress: 'k3d.node.staticIP',
} as const;

/** The name that k3d knows: that of the context without `k3d-`. */
export function k3dName({ context }: { context: string }): string {
  return context.replace(/^k3d-/, '');
}
