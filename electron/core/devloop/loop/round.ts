// One round of a loop: what differs is synced or built, delivered, applied, and waited for, stage by stage.
import type { Hook } from '../../../../shared/model/devloop/hooks';
import { AppError } from '../../../../shared/model/errors';
import { type OpenNodes, openNodes } from '../../images/transfer';
import { buildCustom } from '../build/custom';
import { buildDocker } from '../build/docker';
import { runGraph } from '../build/graph';
import { deliver, nodeReference } from '../deliver/deliver';
import { changesBetween } from '../dependencies/inventory';
import { run } from '../deploy/programs';
import { type SyncPlan, syncPlan } from '../sync/rules';
import { targetsOf } from '../sync/sync';
import { deploy } from './round-deploy';
import type { RoundParts } from './round-parts';
import type { Look, Source } from './sources';

export interface RoundOptions {
  /** Everything is built and applied, whatever differs. */
  readonly all: boolean;
  /** Everything is delivered and applied: the cluster may be another one. */
  readonly anew: boolean;
}

/** Throws the first failure, which its stage has told already. */
export async function runRound(
  parts: RoundParts,
  look: Look,
  options: RoundOptions,
  signal: AbortSignal,
): Promise<'build' | 'sync' | 'deploy'> {
  const { journal, achieved } = parts;
  if (look.failure || !look.project) {
    await journal.stage('read', undefined, async () => {
      throw look.failure ?? new AppError('internal', 'there is no project');
    });
  }
  journal.heal('read');
  const stale = [...look.sources.values()].filter(
    ({ artifact, digest }) => options.all || achieved.get(artifact.image)?.source.digest !== digest,
  );
  const plans = options.all || options.anew ? undefined : syncPlans(parts, stale);
  if (plans && plans.size > 0) {
    try {
      await syncAll(parts, plans, signal);
      return 'sync';
    } catch (error) {
      signal.throwIfAborted();
      // It is built instead; the stage has told why.
      journal.say('loop', error instanceof Error ? error.message : String(error));
    }
  }
  const { engine, nodes } = parts.target;
  const asking = new AbortController();
  const toBuild = stale.length > 0 && nodes.length > 0;
  const ahead = toBuild ? openNodes(engine, nodes, AbortSignal.any([signal, asking.signal])) : undefined;
  ahead?.survey.catch(() => {});
  let built: string[];
  try {
    built = await buildAll(parts, look, stale, signal);
    const wanted = options.anew ? [...look.sources.keys()] : built;
    if (wanted.length > 0) await deliverAll(parts, look, wanted, ahead, signal);
  } finally {
    asking.abort();
  }
  await deploy(parts, look, options.all || options.anew, signal);
  return built.length > 0 ? 'build' : 'deploy';
}

