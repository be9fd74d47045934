// One object closely, live: its conditions, whom it belongs to, what happened to it, and itself as YAML.
import type { CoreV1Event, KubernetesObject } from '@kubernetes/client-node';
import { AppError } from '../../../shared/model/errors';
import type { KindRef, ObjectDetail } from '../../../shared/model/objects';
import type { Kube } from '../kube/connect';
import { Refusal } from '../kube/request';
import { resourceOf } from '../kube/resources';
import { pause } from '../live/pause';
import { createWakeUp, whenAborted } from '../live/signal';
import { detailOf, type Thing } from './describe';
import { listPath } from './kinds';

export interface WantedObject {
  kind: KindRef;
  namespace?: string | undefined;
  name: string;
  reveal: boolean;
}

/** Milliseconds in which changes are gathered. */
const gather = 100;
/** How far up owners are looked for. */
const mostOwners = 5;

/** Ends after telling that it is gone. Throws `not-found` where it never was, `kubernetes-refused`. */
export async function* watchDetail(
  kube: Kube,
  { kind, namespace, name, reveal }: WantedObject,
  signal: AbortSignal,
): AsyncGenerator<ObjectDetail, void, void> {
  const left = new AbortController();
  const until = AbortSignal.any([signal, left.signal]);
  const aborted = whenAborted(until);
  const select = (fields: string) => `?fieldSelector=${encodeURIComponent(fields)}`;
  // Objects in lists do not say of which kind they are.
  const one = `${listPath(kind, namespace)}/${encodeURIComponent(name)}`;
  const first = await kube.call<Thing>({ method: 'GET', path: one }, signal).catch((error: unknown) => {
    throw notThere(error, `${kind.resource} ${name}`);
  });
  const { apiVersion = '', kind: called = '' } = first;
  let object = first;
  let gone = false;
  let events: CoreV1Event[] = [];
  let change = createWakeUp();
  let failed: unknown;
  const wake = () => {
    const previous = change;
    change = createWakeUp();
    previous.wake();
  };
  const fail = (error: unknown) => {
    failed = error;
    wake();
  };
  const followObject = async () => {
    const list = listPath(kind, namespace) + select(`metadata.name=${name}`);
    for await (const found of kube.watch<Thing>(list, until)) {
      const [now] = found.values();
      if (now) object = { apiVersion, kind: called, ...now };
      gone = now === undefined;
      wake();
    }
  };
  const followEvents = async (uid: string) => {
    const path = `${listPath({ group: '', version: 'v1', resource: 'events' }, namespace)}${select(`involvedObject.uid=${uid}`)}`;
    for await (const found of kube.watch<CoreV1Event>(path, until)) {
      events = [...found.values()];
      wake();
    }
  };
  try {
    let next = change.promise;
    void followObject().catch(fail);
    // Events are no reason not to show the object: not everybody may read them.
    void followEvents(object.metadata?.uid ?? '').catch(() => {});
    const owners = await ownersOf(kube, object, until).catch(() => []);
    while (!until.aborted) {
      next = change.promise;
      yield detailOf(object, { events, owners, reveal, gone });
      if (gone) return;
      await Promise.race([next, aborted]);
      if (failed) throw failed;
      await pause(gather, until);
    }
  } finally {
    left.abort();
  }
}

function notThere(error: unknown, what: string): unknown {
  if (!(error instanceof Refusal)) return error;
  if (error.code === 404) return new AppError('not-found', `There is no ${what}`, { params: { what } });
  return new AppError('kubernetes-refused', `Kubernetes refused ${what}: ${error.message}`, {
    params: { path: what, reason: error.message },
  });
}

/** The controller above it, and above that. */
async function ownersOf(kube: Kube, object: KubernetesObject, signal: AbortSignal): Promise<ObjectDetail['owners']> {
  const owners: ObjectDetail['owners'] = [];
  let below: KubernetesObject = object;
  while (owners.length < mostOwners) {
    const all = below.metadata?.ownerReferences ?? [];
    const owner = all.find(({ controller }) => controller) ?? all[0];
    if (!owner) break;
    owners.push({ kind: owner.kind, name: owner.name });
    const { path, name, namespaced } = await resourceOf(kube, owner.apiVersion, owner.kind, signal);
    const within = namespaced ? `/namespaces/${encodeURIComponent(object.metadata?.namespace ?? '')}` : '';
    const above = await kube
      .get<KubernetesObject>(`${path}${within}/${name}/${encodeURIComponent(owner.name)}`, signal)
      .catch(() => undefined);
    if (!above) break;
    below = above;
  }
  return owners;
}
