// Moving the pods of a node away: each is evicted as soon as its disruption budget allows, and the node is empty when none of them runs any more.
import { setTimeout as pause } from 'node:timers/promises';
import type { V1ContainerStatus, V1Pod } from '@kubernetes/client-node';
import { AppError } from '../../../../shared/model/errors';
import type { Kube } from '../../kube/connect';
import { type Cause, Refusal } from '../../kube/request';
import { waitForObjects } from '../../kube/wait';
import { atLeastMinor, type KubernetesVersion } from '../providers/kubeadm/kubernetes-version';

interface Draining {
  readonly kube: Kube;
  readonly version: KubernetesVersion;
  readonly node: string;
  /** Past disruption budgets, and with pods that nothing would bring back. */
  readonly force: boolean;
  readonly signal: AbortSignal;
  /** What is waited for, in words. */
  onWaiting(what: string): void;
  log(line: string): void;
}

/** Seconds that a pod without a grace period of its own has to end. */
const usualGrace = 30;
/** Seconds beyond its grace period after which a pod that is forced to go counts as gone. */
const patience = 5;
/** Milliseconds until a connection that broke is taken up again. */
const retryMilliseconds = 100;
/** Milliseconds for pods to end: a drain is given up by its user, or with `force` by the pods' grace periods. */
const longest = 24 * 60 * 60 * 1000;

export function podsOf(kube: Kube, node: string, signal: AbortSignal): Promise<V1Pod[]> {
  return kube.get<{ items: V1Pod[] }>(podsPath(node), signal).then(({ items }) => items);
}

function podsPath(node: string): string {
  return `/api/v1/pods?fieldSelector=spec.nodeName%3D${node}`;
}

/**
 * The pods that a drain moves. `kubectl drain --ignore-daemonsets`: not those of DaemonSets, which would come back at once, nor
 * static ones; those that have ended go along.
 */
export function movable(pods: readonly V1Pod[]): V1Pod[] {
  return pods.filter(
    ({ metadata }) =>
      metadata?.annotations?.['kubernetes.io/config.mirror'] === undefined && controllerOf(metadata) !== 'DaemonSet',
  );
}

/** Pods that run and that nothing would bring back elsewhere. */
export function bare(pods: readonly V1Pod[]): V1Pod[] {
  return pods.filter(({ metadata, status }) => controllerOf(metadata) === undefined && !hasEnded(status));
}

function controllerOf(metadata: V1Pod['metadata']): string | undefined {
  return metadata?.ownerReferences?.find(({ controller }) => controller)?.kind;
}

function hasEnded(status: V1Pod['status']): boolean {
  return status?.phase === 'Succeeded' || status?.phase === 'Failed';
}

/**
 * Whether a pod that was asked to go runs nothing any more. Kubelets (seen with 1.20) take up to ten seconds more to let its object go:
 * they clear up what is deleted with the node. Where a volume may have to be taken off the node, that is waited for.
 */
export function isOver({ metadata, spec, status }: V1Pod): boolean {
  if (metadata?.deletionTimestamp === undefined) return false;
  const attaches = (spec?.volumes ?? []).some(
    ({ persistentVolumeClaim, ephemeral, csi }) => persistentVolumeClaim ?? ephemeral ?? csi,
  );
  if (attaches) return false;
  if (hasEnded(status)) return true;
  const containers = status?.containerStatuses ?? [];
  return containers.length > 0 && containers.every(hasStopped);
}

/**
 * A kubelet (1.20) that finds a container gone before it has seen it end calls it waiting, after an end of which it does not know the
 * code, and says nothing more until it looks at the pod again a minute later.
 */
function hasStopped({ state, lastState }: V1ContainerStatus): boolean {
  return state?.terminated !== undefined || (state?.running === undefined && lastState?.terminated !== undefined);
}

/** `namespace/name` */
function nameOf({ metadata }: V1Pod): string {
  return `${metadata?.namespace}/${metadata?.name}`;
}

/**
 * Resolves when the node's pods have moved. The node must be cordoned.
 * Throws `not-possible` when it runs pods that nothing would bring back (not with `force`), `kubernetes-refused`.
 */
