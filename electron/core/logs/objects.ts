// What Kubernetes has to tell: its objects without what is secret in them, and the values that must not be in any log.
import type { V1SecretList } from '@kubernetes/client-node';
import { stringify } from 'yaml';
import type { Kube } from '../kube/connect';
import { objectWithoutSecrets } from '../redaction/secrets';
import { attemptFile, type LogFile } from './node';

/** `kubectl get all` and what one asks for next; Secrets and ConfigMaps are left where they are. */
const lists: Readonly<Record<string, string>> = {
  nodes: '/api/v1/nodes',
  namespaces: '/api/v1/namespaces',
  pods: '/api/v1/pods',
  services: '/api/v1/services',
  endpoints: '/api/v1/endpoints',
  events: '/api/v1/events',
  persistentvolumes: '/api/v1/persistentvolumes',
  persistentvolumeclaims: '/api/v1/persistentvolumeclaims',
  deployments: '/apis/apps/v1/deployments',
  statefulsets: '/apis/apps/v1/statefulsets',
  daemonsets: '/apis/apps/v1/daemonsets',
  replicasets: '/apis/apps/v1/replicasets',
  jobs: '/apis/batch/v1/jobs',
  leases: '/apis/coordination.k8s.io/v1/leases',
  storageclasses: '/apis/storage.k8s.io/v1/storageclasses',
};

export async function* objectFiles(kube: Kube, signal: AbortSignal): AsyncGenerator<LogFile> {
  for (const [name, path] of Object.entries(lists)) {
    yield attemptFile(
      `kubernetes/${name}.yaml`,
      async () => stringify(objectWithoutSecrets(await kube.get(path, signal)), { aliasDuplicateObjects: false }),
      signal,
    );
  }
}

/** Longer values are files, which have a form of their own. */
const longest = 4_096;

/** The values of all Secrets, decoded and as they are stored: whoever logged one is not to give it away. */
export async function secretValues(kube: Kube, signal: AbortSignal): Promise<string[]> {
  const { items } = await kube.get<V1SecretList>('/api/v1/secrets', signal);
  const stored = items.flatMap(({ data }) => Object.values(data ?? {}));
  const decoded = stored.map((value) => Buffer.from(value, 'base64').toString('utf8').trim());
  return [...new Set([...stored, ...decoded])].filter((value) => value.length <= longest);
}
