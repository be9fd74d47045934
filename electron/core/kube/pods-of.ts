// The pods of a target, live: those of a pod's name, a workload's or a Service's selector, or certain labels.
import type { KubernetesObject, V1Job, V1LabelSelector, V1Pod } from '@kubernetes/client-node';
import { AppError } from '../../../shared/model/errors';
import { type NamedTarget, type PodTarget, targetResources, targetText } from '../../../shared/model/pod-target';
import type { Kube } from './connect';
import { Refusal } from './request';

interface Selecting extends KubernetesObject {
  spec?: { selector?: V1LabelSelector | Record<string, string> };
}

/**
 * All of them now and after every change, until aborted or the watch breaks. Throws `not-found` for a target that is not there,
 * `not-possible` for a Service without pods of its own, `kubernetes-refused`.
 */
export async function* podsOf(kube: Kube, target: PodTarget, signal: AbortSignal): AsyncGenerator<V1Pod[], void, void> {
  const pods = `/api/v1/namespaces/${encodeURIComponent(target.namespace)}/pods`;
  const named = 'labels' in target ? undefined : await readTarget(kube, target, signal);
  if (named && !('labels' in target) && target.kind === 'cronjob') {
    for await (const found of kube.watch<V1Pod>(`${pods}?labelSelector=job-name`, signal)) {
      const jobs = await jobsOf(kube, target, signal);
      yield [...found.values()].filter(({ metadata }) => jobs.has(metadata?.labels?.['job-name'] ?? ''));
    }
    return;
  }
  const query =
    'labels' in target
      ? `labelSelector=${encodeURIComponent(target.labels)}`
      : target.kind === 'pod'
        ? `fieldSelector=${encodeURIComponent(`metadata.name=${target.name}`)}`
        : `labelSelector=${encodeURIComponent(selectorOf(named, target))}`;
  for await (const found of kube.watch<V1Pod>(`${pods}?${query}`, signal)) yield [...found.values()];
}

/** The target itself. Throws `not-found`, `kubernetes-refused`. */
export async function readTarget(kube: Kube, target: NamedTarget, signal: AbortSignal): Promise<Selecting> {
  const { group, version, resource } = targetResources[target.kind];
  const api = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  // Jobs over time became v1: CronJobs with Kubernetes 1.21.
  const paths = target.kind === 'cronjob' ? [api, '/apis/batch/v1beta1'] : [api];
  let last: unknown;
  for (const base of paths) {
    const path = `${base}/namespaces/${encodeURIComponent(target.namespace)}/${resource}/${encodeURIComponent(target.name)}`;
    try {
      return await kube.call<Selecting>({ method: 'GET', path }, signal);
    } catch (error) {
      last = error;
    }
  }
  signal.throwIfAborted();
  throw notRead(last, target);
}

function notRead(error: unknown, target: NamedTarget): unknown {
  const what = `${targetText(target)} in ${target.namespace}`;
  const reason = error instanceof Error ? error.message : String(error);
  if (error instanceof Refusal && error.code === 404) {
    return new AppError('not-found', `There is no ${what}`, { params: { what } });
  }
  const status = error instanceof Refusal ? { status: error.code } : {};
  return new AppError('kubernetes-refused', `Kubernetes refused ${what}: ${reason}`, {
    params: { path: what, reason, ...status },
  });
}

function selectorOf(object: Selecting | undefined, target: NamedTarget): string {
  const selector = object?.spec?.selector;
  const text =
    selector &&
    (target.kind === 'service' || target.kind === 'replicationcontroller'
      ? pairs(selector as Record<string, string>)
      : labelSelectorText(selector as V1LabelSelector));
  if (text) return text;
  throw new AppError('not-possible', `${targetText(target)} selects no pods by their labels`, {
    params: { what: targetText(target), why: 'no-pods-of-its-own' },
    hints: [{ text: 'Name the pod or the workload behind it.' }],
  });
}

const pairs = (labels: Record<string, string>) =>
  Object.entries(labels)
    .map((pair) => pair.join('='))
    .join(',');

/** A selector as an object in the syntax of queries. */
export function labelSelectorText({ matchLabels = {}, matchExpressions = [] }: V1LabelSelector): string {
  const words: Record<string, string> = { In: 'in', NotIn: 'notin' };
  const expressions = matchExpressions.map(({ key, operator, values = [] }) => {
    if (operator === 'Exists') return key;
    if (operator === 'DoesNotExist') return `!${key}`;
    return `${key} ${words[operator] ?? operator} (${values.join(',')})`;
  });
  return [pairs(matchLabels), ...expressions].filter(Boolean).join(',');
}

async function jobsOf(kube: Kube, { namespace, name }: NamedTarget, signal: AbortSignal): Promise<Set<string>> {
  const path = `/apis/batch/v1/namespaces/${encodeURIComponent(namespace)}/jobs`;
  const { items } = await kube.get<{ items: V1Job[] }>(path, signal);
  const own = items.filter(({ metadata }) =>
    metadata?.ownerReferences?.some((owner) => owner.kind === 'CronJob' && owner.name === name),
  );
  return new Set(own.map(({ metadata }) => metadata?.name ?? ''));
}
