// Who may do what in a kubeadm cluster's certificates, by Kubernetes version, and the role bindings this rests on.
import {
  atLeastMinor,
  compareKubernetesVersions,
  type KubernetesVersion,
  parseKubernetesVersion,
} from './kubernetes-version';

const systemMasters = 'system:masters';
const clusterAdmins = 'kubeadm:cluster-admins';

/** The first patch releases whose kubeadm gives the API server's kubelet client no group (kubernetes#138957). */
const scopedSince = ['v1.33.12', 'v1.34.8', 'v1.35.5', 'v1.36.1'].map(parseKubernetesVersion);

function kubeletClientIsScoped(version: KubernetesVersion): boolean {
  const first = scopedSince.find((release) => release.minor === version.minor);
  return first ? compareKubernetesVersions(version, first) >= 0 : atLeastMinor(version, 37);
}

export interface CertificateGroups {
  readonly admin: string;
  /** Absent where kubeadm writes no `super-admin.conf`. */
  readonly superAdmin?: string;
  readonly kubeletClient?: string;
  /** Of the clients of etcd: the API server and the health check. */
  readonly etcdClients?: string;
}

/**
 * Organizations (groups) of the certificates that kubeadm issues.
 * kubeadm: 1.29 split the administrator in two (KEP-4214), moved the kubelet client to `kubeadm:cluster-admins`
 * (kubernetes#121837) and took the group from the clients of etcd (#119859, #120521).
 */
export function certificateGroups(version: KubernetesVersion): CertificateGroups {
  if (!atLeastMinor(version, 29)) {
    return { admin: systemMasters, kubeletClient: systemMasters, etcdClients: systemMasters };
  }
  return {
    admin: clusterAdmins,
    superAdmin: systemMasters,
    ...(!kubeletClientIsScoped(version) && { kubeletClient: clusterAdmins }),
  };
}

export interface ClusterRoleBinding {
  readonly apiVersion: 'rbac.authorization.k8s.io/v1';
  readonly kind: 'ClusterRoleBinding';
  readonly metadata: { readonly name: string };
  readonly roleRef: {
    readonly apiGroup: 'rbac.authorization.k8s.io';
    readonly kind: 'ClusterRole';
    readonly name: string;
  };
  readonly subjects: readonly {
    readonly apiGroup: 'rbac.authorization.k8s.io';
    readonly kind: 'Group' | 'User';
    readonly name: string;
  }[];
}

function binding(name: string, role: string, kind: 'Group' | 'User', subject: string): ClusterRoleBinding {
  const apiGroup = 'rbac.authorization.k8s.io';
  return {
    apiVersion: `${apiGroup}/v1`,
    kind: 'ClusterRoleBinding',
    metadata: { name },
    roleRef: { apiGroup, kind: 'ClusterRole', name: role },
    subjects: [{ apiGroup, kind, name: subject }],
  };
}

/**
 * Bindings without which the certificates of this version are worth nothing: `admin.conf` (1.29 on), and `kubectl logs`
 * and `exec` where the API server's kubelet client has no group. To be made with the super administrator's certificate.
 */
export function requiredBindings(version: KubernetesVersion): ClusterRoleBinding[] {
  const kubeletClient = 'kube-apiserver-kubelet-client';
  return [
    ...(atLeastMinor(version, 29) ? [binding(clusterAdmins, 'cluster-admin', 'Group', clusterAdmins)] : []),
    ...(atLeastMinor(version, 29) && kubeletClientIsScoped(version)
      ? [binding('kubeadm:apiserver-kubelet-client', 'system:kubelet-api-admin', 'User', kubeletClient)]
      : []),
  ];
}
