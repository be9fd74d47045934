// The quick way of a round: changed files go into running containers, whose processes are started anew where that is wished.
import type { AppError } from '../../../../shared/model/errors';
import { changesBetween, type FileChange } from '../dependencies/inventory';
import { type SyncPlan, syncPlan } from '../sync/rules';
import { restartCommand } from '../sync/supervisor';
import { targetsOf } from '../sync/sync';
import { errorSays } from '../words';
import type { Achieved, RoundParts } from './round-parts';
import { aboutLoop, type HookSurroundings, runHooks } from './run-hooks';
import type { Look, Source } from './sources';

/**
 * How what differs can be synced; undefined: it takes a build. What is deployed must be as it was: containers that files were put into
 * may have to make room for others. Pure but for the view.
 */
export function syncPlans(
  { sync, achieved, view, deployed }: Pick<RoundParts, 'sync' | 'achieved' | 'view' | 'deployed'>,
  { deployment }: Pick<Look, 'deployment'>,
  stale: readonly Source[],
): Map<Source, SyncPlan> | undefined {
  if (deployed !== deployment) return undefined;
  const plans = new Map<Source, SyncPlan>();
  for (const source of stale) {
    const { artifact, recipe, snapshot, dependencies } = source;
    const before = achieved.get(artifact.image);
    if (!sync || !artifact.sync || !before || before.unsynced || before.source.recipe !== recipe) return undefined;
    if (targetsOf(view.pods(), before.reference).length === 0) return undefined;
    const changes = changesFor(before, snapshot.entries);
    const facts = {
      sync: artifact.sync,
      needs: dependencies.docker?.needs,
      entries: snapshot.entries,
      workdir: before.workdir,
    };
    const plan = syncPlan(changes, facts);
    if (!plan) return undefined;
    plans.set(source, plan);
  }
  return plans;
}

/** What containers lack, or have too much. Pure. */
function changesFor({ source, halfSynced = [] }: Achieved, entries: Source['snapshot']['entries']): FileChange[] {
  const changes = changesBetween(source.snapshot.entries, entries);
  const known = new Set(changes.map(({ path }) => path));
  const unsure = halfSynced.filter((path) => !known.has(path));
  return [...changes, ...unsure.map((path) => ({ path, kind: entries.has(path) ? 'changed' : 'deleted' }) as const)];
}

/** Throws the first failure, which its stage has told already. */
export async function syncAll(
  parts: RoundParts,
  plans: ReadonlyMap<Source, SyncPlan>,
  signal: AbortSignal,
): Promise<void> {
  const { journal, achieved, view, syncer } = parts;
  for (const [source, plan] of plans) {
    const { artifact, snapshot } = source;
    const before = achieved.get(artifact.image);
    if (!before) continue;
    const { image } = artifact;
    const hooks = artifact.sync?.hooks ?? { before: [], after: [] };
    const targets = targetsOf(view.pods(), before.reference);
    // Before it begins: files that are there by half are as good as synced.
    const syncedInto = new Set(targets.map(({ key }) => key));
    const around: HookSurroundings = {
      environment: parts.environment,
      about: { ...aboutLoop(parts), ...aboutSync(plan) },
      inContainers: ({ command }) => syncer.run(targets, command),
      onLine: (line) => journal.say('loop', line, image),
    };
    await journal.stage('sync', image, async () => {
      await runHooks(hooks.before, around, signal);
      const halfSynced = changesFor(before, snapshot.entries).map(({ path }) => path);
      achieved.set(image, { ...before, syncedInto, halfSynced });
      parts.synced.add(image);
      await syncer.sync(targets, plan, {
        root: artifact.context,
        modeOf: (path) => snapshot.entries.get(path)?.mode ?? 0o644,
      });
      await runHooks(hooks.after, around, signal);
    });
    if (before.restarts) await journal.stage('restart', image, () => syncer.run(targets, restartCommand));
    achieved.set(image, { ...before, source, syncedInto, halfSynced: undefined });
  }
}

/** What cannot be synced is built from now on, without trying: why is told with the artifact. */
export function neverSync({ achieved }: RoundParts, image: string, error: AppError): void {
  const known = achieved.get(image);
  if (known) achieved.set(image, { ...known, unsynced: errorSays(error.toData()) });
}

function aboutSync({ copies, deletes }: SyncPlan): Record<string, string> {
  return {
    SKAFFOLD_FILES_ADDED_OR_MODIFIED: [...copies.keys()].join(';'),
    SKAFFOLD_FILES_DELETED: deletes.join(';'),
  };
}
