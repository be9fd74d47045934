// What of a loop is in its cluster, followed by watches that stay open: its pods and workloads, and whether they are as applied.
import type { KubernetesObject, V1Pod } from '@kubernetes/client-node';
import { AppError, type Hint } from '../../../../shared/model/errors';
import type { Remark } from '../../../../shared/model/sentence';
import type { Kube } from '../../kube/connect';
import { lackOfRollout, unseen } from '../../kube/state';
import { pause } from '../../live/pause';
import { createWakeUp, whenAborted } from '../../live/signal';
import { whyNot } from '../../objects/why';
import { loopHint, loopSays } from '../words';
import type { Applied, ObjectId } from './apply';
import { loopLabel } from './touches';

const workloads = { Deployment: 'deployments', StatefulSet: 'statefulsets', DaemonSet: 'daemonsets' } as const;

export interface ClusterView {
  /** Of the loop, those that end left out. */
  pods(): V1Pod[];
  workload(id: ObjectId): KubernetesObject | undefined;
  /** Follows what is in these namespaces too. */
  include(namespaces: readonly string[]): void;
  /** Why the cluster does not answer; undefined while it does. */
  trouble(): string | undefined;
  /** Why a kind of objects cannot be followed though the cluster answers. */
  refusal(kind: string, namespace: string): string | undefined;
  /** Resolves at the next change. */
  changed(): Promise<void>;
  /**
   * Asks again and again whether the cluster answers, until aborted: one that is frozen breaks no watch. Never throws.
   * @param once only until it answers
   */
  attend(signal: AbortSignal, once?: boolean): Promise<void>;
}

/** Milliseconds before a watch that broke is begun anew, and in which a cluster has to say its version. */
const retry = 1000;
const patience = 3000;
/** Milliseconds between two questions while somebody waits, and how many must stay without an answer: builds take the machine, too. */
const beat = 3000;
const strikes = 2;

/**
 * Watches until aborted. `onChange` is called after every change. A watch that breaks is begun anew; the cluster counts as away only when
 * it does not say its version either.
 */
export function followCluster(
  kube: Kube,
  loop: string,
  signal: AbortSignal,
  onChange: () => void = () => {},
): ClusterView {
  const namespaces = new Set<string>();
  const found = new Map<string, readonly KubernetesObject[]>();
  const refusals = new Map<string, string>();
  let trouble: string | undefined;
  let asking: Promise<string | undefined> | undefined;
  let wakeUp = createWakeUp();
  const tell = () => {
    const before = wakeUp;
    wakeUp = createWakeUp();
    before.wake();
    onChange();
  };
  /** Why the cluster does not answer; one question for all watches that break at once. */
  const ask = () => {
    asking ??= kube
      .get('/version', AbortSignal.any([signal, AbortSignal.timeout(patience)]))
      .then(() => undefined, reasonOf)
      .finally(() => {
        asking = undefined;
      });
    return asking;
  };
  const selector = `labelSelector=${encodeURIComponent(`${loopLabel}=${loop}`)}`;
  async function follow(key: string, path: string): Promise<void> {
    while (!signal.aborted) {
      try {
        for await (const objects of kube.watch<KubernetesObject>(path, signal)) {
          trouble = undefined;
          refusals.delete(key);
          found.set(key, [...objects.values()]);
          tell();
        }
      } catch (error) {
        const away = await ask();
        if (signal.aborted) return;
        trouble = away;
        if (away === undefined) refusals.set(key, reasonOf(error));
        tell();
        await pause(retry, signal);
      }
    }
  }
  return {
    include(more) {
      for (const namespace of more) {
        if (namespaces.has(namespace)) continue;
        namespaces.add(namespace);
        const within = `namespaces/${encodeURIComponent(namespace)}`;
        void follow(`Pod ${namespace}`, `/api/v1/${within}/pods?${selector}`);
        for (const [kind, plural] of Object.entries(workloads))
          void follow(`${kind} ${namespace}`, `/apis/apps/v1/${within}/${plural}?${selector}`);
      }
    },
    pods: () =>
      [...namespaces]
        .flatMap((namespace) => (found.get(`Pod ${namespace}`) ?? []) as V1Pod[])
        .filter((pod) => !pod.metadata?.deletionTimestamp),
    workload: ({ kind, namespace, name }) =>
      found.get(`${kind} ${namespace}`)?.find((object) => object.metadata?.name === name),
    trouble: () => trouble,
    refusal: (kind, namespace) => refusals.get(`${kind} ${namespace}`),
    changed: () => wakeUp.promise,
    async attend(within, once = false) {
      const ends = AbortSignal.any([signal, within]);
      for (let missed = 0; ; ) {
        await pause(beat, ends);
        if (ends.aborted) return;
        const away = await ask();
        missed = away === undefined ? 0 : missed + 1;
        if (once && away === undefined) return;
        if (ends.aborted || away === undefined || missed < strikes) continue;
        trouble = away;
        return tell();
      }
    },
  };
}

function reasonOf(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError') return `no answer within ${patience / 1000} s`;
  return error instanceof Error ? error.message : String(error);
}

/** What the objects still lack, in words; and what will not mend itself. Pure but for the view. */
export function missingOf(
  view: ClusterView,
  ids: readonly Applied[],
  images: ReadonlySet<string>,
): { waits: Remark[]; broken: AppError | undefined } {
  const waits: Remark[] = [];
  for (const id of ids) {
    if (!(id.kind in workloads)) continue;
    const object = view.workload(id);
    const seen = (object?.metadata?.generation ?? 0) >= (id.generation ?? 0);
    const refusal = view.refusal(id.kind, id.namespace ?? '');
    const missing = object && seen ? lackOfRollout({ ...object, kind: id.kind } as never) : unseen;
    const what = `${id.kind.toLowerCase()}/${id.name}`;
    if (missing && refusal) waits.push(loopSays('wait-refused', { what, why: refusal }));
    else if (missing) waits.push(loopSays(`wait-${missing.code}`, { ...missing, what }));
  }
  // Of pods only those that run what was built now count: old ones are on their way out.
  const own = view.pods().filter((pod) => pod.spec?.containers.some(({ image = '' }) => images.has(image)) ?? false);
  for (const pod of own) {
    for (const { said, next, evidence } of whyNot(pod)) {
      const remark = { ...said, code: `why.${said.code}`, text: `${pod.metadata?.name}: ${said.text}` };
      if (said.code === 'unready') waits.push(remark);
      else if (said.code !== 'no-node' && waits.length > 0)
        return { waits, broken: notReady(remark.text, { ...next, code: `why.${next.code}` }, evidence) };
      else if (waits.length > 0) waits.push(remark);
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
    onWaiting(what: Remark): void;
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
    options.onWaiting(waits[0] ?? { text: '' });
    await Promise.race([change, ends]);
    signal.throwIfAborted();
    if (deadline.aborted)
      throw (
        broken ??
        notReady(
          `Still waiting after ${seconds} s: ${waits.map(({ text }) => text).join(', ')}`,
          loopHint('look-at-pods'),
        )
      );
  }
}

function notReady(what: string, next: Hint, detail?: string): AppError {
  return new AppError('not-ready', what, {
    params: { what, seconds: 0 },
    hints: [next],
    ...(detail && { detail }),
  });
}
