// Deleting several objects in one go: each is asked to go, and what is refused keeps none of the others; ends when those that may go are gone.
import type { KubernetesObject } from '@kubernetes/client-node';
import type { Deletion, ObjectRef } from '../../../shared/model/actions';
import { AppError, asAppError } from '../../../shared/model/errors';
import { grouped } from '../../../shared/model/grouped';
import type { Kube } from '../kube/connect';
import { waitForObjects } from '../kube/wait';
import type { StepContext } from '../operations/operation';
import { askToDelete } from './delete';
import { inTurns } from './in-turns';
import { findTarget, type Target, wordsOf } from './target';

/** Milliseconds: finalizers may take any time, so the user gives up and not we. */
const longest = 24 * 60 * 60 * 1000;

interface Refused {
  ref: ObjectRef;
  error: AppError;
}

/** Fails by itself with what was refused, when all others are gone. */
export async function deleteSeveral(kube: Kube, deletion: Deletion, step: StepContext): Promise<void> {
  const { signal, log, progress, failedAlone } = step;
  const { objects } = deletion;
  const refused: Refused[] = [];
  const going: Target[] = [];
  let gone = 0;
  const tell = (ref: ObjectRef, what: string, note?: string) => {
    log(`${wordsOf(ref)} ${what}`);
    progress(gone / objects.length, note);
  };
  await inTurns(objects, async (ref) => {
    const asked = await ask(kube, ref, deletion, signal);
    if (asked instanceof AppError) {
      refused.push({ ref, error: asked });
      tell(ref, `stays: ${asked.message}`);
    } else if (asked === undefined) {
      gone += 1;
      tell(ref, 'is gone');
    } else {
      going.push(asked);
      tell(ref, 'is asked to go', `${going.length} of ${objects.length} are asked to go`);
    }
  });
  await untilAllGone(kube, going, signal, {
    onGone(ref) {
      gone += 1;
      tell(ref, 'is gone');
    },
    onWaiting: (note) => progress(gone / objects.length, note),
  });
  if (refused.length > 0) failedAlone(allRefused(refused, objects.length));
}

/** What is left to wait for, nothing where it is gone, or why it stays. */
async function ask(
  kube: Kube,
  ref: ObjectRef,
  deletion: Deletion,
  signal: AbortSignal,
): Promise<Target | AppError | undefined> {
  try {
    const target = await findTarget(kube, ref, 'delete', signal);
    return (await askToDelete(target, deletion, signal)) ? undefined : target;
  } catch (error) {
    signal.throwIfAborted();
    const told = asAppError(error);
    return told.code === 'not-found' ? undefined : told;
  }
}

interface Told {
  onGone(ref: ObjectRef): void;
  onWaiting(note: string): void;
}

/** One watch for all that are listed together. */
async function untilAllGone(
  kube: Kube,
  targets: readonly Target[],
  signal: AbortSignal,
  { onGone, onWaiting }: Told,
): Promise<void> {
  const lists = grouped(targets, ({ list }) => list);
  await Promise.all(
    [...lists].map(([list, some]) => {
      const left = new Map(some.map((target) => [target.object.metadata?.uid, target]));
      const [only, ...others] = some;
      const path = only && others.length === 0 ? `${list}?fieldSelector=metadata.name%3D${only.ref.name}` : list;
      const missing = (objects: ReadonlyMap<string, KubernetesObject>) => {
        const there = new Map([...objects.values()].map((object) => [object.metadata?.uid, object]));
        for (const [uid, { ref }] of left) {
          if (there.has(uid)) continue;
          left.delete(uid);
          onGone(ref);
        }
        return [...left].map(([uid, { ref }]) => waitingFor(ref, there.get(uid)));
      };
      return waitForObjects(kube, path, missing, {
        signal,
        limit: longest,
        onWaiting: ([first, ...more]) =>
          onWaiting(`waiting for ${first}${more.length > 0 ? ` (and ${more.length} more)` : ''}`),
      });
    }),
  );
}

function waitingFor(ref: ObjectRef, object: KubernetesObject | undefined): string {
  const { finalizers = [] } = object?.metadata ?? {};
  return finalizers.length > 0 ? `${wordsOf(ref)}, which ${finalizers.join(', ')} has to let go` : wordsOf(ref);
}

function allRefused(refused: readonly Refused[], count: number): AppError {
  const [{ error: first } = { error: new AppError('internal', 'nothing was refused') }] = refused;
  if (count === 1) return first;
  return new AppError(first.code, `${refused.length} of ${count} objects stay; the first: ${first.message}`, {
    params: { ...first.params, path: refused.map(({ ref }) => wordsOf(ref)).join(', ') },
    detail: refused.map(({ ref, error }) => `${wordsOf(ref)}: ${error.message}`).join('\n'),
    hints: first.hints,
  });
}
