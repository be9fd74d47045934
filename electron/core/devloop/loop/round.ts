// One round of a loop: what differs is synced or built, delivered, applied, and waited for, stage by stage.
import { AppError, asAppError } from '../../../../shared/model/errors';
import { openAhead } from '../../images/bring';
import { buildAll, deliverAll } from './round-build';
import { deploy } from './round-deploy';
import type { RoundParts } from './round-parts';
import { neverSync, syncAll, syncPlans } from './round-sync';
import type { Look } from './sources';

/**
 * Throws the first failure, which its stage has told already.
 * @param all everything is built and applied, whatever differs
 */
export async function runRound(
  parts: RoundParts,
  look: Look,
  all: boolean,
  signal: AbortSignal,
): Promise<'build' | 'sync' | 'deploy'> {
  const { journal, achieved } = parts;
  if (look.failure || !look.project) {
    await journal.stage('read', undefined, async () => {
      throw look.failure ?? new AppError('internal', 'there is no project');
    });
  }
  journal.heal('read');
  const stale = [...look.sources.values()].filter(({ artifact, digest }) => {
    const known = achieved.get(artifact.image);
    // Without a reference it was built, and not brought into the cluster.
    return all || known?.source.digest !== digest || known.reference === '' || known.halfSynced !== undefined;
  });
  const plans = all || parts.anew ? undefined : syncPlans(parts, look, stale);
  if (plans && plans.size > 0) {
    try {
      await syncAll(parts, plans, signal);
      return 'sync';
    } catch (error) {
      signal.throwIfAborted();
      // It is built instead; the stage has told why.
      const told = asAppError(error);
      journal.say('loop', told.message);
      if (told.code === 'not-possible') for (const { artifact } of plans.keys()) neverSync(parts, artifact.image, told);
    }
  }
  const { engine, nodes } = parts.target;
  const ahead = stale.length > 0 && nodes.length > 0 ? openAhead(engine, nodes, signal) : undefined;
  let closing: Promise<void> | undefined;
  try {
    const built = await buildAll(parts, look, stale, signal);
    const wanted = parts.anew ? [...look.sources.keys()] : built;
    if (wanted.length > 0) await deliverAll(parts, look, wanted, ahead, signal);
    // Beside what comes next.
    closing = ahead?.close();
    await deploy(parts, look, all || parts.anew, signal);
    parts.anew = false;
    return built.length > 0 ? 'build' : 'deploy';
  } finally {
    await (closing ?? ahead?.close());
  }
}
