// What a workload was before: a Deployment's by its ReplicaSets, a StatefulSet's and DaemonSet's by their ControllerRevisions.
import type { KubernetesObject, V1ControllerRevision, V1PodTemplateSpec, V1ReplicaSet } from '@kubernetes/client-node';
import { stringify } from 'yaml';
import type { Revision } from '../../../shared/model/actions';
import { AppError } from '../../../shared/model/errors';
import { kindName } from '../../../shared/model/objects';
import { hunksBetween } from '../diff/hunks';
import { asRefused } from '../kube/explain';
import { patch, type Target, wordsOf } from './target';

const revisionKey = 'deployment.kubernetes.io/revision';
const causeKey = 'kubernetes.io/change-cause';
const hashLabel = 'pod-template-hash';

interface Kept {
  revision: number;
  template: V1PodTemplateSpec;
  object: KubernetesObject;
  /** What makes it the present one; of ControllerRevisions alone. */
  patch?: object;
}

/** The newest first. Throws `kubernetes-refused`. */
export async function revisionsOf(target: Target, signal: AbortSignal): Promise<Revision[]> {
  const all = await keptRevisions(target, signal);
  const [current] = all;
  return current ? all.map((kept) => told(kept, current)) : [];
}

function told(kept: Kept, current: Kept): Revision {
  const { revision, template, object } = kept;
  const { creationTimestamp, annotations } = object.metadata ?? {};
  const cause = annotations?.[causeKey];
  return {
    revision,
    ...(creationTimestamp && { createdAt: String(creationTimestamp) }),
    ...(cause && { cause }),
    images: (template.spec?.containers ?? []).map(({ image = '' }) => image),
    current: kept === current,
    change: hunksBetween(stringify(current.template), stringify(template)),
  };
}

async function keptRevisions(target: Target, signal: AbortSignal): Promise<Kept[]> {
  const { kube, ref, object } = target;
  const uid = object.metadata?.uid;
  const namespace = encodeURIComponent(ref.namespace ?? '');
  const resource = kindName(ref.kind) === 'deployments.apps' ? 'replicasets' : 'controllerrevisions';
  try {
    const { items } = await kube.call<{ items: KubernetesObject[] }>(
      { method: 'GET', path: `/apis/apps/v1/namespaces/${namespace}/${resource}` },
      signal,
    );
    const own = items.filter(({ metadata }) => metadata?.ownerReferences?.some((owner) => owner.uid === uid));
    const kept = own.flatMap(resource === 'replicasets' ? ofReplicaSet : ofControllerRevision);
    return kept.sort((one, other) => other.revision - one.revision);
  } catch (error) {
    throw asRefused(error, `the revisions of ${wordsOf(ref)}`);
  }
}

function ofReplicaSet(object: KubernetesObject): Kept[] {
  const { metadata, spec } = object as V1ReplicaSet;
  const revision = Number(metadata?.annotations?.[revisionKey]);
  if (!Number.isInteger(revision) || !spec?.template) return [];
  const { [hashLabel]: _, ...labels } = spec.template.metadata?.labels ?? {};
  return [{ revision, object, template: { ...spec.template, metadata: { ...spec.template.metadata, labels } } }];
}

/** Kubernetes 1.20: its data is a strategic merge patch that replaces the template. */
function ofControllerRevision(object: KubernetesObject): Kept[] {
  const { revision, data } = object as V1ControllerRevision & { data?: { spec?: { template?: V1PodTemplateSpec } } };
  const { $patch: _, ...template } = (data?.spec?.template ?? {}) as V1PodTemplateSpec & { $patch?: string };
  return data ? [{ revision, object, template, patch: data }] : [];
}

/** To a revision, or to the one before. Throws `not-found` where there is none such, `not-possible`, `kubernetes-refused`. */
export async function rollBack(
  target: Target,
  wanted: number | undefined,
  signal: AbortSignal,
): Promise<{ object: KubernetesObject; revision: number }> {
  const { ref, object } = target;
  if ((object as { spec?: { paused?: boolean } }).spec?.paused) {
    throw new AppError('not-possible', `The rollout of ${wordsOf(ref)} is paused`, {
      params: { name: ref.name, maker: 'kubernetes', ability: 'change', why: 'rollout-paused' },
      hints: [{ text: `Let it go on first: kubectl rollout resume ${kindName(ref.kind)}/${ref.name}` }],
    });
  }
  const all = await keptRevisions(target, signal);
  const to = wanted === undefined ? all[1] : all.find(({ revision }) => revision === wanted);
  if (!to) {
    const what = wanted === undefined ? `earlier revision of ${wordsOf(ref)}` : `revision ${wanted} of ${wordsOf(ref)}`;
    throw new AppError('not-found', `There is no ${what}`, {
      params: { what },
      ...(all.length > 0 && { hints: [{ text: `There are: ${all.map(({ revision }) => revision).join(', ')}` }] }),
    });
  }
  if (to.patch) {
    const type = 'application/strategic-merge-patch+json';
    return { object: await patch(target, to.patch, signal, { type }), revision: to.revision };
  }
  const cause = to.object.metadata?.annotations?.[causeKey];
  // kubectl rollout undo: the template as a whole, so that what came later does not stay in it.
  const change = [
    { op: 'replace', path: '/spec/template', value: to.template },
    ...(cause ? [{ op: 'add', path: `/metadata/annotations/${causeKey.replace('/', '~1')}`, value: cause }] : []),
  ];
  return {
    object: await patch(target, change, signal, { type: 'application/json-patch+json' }),
    revision: to.revision,
  };
}
