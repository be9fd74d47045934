// How the API of a minikube cluster is reached: the administrator's kubeconfig of its first machine, at the port the engine gave it.
import type { Cluster } from '../../../../../shared/model/cluster';
import { getFile } from '../../../engine/archive';
import type { Engine } from '../../../engine/engine';
import { noApi } from '../../failures';
import type { AdminAccess } from '../provider';

/** minikube 1.38: certificates of the API are good for 127.0.0.1. Throws `not-ready` while it does not run. */
export async function readMinikubeConf(engine: Engine, cluster: Cluster, signal: AbortSignal): Promise<AdminAccess> {
  const first = cluster.nodes.find(({ name }) => name === cluster.context) ?? cluster.nodes[0];
  const file = '/etc/kubernetes/admin.conf';
  const content = first && (await getFile(engine, first.containerId, file, signal))?.toString('utf8');
  if (!content || !cluster.apiServer) throw noApi(cluster.name);
  return { adminConf: content, server: cluster.apiServer };
}
