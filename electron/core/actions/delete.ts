// Deleting an object as it was looked at: not another one that has its name by now; and waiting until it is gone.
import type { KubernetesObject } from '@kubernetes/client-node';
import { asRefused } from '../kube/explain';
import { waitForObjects } from '../kube/wait';
import type { StepContext } from '../operations/operation';
import { type Target, wordsOf } from './target';

/** Milliseconds: finalizers may take any time, so the user gives up and not we. */
const longest = 24 * 60 * 60 * 1000;

export interface Deletion {
  orphans: boolean;
  force: boolean;
}

/** Asks for it. Returns whether it is gone already. Throws `not-found`, `kubernetes-refused`. */
export async function askToDelete(target: Target, { orphans, force }: Deletion, signal: AbortSignal): Promise<boolean> {
  const { kube, path, ref, object } = target;
  const options = {
    apiVersion: 'v1',
    kind: 'DeleteOptions',
    propagationPolicy: orphans ? 'Orphan' : 'Background',
    ...(force && { gracePeriodSeconds: 0 }),
    preconditions: { uid: object.metadata?.uid },
  };
  try {
    const answer = await kube.call<KubernetesObject>({ method: 'DELETE', path, object: options }, signal);
    // What is not gone is answered with itself; else with a Status.
    return answer.kind === 'Status';
  } catch (error) {
    throw asRefused(error, wordsOf(ref));
  }
}

/** Until no object of its name is this one any more. */
export async function untilGone({ kube, list, ref, object }: Target, { signal, progress }: StepContext): Promise<void> {
  const uid = object.metadata?.uid;
  const path = `${list}?fieldSelector=${encodeURIComponent(`metadata.name=${ref.name}`)}`;
  const left = (objects: ReadonlyMap<string, KubernetesObject>) =>
    [...objects.values()].flatMap(({ metadata }) => {
      if (metadata?.uid !== uid) return [];
      const { finalizers = [], deletionGracePeriodSeconds: grace } = metadata ?? {};
      if (finalizers.length > 0) return [`${wordsOf(ref)}, which ${finalizers.join(', ')} has to let go`];
      return [grace ? `${wordsOf(ref)} to end (it may take ${grace} s)` : wordsOf(ref)];
    });
  await waitForObjects(kube, path, left, {
    signal,
    limit: longest,
    onWaiting: (names) => progress(undefined, `waiting for ${names.join(', ')}`),
  });
}
