// Waiting until an object of Kubernetes is as it should be: rolled out, or in a condition.
import type { KubernetesObject } from '@kubernetes/client-node';
import type { Kube } from './connect';
import { findResource } from './resources';
import { insist, waitForObjects } from './wait';

/** As a template says it: an object such as `deployment/web`, and what of it to wait for. */
export type WantedState = { namespace?: string | undefined; timeoutSeconds: number } & (
  | { rollout: string }
  | { condition: string; of: string }
);

interface Rolled extends KubernetesObject {
  spec?: { replicas?: number; updateStrategy?: { type?: string } };
  status?: Partial<Record<Counts, number>> & {
    conditions?: { type: string; status: string; message?: string; reason?: string }[];
  };
}
type Counts =
  | 'observedGeneration'
  | 'replicas'
  | 'updatedReplicas'
  | 'readyReplicas'
  | 'availableReplicas'
  | 'desiredNumberScheduled'
  | 'updatedNumberScheduled'
  | 'numberAvailable';

/** `rollout of deployment/web`, `Available of deployment/web`. */
export function stateText(wanted: WantedState): string {
  return 'rollout' in wanted ? `rollout of ${wanted.rollout}` : `${wanted.condition} of ${wanted.of}`;
}

/**
 * Watches the object until it is as wanted; `onWaiting` hears what is missing. `namespace` is `default` where none is given.
 * Throws `kubernetes-refused` for a kind that Kubernetes does not know, `not-ready` with what is still missing after the wanted time.
 */
export async function waitForState(
  kube: Kube,
  wanted: WantedState,
  options: { signal: AbortSignal; onWaiting?(what: string): void },
): Promise<void> {
  const [kind = '', name = ''] = ('rollout' in wanted ? wanted.rollout : wanted.of).split('/');
  const resource = await insist(() => findResource(kube, kind, options.signal), options.signal);
  const scope = resource.namespaced ? `/namespaces/${wanted.namespace ?? 'default'}` : '';
  const path = `${resource.path}${scope}/${resource.name}?fieldSelector=metadata.name%3D${encodeURIComponent(name)}`;
  await waitForObjects<Rolled>(
    kube,
    path,
    (objects) => {
      const [object] = objects.values();
      if (!object) return [`${kind}/${name} to be there`];
      const missing = 'rollout' in wanted ? missingOfRollout(object) : missingOfCondition(object, wanted.condition);
      return missing ? [`${kind}/${name}: ${missing}`] : [];
    },
    {
      signal: options.signal,
      limit: wanted.timeoutSeconds * 1000,
      onWaiting: ([what = '']) => options.onWaiting?.(what),
    },
  );
}

type RolloutLack =
  | { readonly code: 'unseen' }
  | { readonly code: 'not-ready'; readonly ready: number; readonly wanted: number }
  | { readonly code: 'old-left'; readonly left: number };

export const unseen: RolloutLack = { code: 'unseen' };

/** What a rollout still lacks, in words; undefined when nothing. */
export function missingOfRollout(object: Rolled): string | undefined {
  const lack = lackOfRollout(object);
  if (lack?.code === 'unseen') return 'its change to be seen';
  if (lack?.code === 'old-left') return `${lack.left} old pods are left`;
  return lack && `${lack.ready} of ${lack.wanted} pods are ready`;
}

/** What a rollout still lacks; undefined when all its pods are new and ready. kubectl 1.36: the same rules for `rollout status`. */
export function lackOfRollout({ kind, metadata, spec, status = {} }: Rolled): RolloutLack | undefined {
  const { observedGeneration = 0 } = status;
  if (observedGeneration < (metadata?.generation ?? 0)) return unseen;
  if (kind === 'DaemonSet') {
    const { desiredNumberScheduled = 0, updatedNumberScheduled = 0, numberAvailable = 0 } = status;
    const ready = Math.min(updatedNumberScheduled, numberAvailable);
    return ready < desiredNumberScheduled ? { code: 'not-ready', ready, wanted: desiredNumberScheduled } : undefined;
  }
  const wanted = spec?.replicas ?? 1;
  const { replicas = 0, updatedReplicas = 0, readyReplicas = 0, availableReplicas = 0 } = status;
  // Up to Kubernetes 1.21 a StatefulSet does not count what is available.
  const ready = Math.min(updatedReplicas, kind === 'StatefulSet' ? readyReplicas : availableReplicas);
  if (ready < wanted) return { code: 'not-ready', ready, wanted };
  return replicas > updatedReplicas ? { code: 'old-left', left: replicas - updatedReplicas } : undefined;
}

/** What a condition still lacks, in words; undefined when it is true. */
export function missingOfCondition({ status }: Rolled, type: string): string | undefined {
  const condition = status?.conditions?.find((one) => one.type.toLowerCase() === type.toLowerCase());
  if (condition?.status === 'True') return undefined;
  const why = condition?.message || condition?.reason;
  return `is not ${type}${why ? ` (${why})` : ''}`;
}