export async function drainNode(draining: Draining): Promise<void> {
  const { kube, node, force, signal, log } = draining;
  const pods = movable(await podsOf(kube, node, signal));
  const alone = bare(pods);
  if (alone.length > 0 && !force) throw barePods(node, alone);
  if (pods.length === 0) return;
  log(`to move: ${pods.map(nameOf).join(', ')}`);
  const waiting = new Map<string, string>();
  const tell = (pod: V1Pod, what: string | undefined) => {
    if (what === undefined) waiting.delete(nameOf(pod));
    else waiting.set(nameOf(pod), what);
    const [first] = waiting.values();
    if (first) draining.onWaiting(waiting.size > 1 ? `${first} (and ${waiting.size - 1} more)` : first);
  };
  const gone = untilGone(draining, pods);
  const moving = Promise.all(
    pods.map(async (pod) => {
      if (force) await deletePod(kube, pod, signal);
      else await evict(draining, pod, (what) => tell(pod, what));
      tell(pod, undefined);
      log(`${nameOf(pod)} is asked to go`);
    }),
  );
  // Whichever fails first tells why; the other ends with the signal of the operation.
  await Promise.all([moving, gone]);
}

/**
 * What Kubernetes says to an eviction: the pod goes or has gone, a budget keeps it (until that changes), it is to be asked again, or it
 * never will.
 */
type Verdict = 'gone' | 'held' | 'again' | 'refused';

/** By the HTTP status and body of the refusal; a broken connection has no status. */
export function verdictOf(code: unknown, answer: string): Verdict {
  // 409: another pod of that name by now.
  if (code === 404 || code === 409) return 'gone';
  // kubectl drain: the same. It goes with its namespace.
  if (code === 403 && /being terminated/i.test(answer)) return 'gone';
  if (code === 429 && /disruption budget/i.test(answer)) return 'held';
  // Kubernetes: a pod with two budgets is never evicted. Other failures of a server pass, such as two who count at one budget (504).
  if (/more than one PodDisruptionBudget/i.test(answer)) return 'refused';
  return typeof code !== 'number' || code === 429 || code >= 500 ? 'again' : 'refused';
}

