// Rollouts of workloads: restarting one, and waiting until its pods are those that it wants.
import type { KubernetesObject } from '@kubernetes/client-node';
import type { Kube } from './connect';
import { asRefused } from './explain';
import { waitForObjects } from './wait';

/** Milliseconds until a rollout must have ended. */
const rolloutLimit = 300_000;

export interface Rollout extends KubernetesObject {
  spec?: { replicas?: number; updateStrategy?: { type?: string } };
  status?: {
    observedGeneration?: number;
    updatedReplicas?: number;
    replicas?: number;
    availableReplicas?: number;
    readyReplicas?: number;
    updatedNumberScheduled?: number;
    desiredNumberScheduled?: number;
    numberAvailable?: number;
  };
}

interface Following {
  signal: AbortSignal;
  tell(note: string): void;
}

/** Restarts as `kubectl rollout restart` does. Returns what to wait for. Throws `not-found`, `kubernetes-refused`. */
export async function restartRollout(kube: Kube, path: string, what: string, signal: AbortSignal): Promise<number> {
  // kubectl rollout restart writes the same annotation.
  const annotations = { 'kubectl.kubernetes.io/restartedAt': new Date().toISOString() };
  const object = { spec: { template: { metadata: { annotations } } } };
  try {
    return generationIn(await kube.call<KubernetesObject>({ method: 'PATCH', path, object }, signal));
  } catch (error) {
    throw asRefused(error, what);
  }
}

export function generationIn({ metadata }: KubernetesObject): number {
  return (metadata as { generation?: number } | undefined)?.generation ?? 0;
}

/**
 * Until a workload's pods are as its generation wants them. `list`: the path of its kind in its namespace. Throws `not-ready`.
 * What is deleted meanwhile is waited for no longer.
 */
export async function waitForRollout(
  kube: Kube,
  { list, name, what, generation }: { list: string; name: string; what: string; generation: number },
  { signal, tell }: Following,
): Promise<void> {
  const path = `${list}?fieldSelector=${encodeURIComponent(`metadata.name=${name}`)}`;
  const missing = (objects: ReadonlyMap<string, Rollout>) =>
    [...objects.values()].flatMap((one) =>
      isRolledOut(one, generation, countsUpdates.test(list)) ? [] : [`${what} (${standing(one)})`],
    );
  await waitForObjects<Rollout>(kube, path, missing, {
    signal,
    limit: rolloutLimit,
    onWaiting: (names) => tell(`waiting for ${names.join(', ')}`),
  });
}

/** ReplicaSets do not say how many of their pods are new: none is ever old. */
const countsUpdates = /(deployments|statefulsets|daemonsets)$/;

export function isRolledOut({ spec, status = {} }: Rollout, generation: number, counts = true): boolean {
  if ((status.observedGeneration ?? 0) < generation) return false;
  // Its pods are replaced when somebody deletes them.
  if (spec?.updateStrategy?.type === 'OnDelete') return true;
  if (status.desiredNumberScheduled !== undefined) {
    const wanted = status.desiredNumberScheduled;
    return (status.updatedNumberScheduled ?? 0) >= wanted && (status.numberAvailable ?? 0) >= wanted;
  }
  const wanted = spec?.replicas ?? 1;
  const ready = status.availableReplicas ?? status.readyReplicas ?? 0;
  // What is none is left out.
  const updated = counts ? (status.updatedReplicas ?? 0) : wanted;
  return updated >= wanted && (status.replicas ?? 0) <= wanted && ready >= wanted;
}

/** `1 of 3 ready` */
function standing({ spec, status = {} }: Rollout): string {
  const wanted = status.desiredNumberScheduled ?? spec?.replicas ?? 1;
  return `${status.numberAvailable ?? status.availableReplicas ?? status.readyReplicas ?? 0} of ${wanted} ready`;
}
