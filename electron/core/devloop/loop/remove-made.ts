// Takes away what a loop has made, by its record: objects, releases, and the names that it gave to images of the engine.
import type { Engine } from '../../engine/engine';
import type { Kube } from '../../kube/connect';
import { createApplier } from '../deploy/apply';
import { removeRelease } from '../deploy/helm';
import { removeOwnNamespace } from '../deploy/own-namespace';
import type { RenderRequest } from '../deploy/programs';
import type { LoopRecord } from './record';

/** What is gone already, or belongs to somebody else by now, is left alone. Throws `kubernetes-refused`, `exec-failed`. */
export async function removeMade(
  record: LoopRecord,
  { kube, engine }: { kube: Kube; engine: Engine },
  environment: RenderRequest['environment'],
  signal: AbortSignal,
): Promise<void> {
  const { context, namespace, id } = record;
  await createApplier(kube, namespace, id).remove(record.objects, signal);
  for (const release of record.releases) await removeRelease(release, { environment, namespace, context }, signal);
  await removeOwnNamespace(kube, namespace, id, signal);
  await untagImages(engine, record.images, signal);
}

/** Those that are gone already, or run, stay as they are. What they were made from is kept, as the builder's cache. */
export async function untagImages(engine: Engine, references: readonly string[], signal: AbortSignal): Promise<void> {
  const removals = references.map((reference) =>
    engine.docker
      .getImage(reference)
      .remove({ noprune: true, abortSignal: signal })
      .catch(() => {}),
  );
  await Promise.all(removals);
}