function syncPlans({ sync, achieved, view }: RoundParts, stale: readonly Source[]): Map<Source, SyncPlan> | undefined {
  const plans = new Map<Source, SyncPlan>();
  for (const source of stale) {
    const { artifact, recipe, snapshot, dependencies } = source;
    const before = achieved.get(artifact.image);
    if (!sync || !artifact.sync || !before || before.source.recipe !== recipe) return undefined;
    if (targetsOf(view.pods(), before.reference).length === 0) return undefined;
    const changes = changesBetween(before.source.snapshot.entries, snapshot.entries);
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

async function syncAll(parts: RoundParts, plans: ReadonlyMap<Source, SyncPlan>, signal: AbortSignal): Promise<void> {
  const { journal, achieved, view, syncer } = parts;
  for (const [source, plan] of plans) {
    const { artifact, snapshot } = source;
    const before = achieved.get(artifact.image);
    if (!before) continue;
    const hooks = artifact.sync?.hooks ?? { before: [], after: [] };
    await journal.stage('sync', artifact.image, async () => {
      const targets = targetsOf(view.pods(), before.reference);
      await runHooks(parts, hooks.before, signal);
      // Before it begins: files that are there by half are as good as synced.
      achieved.set(artifact.image, { ...before, synced: true });
      await syncer.sync(targets, plan, {
        root: artifact.context,
        modeOf: (path) => snapshot.entries.get(path)?.mode ?? 0o644,
      });
      for (const hook of hooks.after) {
        if ('container' in hook) await syncer.run(targets, hook.container.command);
        else await runHooks(parts, [hook], signal);
      }
    });
    achieved.set(artifact.image, { ...before, source, synced: true });
  }
}

async function runHooks({ environment }: RoundParts, hooks: readonly Hook[], signal: AbortSignal): Promise<void> {
  for (const hook of hooks) {
    if (!('host' in hook)) continue;
    const { command, os } = hook.host;
    if (os.length > 0 && !os.includes(process.platform === 'win32' ? 'windows' : process.platform)) continue;
    const [program = '', ...words] = command;
    await run(program, words, { environment, cwd: hook.host.dir }, signal);
  }
}

/** Returns the images that were built. What failed has told so; the first of them is thrown at the end. */
async function buildAll(
  parts: RoundParts,
  look: Look,
  stale: readonly Source[],
  signal: AbortSignal,
): Promise<string[]> {
  const required = (source: Source) => source.artifact.requires.map(({ image }) => image);
  const wanted = new Set(stale.map(({ artifact }) => artifact.image));
  // What is made from an image that changes changes with it.
  for (let grown = -1; grown !== wanted.size; ) {
    grown = wanted.size;
    for (const source of look.sources.values())
      if (required(source).some((image) => wanted.has(image))) wanted.add(source.artifact.image);
  }
  const sources = [...look.sources.values()].filter(({ artifact }) => wanted.has(artifact.image));
  const widths = [...new Set(sources.map(({ module }) => module.build.concurrency))];
  const width = widths.includes(0) ? 0 : Math.max(1, ...widths);
  const knots = sources.map((source) => ({ name: source.artifact.image, requires: required(source) }));
  const { done, failed } = await runGraph<string>(knots, width, (image, ids) =>
    buildOne(parts, look.sources.get(image) as Source, ids, signal),
  );
  for (const [image, id] of done) {
    const source = look.sources.get(image) as Source;
    const { Config } = await parts.target.engine.docker.getImage(id).inspect();
    // Known by id only until it is delivered: then manifests are to name it.
    parts.achieved.set(image, { id, reference: '', source, synced: false, workdir: Config.WorkingDir || '/' });
  }
  const [first] = failed.values();
  if (first === undefined) return [...done.keys()];
  // What was built and not delivered is built again, from the cache.
  for (const image of done.keys()) parts.achieved.delete(image);
  throw first;
}

function buildOne(
  parts: RoundParts,
  source: Source,
  ids: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<string> {
  const { artifact, dependencies, snapshot, module } = source;
  const { journal, platform } = parts;
  const { engine } = parts.target;
  const required = Object.fromEntries(
    artifact.requires.map(({ image, alias }) => [alias, ids.get(image) ?? parts.achieved.get(image)?.id ?? image]),
  );
  return journal.stage('build', artifact.image, async (note) => {
    journal.update({
      artifacts: journal
        .get()
        .artifacts.map((one) => (one.image === artifact.image ? { ...one, state: 'building' as const } : one)),
    });
    await runHooks(parts, artifact.hooks.before, signal);
    const hooks = {
      onLine: (line: string) => journal.say('build', line, artifact.image),
      onStep: ({ name, state }: { name: string; state: string }) => state === 'running' && note(name),
    };
    const { builder } = artifact;
    let id: string;
    if (builder.kind === 'docker') {
      const given = Object.entries(builder.buildArgs).flatMap(([name, value]) => {
        const found = value ?? parts.environment[name];
        return found === undefined ? [] : [[name, found] as const];
      });
      const buildArgs = { ...Object.fromEntries(given), ...required };
      const buildkit = module.build.useBuildkit ?? true;
      const request = {
        artifact: { ...artifact, builder },
        dependencies,
        entries: snapshot.entries,
        buildArgs,
        platform,
        buildkit,
      };
      id = await buildDocker(engine, request, signal, hooks);
    } else {
      const tag = `dev-${Date.now().toString(36)}`;
      const about = { kubeContext: parts.context, namespace: parts.namespace, push: module.build.push ?? false };
      id = await buildCustom(
        engine,
        { artifact: { ...artifact, builder }, repo: artifact.image, tag, platform, required, ...about },
        signal,
        hooks,
      );
    }
    await runHooks(parts, artifact.hooks.after, signal);
    return id;
  });
}

async function deliverAll(
  parts: RoundParts,
  look: Look,
  images: readonly string[],
  ahead: OpenNodes | undefined,
  signal: AbortSignal,
): Promise<void> {
  const { journal, achieved, target } = parts;
  const built = images.flatMap((image) => {
    const known = achieved.get(image);
    return known ? [{ image, id: known.id }] : [];
  });
  try {
    await parts.record({ images: built.map(nodeReference) });
    const push = look.project?.modules.some(({ build }) => build.push === true);
    const references = await journal.stage('deliver', undefined, () =>
      deliver({ ...target, push, ahead }, built, signal, (line) => journal.say('deploy', line)),
    );
    for (const [image, reference] of references) {
      const known = achieved.get(image);
      if (known) achieved.set(image, { ...known, reference });
    }
  } catch (error) {
    for (const image of images) achieved.delete(image);
    throw error;
  }
}
