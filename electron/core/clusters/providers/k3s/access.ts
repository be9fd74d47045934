// How the API of a k3s cluster is reached: the kubeconfig that k3s writes in a server, at the address that k3d's labels name.
import type { ClusterNode } from '../../../../../shared/model/cluster';
import { AppError } from '../../../../../shared/model/errors';
import { getFile } from '../../../engine/archive';
import type { Engine } from '../../../engine/engine';
import { noApi } from '../../failures';
import type { AdminAccess } from '../provider';

/** k3d 5.9: where `K3S_KUBECONFIG_OUTPUT` sends it. The second is k3s' own place, for clusters without that variable. */
const files = ['/output/kubeconfig.yaml', '/etc/rancher/k3s/k3s.yaml'];

/** Read by archive, so the servers need not run. Throws `not-ready` when no server has written one yet. */
export async function readK3sKubeconfig(
  engine: Engine,
  cluster: {
    name: string;
    nodes: readonly Pick<ClusterNode, 'role' | 'containerId'>[];
    apiServer?: string | undefined;
  },
  signal: AbortSignal,
): Promise<AdminAccess> {
  const servers = cluster.nodes.filter((node) => node.role === 'control-plane');
  for (const { containerId } of servers) {
    for (const file of files) {
      // k3s links its own place to the other one.
      const content = await getFile(engine, containerId, file, signal).catch(unlessNoFile);
      if (content && cluster.apiServer) return { adminConf: content.toString('utf8'), server: cluster.apiServer };
    }
  }
  throw noApi(cluster.name);
}

function unlessNoFile(error: unknown): undefined {
  if (error instanceof AppError && error.code === 'bad-input') return undefined;
  throw error;
}