/** Evicts a pod; a budget that says no is asked again whenever one of its namespace changes. */
async function evict({ kube, version, signal }: Draining, pod: V1Pod, onWaiting: (what: string) => void) {
  const apiVersion = `policy/${atLeastMinor(version, 22) ? 'v1' : 'v1beta1'}`;
  const { name = '', namespace = '', uid } = pod.metadata ?? {};
  const deleteOptions = uid ? { preconditions: { uid } } : {};
  const eviction = { apiVersion, kind: 'Eviction', metadata: { name, namespace }, deleteOptions };
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(name)}/eviction`;
  const attempt = async (): Promise<'gone' | 'held' | AppError> => {
    for (;;) {
      try {
        await kube.call({ method: 'POST', path, object: eviction }, signal);
        return 'gone';
      } catch (error) {
        const words =
          error instanceof Refusal ? [error.message, ...error.causes.map(causeOf)].join(' ') : String(error);
        const verdict = verdictOf(error instanceof Refusal ? error.code : undefined, words);
        if (verdict === 'held') onWaiting(heldBack(nameOf(pod), words));
        if (verdict === 'refused') return refusedEviction(pod, error);
        if (verdict !== 'again') return verdict;
      }
      await pause(retryMilliseconds, undefined, { signal });
    }
  };
  const budgets = `/apis/${apiVersion}/namespaces/${namespace}/poddisruptionbudgets`;
  for (;;) {
    let answer: Awaited<ReturnType<typeof attempt>> = 'held';
    try {
      for await (const _changed of kube.watch(budgets, signal)) {
        answer = await attempt();
        if (answer !== 'held') break;
      }
    } catch {
      await pause(retryMilliseconds, undefined, { signal }).catch(() => {});
    }
    signal.throwIfAborted();
    if (answer instanceof AppError) throw answer;
    if (answer === 'gone') return;
  }
}

const causeOf = ({ message = '' }: Cause) => message;

/** What a pod that must stay waits for, from Kubernetes' answer: `The disruption budget web needs 1 healthy pods and has 1 currently`. */
export function heldBack(pod: string, answer: string): string {
  const [, budget, needs, has] = /disruption budget (\S+) needs (\d+) healthy pods and has (\d+)/.exec(answer) ?? [];
  if (!budget) return `${pod} may not go yet: its disruption budget keeps it`;
  return `${pod} may not go yet: its disruption budget ${budget} needs ${needs} healthy pods and has ${has}`;
}

async function deletePod(kube: Kube, pod: V1Pod, signal: AbortSignal, grace?: number): Promise<void> {
  const { name = '', namespace = '', uid } = pod.metadata ?? {};
  const body = {
    apiVersion: 'v1',
    kind: 'DeleteOptions',
    ...(grace !== undefined && { gracePeriodSeconds: grace }),
    ...(uid && { preconditions: { uid } }),
  };
  try {
    await kube.objects.delete(
      { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace } },
      undefined,
      undefined,
      grace,
      undefined,
      undefined,
      body,
    );
    signal.throwIfAborted();
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (code !== 404 && code !== 409) throw error;
  }
}

/** Waits until the pods have ended. With `force` their grace periods bound that. */
async function untilGone(draining: Draining, pods: readonly V1Pod[]): Promise<void> {
  const { kube, node, force, signal, onWaiting, log } = draining;
  const staying = new Map(pods.map((pod) => [pod.metadata?.uid, pod]));
  const graces = pods.map(({ spec }) => spec?.terminationGracePeriodSeconds ?? usualGrace);
  const limit = force ? (Math.max(...graces) + patience) * 1000 : longest;
  const waited = waitForObjects<V1Pod>(
    kube,
    podsPath(node),
    (now) => {
      const left = [...now.values()].filter((pod) => staying.has(pod.metadata?.uid) && !isOver(pod));
      const ids = new Set(left.map(({ metadata }) => metadata?.uid));
      for (const [id, pod] of staying) {
        if (ids.has(id)) continue;
        staying.delete(id);
        log(`${nameOf(pod)} has ended`);
      }
      return left.map((pod) =>
        pod.metadata?.deletionTimestamp
          ? `${nameOf(pod)} to end (it may take ${pod.metadata.deletionGracePeriodSeconds ?? usualGrace} s)`
          : nameOf(pod),
      );
    },
    {
      signal,
      limit,
      onWaiting: (left) => {
        const ending = left.filter((what) => what.includes(' to end'));
        if (ending.length === left.length) onWaiting(`waiting for ${ending.join(', ')}`);
      },
    },
  );
  await waited.catch((error) => {
    signal.throwIfAborted();
    if (!force) throw error;
  });
}

/** Removes what Kubernetes still believes to run on a node whose container is gone, so that it is made anew elsewhere at once. */
export async function forgetPods(kube: Kube, node: string, signal: AbortSignal): Promise<void> {
  const pods = await podsOf(kube, node, signal);
  await Promise.all(pods.map((pod) => deletePod(kube, pod, signal, 0)));
}

function barePods(node: string, pods: readonly V1Pod[]): AppError {
  return new AppError(
    'not-possible',
    `${node} runs pods that nothing would bring back: ${pods.map(nameOf).join(', ')}`,
    {
      params: {
        name: node,
        maker: 'boathouse',
        ability: 'change',
        why: 'bare-pods',
        pods: pods.map(nameOf).join(', '),
      },
    },
  );
}

function refusedEviction(pod: V1Pod, error: unknown): AppError {
  const reason = error instanceof Error ? error.message : String(error);
  return new AppError('kubernetes-refused', `Kubernetes does not let ${nameOf(pod)} go: ${reason}`, {
    params: { path: nameOf(pod), reason },
    hints: [{ text: 'Two disruption budgets for one pod keep it for ever; go past them with --force.' }],
    cause: error,
  });
}
