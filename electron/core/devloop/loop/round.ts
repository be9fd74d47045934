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
  const present = nodes.length > 0 ? parts.nodes(signal) : Promise.resolve(nodes);
  present.catch(() => {}); // Looked at beside the build.
  let closing: Promise<void> | undefined;
  try {
    const built = await buildAll(parts, look, stale, signal);
    const change = nodesChange(nodes, await present);
    parts.target = { ...parts.target, nodes: change.nodes };
    const wanted = parts.anew || change.grown ? [...look.sources.keys()] : built;
    if (wanted.length > 0) await deliverAll(parts, look, wanted, change.same ? ahead : undefined, signal);
    // Beside what comes next.
    closing = ahead?.close();
    await deploy(parts, look, all || parts.anew, signal);
    parts.anew = false;
    return built.length > 0 ? 'build' : 'deploy';
  } finally {
    await (closing ?? ahead?.close());
  }
}

/** Nodes come and go while a loop runs: those that came lack the images, those that went take none. Pure. */
export function nodesChange(before: readonly string[], now: readonly string[]) {
  const grown = now.some((node) => !before.includes(node));
  // None at all is a cluster that is stopped, not one whose nodes are elsewhere.
  return { nodes: now.length > 0 ? now : before, grown, same: !grown && now.length === before.length };
}
