// Which taints keep ordinary pods off a control plane, by Kubernetes version.
import { atLeastMinor, type KubernetesVersion } from './kubernetes-version';

export interface Taint {
  readonly key: string;
  readonly value?: string | undefined;
  readonly effect: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
}

/** kubeadm: `master` below 1.24, `master` and `control-plane` in 1.24, `control-plane` from 1.25 on. */
export function controlPlaneTaints(version: KubernetesVersion): { key: string; effect: Taint['effect'] }[] {
  const names = [
    ...(atLeastMinor(version, 24) ? ['control-plane'] : []),
    ...(atLeastMinor(version, 25) ? [] : ['master']),
  ];
  return names.map((name) => ({ key: `node-role.kubernetes.io/${name}`, effect: 'NoSchedule' as const }));
}
