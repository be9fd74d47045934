// How the core itself reaches a cluster's API as administrator: with fresh certificates while it is built, with admin.conf later.
import { stringify } from 'yaml';
import type { Cluster } from '../../../shared/model/cluster';
import { getFile } from '../engine/archive';
import type { Engine } from '../engine/engine';
import { connectKube, type Kube } from '../kube/connect';
import { standaloneKubeconfig } from '../kubeconfig/entry';
import { noApi } from './failures';
import type { ClusterPki } from './providers/kubeadm/pki';
import type { AdminAccess, ClusterProvider } from './providers/provider';

const base64 = (text: string) => Buffer.from(text).toString('base64');

/** A kubeconfig (YAML) for an API at an address (`https://127.0.0.1:41234`) with the super administrator's certificate. */
export function adminKubeconfig(server: string, pki: Pick<ClusterPki, 'authority' | 'superAdmin'>): string {
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name: 'c',
        cluster: { server, 'certificate-authority-data': base64(pki.authority) },
      },
    ],
    users: [
      {
        name: 'u',
        user: {
          'client-certificate-data': base64(pki.superAdmin.certificate),
          'client-key-data': base64(pki.superAdmin.key),
        },
      },
    ],
    contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
    'current-context': 'x',
  });
}

/**
 * What `/etc/kubernetes/admin.conf` of the cluster's first control plane says, and where its API is on this computer.
 * kind 0.33: the first by plain order of names; read by archive, so the node need not run.
 * Throws `not-ready` when the cluster has no control plane that was ever set up.
 */
export async function readAdminConf(engine: Engine, cluster: Cluster, signal: AbortSignal): Promise<AdminAccess> {
  const [first] = cluster.nodes
    .filter((node) => node.role === 'control-plane')
    .map((node) => node.name)
    .sort();
  const content = first && (await getFile(engine, first, '/etc/kubernetes/admin.conf', signal))?.toString('utf8');
  if (!content || !cluster.apiServer) throw noApi(cluster.name);
  return { adminConf: content, server: cluster.apiServer };
}

/** Connects to a running cluster's API as administrator; `access`: that of its provider. */
export async function connectAsAdmin(
  engine: Engine,
  cluster: Cluster,
  signal: AbortSignal,
  access: ClusterProvider['access'] = readAdminConf,
): Promise<Kube> {
  const { adminConf, server } = await access(engine, cluster, signal);
  return connectKube(standaloneKubeconfig(adminConf, cluster, server));
}
