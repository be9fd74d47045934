// Where an object of a built-in kind says what its pods are. Pure.
import type { KubernetesObject } from '@kubernetes/client-node';

type Fields = Record<string, unknown>;

export interface PodSpec {
  containers?: Fields[];
  initContainers?: Fields[];
  terminationGracePeriodSeconds?: number;
  shareProcessNamespace?: boolean;
  hostPID?: boolean;
}

export interface PodTemplate {
  metadata?: Fields;
  spec?: PodSpec;
}

/** The part of the object itself; undefined for kinds without pods, and where it is missing. */
export function podTemplateOf(object: KubernetesObject): PodTemplate | undefined {
  const { spec } = object as { spec?: Fields };
  switch (object.kind) {
    case 'Pod':
      return object as PodTemplate;
    case 'CronJob':
      return (spec?.jobTemplate as { spec?: Fields } | undefined)?.spec?.template as PodTemplate | undefined;
    case 'Deployment':
    case 'StatefulSet':
    case 'DaemonSet':
    case 'ReplicaSet':
    case 'ReplicationController':
    case 'Job':
      return spec?.template as PodTemplate | undefined;
    default:
      return undefined;
  }
}
