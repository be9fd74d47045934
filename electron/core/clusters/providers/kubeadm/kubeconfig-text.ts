// A kubeconfig for one user of one cluster, as kubeadm writes those of a node.
import { stringify } from 'yaml';

export interface KubeconfigRequest {
  readonly clusterName: string;
  /** Certificate of the cluster's authority, PEM. */
  readonly authority: string;
  readonly server: string;
  readonly user: string;
  /** The fields of the user's entry. */
  readonly credentials: Readonly<Record<string, string>>;
}

/** What the `*-data` fields of a kubeconfig hold. */
export const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64');

/** kubeadm 1.20 to 1.36: the context is called `user@cluster` and is the current one. */
export function kubeconfig({ clusterName, authority, server, user, credentials }: KubeconfigRequest): string {
  const context = `${user}@${clusterName}`;
  return stringify(
    {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: clusterName, cluster: { 'certificate-authority-data': base64(authority), server } }],
      contexts: [{ name: context, context: { cluster: clusterName, user } }],
      'current-context': context,
      users: [{ name: user, user: credentials }],
    },
    { version: '1.1', lineWidth: 0 },
  );
}
