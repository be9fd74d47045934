// Takes away what a loop has made, by its record: objects, releases, and the names that it gave to images of the engine.
import type { AppError } from '../../../../shared/model/errors';
import type { Engine } from '../../engine/engine';
import { engineFailure, statusOf } from '../../engine/failures';
import type { Kube } from '../../kube/connect';
import { createApplier } from '../deploy/apply';
import { removeRelease } from '../deploy/helm';
import { removeOwnNamespace } from '../deploy/own-namespace';
import type { RenderRequest } from '../deploy/programs';
import type { LoopRecord } from './record';

/** What is gone already, or belongs to somebody else by now, is left alone. Throws `kubernetes-refused`, `exec-failed`, and what `engineFailure` knows. */
export async function removeMade(
  record: LoopRecord,
  { kube, engine }: { kube: Kube; engine: Engine },
  environment: RenderRequest['environment'],
  signal: AbortSignal,
): Promise<void> {
  const { context, namespace, id } = record;
  await createApplier(kube, namespace, id).remove(record.objects, signal);
  for (const release of record.releases) await removeRelease(release, { environment, namespace, context }, signal);
  const [failed] = (await untagImages(engine, record.images, signal)).values();
  // In doubt it stays: what is the loop's own in it has gone already.
  await removeOwnNamespace(kube, namespace, id, signal).catch(() => {});
  if (failed) throw failed;
}

/**
 * Takes names from images; what they were made from is kept, as the builder's cache. Returns those that could not be taken away, and why;
 * those that are gone already are none of them.
 */
export async function untagImages(
  engine: Engine,
  references: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, AppError>> {
  const failed = new Map<string, AppError>();
  await Promise.all(
    references.map(async (reference) => {
      try {
        await engine.docker.getImage(reference).remove({ noprune: true, abortSignal: signal });
      } catch (error) {
        if (statusOf(error) !== 404) failed.set(reference, engineFailure(error));
      }
    }),
  );
  return failed;
}
