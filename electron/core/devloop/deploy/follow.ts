// What of a loop is in its cluster, followed by watches that stay open: its pods and workloads, and whether they are as applied.
import type { KubernetesObject, V1Pod } from '@kubernetes/client-node';
import { AppError } from '../../../../shared/model/errors';
import type { Kube } from '../../kube/connect';
import { missingOfRollout } from '../../kube/state';
import { pause } from '../../live/pause';
import { createWakeUp, whenAborted } from '../../live/signal';
import { whyNot } from '../../objects/why';
import type { Applied, ObjectId } from './apply';
import { loopLabel } from './touches';

const workloads = { Deployment: 'deployments', StatefulSet: 'statefulsets', DaemonSet: 'daemonsets' } as const;

export interface ClusterView {
  /** Of the loop, those that end left out. */
  pods(): V1Pod[];
  workload(id: ObjectId): KubernetesObject | undefined;
  /** Undefined while the cluster answers. */
  trouble(): string | undefined;
  /** Resolves at the next change. */
  changed(): Promise<void>;
}

/** Milliseconds before a watch that broke is begun anew. */
const retry = 1000;

/** Watches until aborted. `onChange` is called after every change. */
export function followCluster(
  kube: Kube,
  { namespaces, loop }: { namespaces: readonly string[]; loop: string },
  signal: AbortSignal,
  onChange: () => void = () => {},
): ClusterView {
  const found = new Map<string, readonly KubernetesObject[]>();
  const troubles = new Map<string, string>();
  let wakeUp = createWakeUp();
  const tell = () => {
    const before = wakeUp;
    wakeUp = createWakeUp();
    before.wake();
    onChange();
  };
  const selector = `labelSelector=${encodeURIComponent(`${loopLabel}=${loop}`)}`;
  async function follow(key: string, path: string): Promise<void> {
    while (!signal.aborted) {
      try {
        for await (const objects of kube.watch<KubernetesObject>(path, signal)) {
          troubles.delete(key);
          found.set(key, [...objects.values()]);
          tell();
        }
      } catch (error) {
        if (signal.aborted) return;
        troubles.set(key, error instanceof Error ? error.message : String(error));
        tell();
        await pause(retry, signal);
      }
    }
  }
  for (const namespace of namespaces) {
    const within = `namespaces/${encodeURIComponent(namespace)}`;
    void follow(`Pod ${namespace}`, `/api/v1/${within}/pods?${selector}`);
    for (const [kind, plural] of Object.entries(workloads))
      void follow(`${kind} ${namespace}`, `/apis/apps/v1/${within}/${plural}?${selector}`);
  }
  return {
    pods: () =>
      namespaces
        .flatMap((namespace) => (found.get(`Pod ${namespace}`) ?? []) as V1Pod[])
        .filter((pod) => !pod.metadata?.deletionTimestamp),
    workload: ({ kind, namespace, name }) =>
      found.get(`${kind} ${namespace}`)?.find((object) => object.metadata?.name === name),
    trouble: () => [...troubles.values()][0],
    changed: () => wakeUp.promise,
  };
}

/** What the objects still lack, in words; and what will not mend itself. Pure but for the view. */
export function missingOf(
  view: ClusterView,
  ids: readonly Applied[],
  images: ReadonlySet<string>,
): { waits: string[]; broken: AppError | undefined } {
  const waits: string[] = [];
  for (const id of ids) {
    if (!(id.kind in workloads)) continue;
    const object = view.workload(id);
    const seen = (object?.metadata?.generation ?? 0) >= (id.generation ?? 0);
    const missing = object && seen ? missingOfRollout({ ...object, kind: id.kind } as never) : 'its change to be seen';
    if (missing) waits.push(`${id.kind.toLowerCase()}/${id.name}: ${missing}`);
  }
  // Of pods only those that run what was built now count: old ones are on their way out.
  const own = view.pods().filter((pod) => pod.spec?.containers.some(({ image = '' }) => images.has(image)) ?? false);
  for (const pod of own) {
    for (const { said, next, evidence } of whyNot(pod)) {
      const text = `${pod.metadata?.name}: ${said.text}`;
      if (said.code === 'unready') waits.push(text);
      else if (said.code !== 'no-node' && waits.length > 0)
        return { waits, broken: notReady(text, next.text, evidence) };
      else if (waits.length > 0) waits.push(text);
    }
  }
  return { waits, broken: undefined };
}

/**
 * Resolves when everything that was applied is ready. Throws `not-ready` as soon as a pod cannot come up, or when `seconds` are over.
 * @param images references that were put into manifests
 */
export async function untilReady(
  view: ClusterView,
  ids: readonly Applied[],
  options: {
    images: ReadonlySet<string>;
    seconds: number;
    tolerant: boolean;
    signal: AbortSignal;
    onWaiting(what: string): void;
  },
): Promise<void> {
  const { signal, seconds } = options;
  const deadline = AbortSignal.timeout(seconds * 1000);
  const ends = Promise.race([whenAborted(signal), whenAborted(deadline)]);
  for (;;) {
    const change = view.changed();
    const { waits, broken } = missingOf(view, ids, options.images);
    if (waits.length === 0) return;
    if (broken && !options.tolerant) throw broken;
    options.onWaiting(waits[0] ?? '');
    await Promise.race([change, ends]);
    signal.throwIfAborted();
    if (deadline.aborted)
      throw broken ?? notReady(`Still waiting after ${seconds} s: ${waits.join(', ')}`, 'Look at the pods.');
  }
}

function notReady(what: string, next: string, detail?: string): AppError {
  return new AppError('not-ready', what, {
    params: { what, seconds: 0 },
    hints: [{ text: next }],
    ...(detail && { detail }),
  });
}
